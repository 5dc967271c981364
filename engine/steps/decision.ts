import { z } from "zod";
import { Id } from "../words/ids.ts";
import { onward } from "./shapes.ts";

/** Rules choose the way: the winning rule's event type is the event of the step, `otherwise` where none is true. */
export const DecisionStep = z
  .strictObject({ kind: z.literal("decision"), ...onward, rules: Id })
  .meta({ id: "DecisionStep" });
export type DecisionStep = z.infer<typeof DecisionStep>;
