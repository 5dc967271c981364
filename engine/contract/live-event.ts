import { z } from "zod";

/** What a server-sent event says: something changed; ask again. */
export const LiveEvent = z.object({
  topic: z.enum(["case", "task", "definition", "parameter", "job", "inbox", "people", "metric", "payout"]),
  id: z.string(),
  revision: z.number().int(),
});
export type LiveEvent = z.infer<typeof LiveEvent>;
