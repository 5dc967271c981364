import { eventsOf, lapsed } from "./events.ts";
import type { StepKindSpec } from "./kind.ts";
import type { LevelStep } from "./lowering.ts";

/**
 * A level of a ladder: tells its people and gives them a task to acknowledge or resolve. When its time is up, or at once
 * when nobody is found, the next level's turn comes.
 */
export const level: StepKindSpec<LevelStep> = {
  title: "Level",
  summary: "A rung of an escalation ladder",
  waits: "people",
  lower: (id, step, lowering) => ({
    id,
    meta: { step: id, kind: "level" },
    entry: [
      { type: "enter", params: { step: id } },
      ...(step.starts ? [{ type: "launch", params: { step: id } }] : []),
      { type: "open", params: { step: id } },
    ],
    exit: [{ type: "close", params: { step: id } }],
    on: eventsOf(id, step.on, lowering),
    ...(step.deadline && step.on.due
      ? {
          after: {
            [lowering.clock(id, step.title, "deadline", step.deadline.clock, step.deadline.less)]: [
              ...lowering.ways(id, "due", step.on),
              lapsed(id),
            ],
          },
        }
      : {}),
  }),
};
