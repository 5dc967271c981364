import { lowerEach } from "./each.ts";
import { eventsOf } from "./events.ts";
import type { Lowering, StateNode } from "./lowering.ts";
import type { Each } from "./shapes.ts";
import type { On } from "./transition.ts";

/** Lowers a step that asks something of the outside and waits for the answer, which comes back as an event of the step. */
export function lowerAnswered(
  id: string,
  step: { kind: string; title: string; each?: Each; on: On },
  lowering: Lowering,
): StateNode {
  if (step.each) return lowerEach(id, step, "ask-each", "forget", lowering);
  return {
    id,
    meta: { step: id, kind: step.kind },
    entry: [
      { type: "enter", params: { step: id } },
      { type: "ask", params: { step: id } },
    ],
    exit: [{ type: "forget", params: { step: id } }],
    on: eventsOf(id, step.on, lowering),
  };
}
