import type { Deadline } from "../time/clock.ts";
import { outcomesOf } from "./events.ts";
import type { Lowering, Way } from "./lowering.ts";
import type { On } from "./transition.ts";

/**
 * What the end of the time allowed does. `hold` only marks the task overdue; `escalate` also starts the ladder; `advance`
 * goes on by the drawn `due`, else as if the first outcome had been chosen; `advance-flagged` does so and says so.
 * A drawn `due` is taken under any policy.
 */
export function dueWays(
  id: string,
  step: { kind: string; outcomes?: string[]; on: On },
  deadline: Deadline,
  lowering: Lowering,
): Way[] {
  const policy = deadline.policy ?? (deadline.escalation ? "escalate" : "hold");
  const overdue = { type: "overdue", params: { step: id } };
  const stay: Way = {
    actions: policy === "escalate" ? [overdue, { type: "escalate", params: { step: id } }] : [overdue],
  };
  const first = outcomesOf(step)[0];
  const event = step.on.due ? "due" : policy === "advance" || policy === "advance-flagged" ? first : undefined;
  if (event === undefined || step.on[event] === undefined) return [stay];
  const before = policy === "advance-flagged" ? [overdue, { type: "flag", params: { step: id } }] : [overdue];
  const ways = lowering
    .ways(id, event, step.on)
    .map((way) => ({ ...way, actions: [...before, ...(way.actions ?? [])] }));
  return [...ways, stay];
}
