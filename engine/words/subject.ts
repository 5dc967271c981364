import { z } from "zod";

/** What a case is about. */
export const Subject = z
  .object({
    kind: z.enum(["person", "unit", "metric", "record", "organisation"]),
    id: z.string().min(1).max(200),
    /** The record type, for records. */
    type: z.string().max(64).optional(),
  })
  .meta({ id: "Subject" });
export type Subject = z.infer<typeof Subject>;
