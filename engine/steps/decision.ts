import { z } from "zod";
import { Id } from "../words/ids.ts";
import type { StepKindSpec } from "./kind.ts";
import { onward } from "./shapes.ts";

/** Rules choose the way: the winning rule's event type is the event of the step, `otherwise` where none is true. */
export const DecisionStep = z
  .strictObject({ kind: z.literal("decision"), ...onward, rules: Id })
  .meta({ id: "DecisionStep" });
export type DecisionStep = z.infer<typeof DecisionStep>;

export const decision: StepKindSpec<DecisionStep> = {
  title: "Decision",
  summary: "Rules choose the way",
  waits: "nothing",
  lower: (id, step, lowering) => ({
    id,
    meta: { step: id, kind: "decision" },
    entry: [{ type: "enter", params: { step: id } }],
    always: Object.keys(step.on).flatMap((event) =>
      lowering.ways(id, event, step.on, { type: "decides", params: { step: id, event } }),
    ),
  }),
};
