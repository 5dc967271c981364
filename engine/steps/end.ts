import { z } from "zod";
import { Id, Name } from "../words/ids.ts";
import { Value } from "../words/reference.ts";
import type { StepKindSpec } from "./kind.ts";
import type { Act } from "./lowering.ts";
import { base } from "./shapes.ts";

/** The end of the case, or of the group, branch or subflow around it, with an outcome and a result. */
export const EndStep = z
  .strictObject({ kind: z.literal("end"), ...base, outcome: Id.optional(), result: z.record(Name, Value).optional() })
  .meta({ id: "EndStep" });
export type EndStep = z.infer<typeof EndStep>;

/** The outcome of an end that names none. */
export const DEFAULT_OUTCOME = "done";

export const end: StepKindSpec<EndStep> = {
  title: "End",
  summary: "The end of the case, or of the frame around it",
  waits: "nothing",
  lower: (id, step, lowering) => {
    const outcome = step.outcome ?? DEFAULT_OUTCOME;
    const finish: Act = lowering.frame
      ? { type: "end", params: { step: id, frame: lowering.frame.step, branch: lowering.frame.branch, outcome } }
      : { type: "finish", params: { step: id, outcome } };
    return {
      id,
      type: "final",
      meta: { step: id, kind: "end" },
      entry: [{ type: "enter", params: { step: id } }, finish],
    };
  },
};
