import type { Deadline } from "../time/clock.ts";
import { dueWays } from "./due.ts";
import { lowerEach } from "./each.ts";
import { eventsOf } from "./events.ts";
import type { Lowering, StateNode } from "./lowering.ts";
import type { Each } from "./shapes.ts";
import type { On } from "./transition.ts";

interface AskingStep {
  kind: string;
  title: string;
  outcomes?: string[];
  deadline?: Deadline;
  each?: Each;
  on: On;
}

/**
 * Lowers a step that asks people. Entering opens its task, leaving closes what is still open; each event is qualified by
 * the step, since a bare `submitted` would advance two branches of a parallel.
 */
export function lowerAsking(id: string, step: AskingStep, lowering: Lowering): StateNode {
  if (step.each) return lowerEach(id, step, "open-each", "close", lowering);
  const node: StateNode = {
    id,
    meta: { step: id, kind: step.kind },
    entry: [
      { type: "enter", params: { step: id } },
      { type: "open", params: { step: id } },
    ],
    exit: [{ type: "close", params: { step: id } }],
    on: eventsOf(id, step.on, lowering),
  };
  if (step.deadline) {
    const clock = lowering.clock(id, step.title, "deadline", step.deadline);
    node.after = { [clock]: dueWays(id, step, step.deadline, lowering) };
  }
  return node;
}
