import { otherwise } from "./due.ts";
import { eventsOf } from "./events.ts";
import type { StepKindSpec } from "./kind.ts";
import type { GroupStep } from "./step.ts";

/** Steps inside a frame: an `end` inside says by its outcome which event of the group is taken. */
export const group: StepKindSpec<GroupStep> = {
  title: "Group",
  summary: "Steps inside a frame that is left as one",
  waits: "steps",
  lower: (id, step, lowering) => ({
    id,
    meta: { step: id, kind: "group" },
    entry: [{ type: "enter", params: { step: id } }],
    initial: step.start,
    states: lowering.inside(step.steps, { step: id, branch: "" }),
    on: eventsOf(id, step.on, lowering),
    ...(step.deadline && step.on.due
      ? {
          after: {
            [lowering.clock(id, step.title, "deadline", step.deadline)]: [
              ...lowering.ways(id, "due", step.on),
              otherwise(id, step.deadline),
            ],
          },
        }
      : {}),
    always: Object.keys(step.on)
      .filter((event) => event !== "due")
      .flatMap((event) => lowering.ways(id, event, step.on, { type: "ended", params: { step: id, event } })),
  }),
};
