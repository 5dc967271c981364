import type { Deadline } from "../time/clock.ts";
import { lapsed, outcomesOf } from "./events.ts";
import type { Act, Lowering, Way } from "./lowering.ts";
import type { On } from "./transition.ts";

/**
 * What the end of the time allowed does. `hold` only marks the task overdue; `escalate` also starts the ladder; `advance`
 * goes on by the drawn `due`, else as if the first outcome had been chosen; `advance-flagged` does so and says so.
 * A drawn `due` is taken under any policy. A deadline that recurs strikes again for as long as the step is not left: under
 * `hold` it reminds, and nobody is late.
 */
export function dueWays(
  id: string,
  step: { kind: string; outcomes?: string[]; on: On },
  deadline: Deadline,
  lowering: Lowering,
): Way[] {
  const policy = deadline.policy ?? (deadline.escalation ? "escalate" : "hold");
  const again = strikes(id, deadline);
  const overdue = again ?? { type: "overdue", params: { step: id } };
  const stay: Way = {
    actions: [
      ...(again && policy === "hold" ? [{ type: "remind", params: { step: id } }] : []),
      overdue,
      ...(policy === "escalate" ? [{ type: "escalate", params: { step: id } }] : []),
    ],
  };
  const first = outcomesOf(step)[0];
  const event = step.on.due ? "due" : policy === "advance" || policy === "advance-flagged" ? first : undefined;
  if (event === undefined || step.on[event] === undefined) return [stay];
  // Leaving takes the clock away, so it is set for the next time only where the step stays.
  const before = [
    ...(again ? [] : [overdue]),
    ...(policy === "advance-flagged" ? [{ type: "flag", params: { step: id } }] : []),
  ];
  const ways = lowering
    .ways(id, event, step.on)
    .map((way) => ({ ...way, actions: [...before, ...(way.actions ?? [])] }));
  return [...ways, stay];
}

/** What sets a recurring clock for its next time; undefined where the clock strikes once. */
export function strikes(id: string, deadline: Deadline): Act | undefined {
  return deadline.every === undefined ? undefined : { type: "strike", params: { step: id } };
}

/** The last way of a frame's clock: it strikes again where it recurs, else the case says that it is stuck. */
export function otherwise(id: string, deadline: Deadline): Way {
  const again = strikes(id, deadline);
  return again ? { actions: [again] } : lapsed(id);
}
