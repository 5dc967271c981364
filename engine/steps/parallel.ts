import { otherwise } from "./due.ts";
import { eventsOf } from "./events.ts";
import type { StepKindSpec } from "./kind.ts";
import type { ParallelStep } from "./step.ts";

/**
 * Branches side by side. The join is a guard over the outcomes that the branches' ends wrote into the context: XState's
 * own done event has no output, and a join that needs only some branches comes before it.
 */
export const parallel: StepKindSpec<ParallelStep> = {
  title: "Parallel",
  summary: "Branches that run side by side until they join",
  waits: "steps",
  lower: (id, step, lowering) => ({
    id,
    type: "parallel",
    meta: { step: id, kind: "parallel" },
    entry: [{ type: "enter", params: { step: id } }],
    states: Object.fromEntries(
      Object.entries(step.branches).map(([name, branch]) => [
        name,
        {
          id: `${id}:${name}`,
          initial: branch.start,
          states: lowering.inside(branch.steps, { step: id, branch: name }),
        },
      ]),
    ),
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
      .flatMap((event) => lowering.ways(id, event, step.on, { type: "joined", params: { step: id, event } })),
  }),
};
