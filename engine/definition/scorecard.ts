import { z } from "zod";
import { Id } from "../words/ids.ts";
import { envelope } from "./envelope.ts";

/** A limited choice of metrics in perspectives. */
export const Scorecard = z
  .strictObject({
    ...envelope("scorecard"),
    perspectives: z
      .array(z.enum(["financial", "customer", "process", "learning"]))
      .min(1)
      .max(4),
    metrics: z.array(Id).max(100),
    limit: z.number().int().min(1).max(100).optional(),
  })
  .meta({ id: "Scorecard" });
export type Scorecard = z.infer<typeof Scorecard>;
