import { z } from "zod";
import { Id, Name } from "../words/ids.ts";
import { Value } from "../words/reference.ts";
import { lowerAnswered } from "./answered.ts";
import type { StepKindSpec } from "./kind.ts";
import { Each, Join, onward, Shared, undoable } from "./shapes.ts";

/** Runs another workflow as a child case; the outcome of the child's end is the event of this step. */
export const SubflowStep = z
  .strictObject({
    kind: z.literal("subflow"),
    ...onward,
    ...undoable,
    workflow: Id,
    subject: Value.optional(),
    with: z.record(Name, Value).optional(),
    each: Each.optional(),
    join: Join.optional(),
    shared: Shared.optional(),
  })
  .meta({ id: "SubflowStep" });
export type SubflowStep = z.infer<typeof SubflowStep>;

export const subflow: StepKindSpec<SubflowStep> = {
  title: "Subflow",
  summary: "Runs another workflow as a child case",
  waits: "an answer",
  lower: lowerAnswered,
};
