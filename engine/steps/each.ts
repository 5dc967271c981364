import type { Deadline } from "../time/clock.ts";
import { dueWays } from "./due.ts";
import type { Lowering, StateNode } from "./lowering.ts";
import type { On } from "./transition.ts";

/**
 * Lowers a step that asks many people, who are known only when it is entered. They are no regions (those are static): the
 * context keeps them, each answer is noted there, and the join, a guard over what was noted, leaves the step.
 */
export function lowerEach(
  id: string,
  step: { kind: string; title: string; outcomes?: string[]; deadline?: Deadline; on: On },
  open: "open-each" | "ask-each",
  leave: "close" | "forget",
  lowering: Lowering,
): StateNode {
  const events = Object.keys(step.on).filter((event) => event !== "due");
  const node: StateNode = {
    id,
    meta: { step: id, kind: step.kind },
    entry: [
      { type: "enter", params: { step: id } },
      { type: "members", params: { step: id } },
      { type: open, params: { step: id } },
    ],
    exit: [{ type: leave, params: { step: id } }],
    on: {
      [`${id}.member`]: [{ actions: [{ type: "member", params: { step: id } }] }],
      // Nobody was found, and an admin tries again.
      [`${id}.again`]: [
        {
          actions: [
            { type: "members", params: { step: id } },
            { type: open, params: { step: id } },
          ],
        },
      ],
    },
    always: events.flatMap((event) =>
      lowering.ways(id, event, step.on, { type: "joined", params: { step: id, event } }),
    ),
  };
  if (step.deadline) {
    node.after = {
      [lowering.clock(id, step.title, "deadline", step.deadline)]: dueWays(id, step, step.deadline, lowering),
    };
  }
  return node;
}
