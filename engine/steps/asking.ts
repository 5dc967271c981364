import type { Deadline } from "../time/clock.ts";
import type { Lowering, StateNode, Way } from "./lowering.ts";
import { type On, transitionList } from "./transition.ts";

/** Events of a step that no person chooses. */
export const RESERVED_EVENTS: ReadonlySet<string> = new Set(["due", "failed", "not-evaluated"]);

/** The outcomes that a person may choose at a step: those it lists, else the events it draws, else the kind's own. */
export function outcomesOf(step: { kind: string; outcomes?: string[]; on: On }): string[] {
  if (step.outcomes) return step.outcomes;
  const drawn = Object.keys(step.on).filter((event) => !RESERVED_EVENTS.has(event));
  if (drawn.length > 0) return drawn;
  if (step.kind === "form") return ["submitted"];
  return step.kind === "calibration" ? ["agreed"] : ["approved", "rejected"];
}

interface AskingStep {
  kind: string;
  title: string;
  outcomes?: string[];
  deadline?: Deadline;
  on: On;
}

/**
 * Lowers a step that asks people. Entering opens its task, leaving closes what is still open; each event is qualified by
 * the step, since a bare `submitted` would advance two branches of a parallel.
 */
export function lowerAsking(id: string, step: AskingStep, lowering: Lowering): StateNode {
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

/** The transitions of a step by its qualified events; past a bound on visits the case blocks instead of refusing. */
export function eventsOf(id: string, on: On, lowering: Lowering): Record<string, Way[]> {
  const events = Object.keys(on).filter((event) => event !== "due");
  return Object.fromEntries(
    events.map((event) => [`${id}.${event}`, [...lowering.ways(id, event, on), exhausted(id, event)]]),
  );
}

function exhausted(step: string, event: string): Way {
  return {
    guard: { type: "exhausted", params: { step, event } },
    actions: [{ type: "exhausted", params: { step, event } }],
  };
}

/**
 * What the end of the time allowed does. `hold` only marks the task overdue; `escalate` also starts the ladder; `advance`
 * goes on by the drawn `due`, else as if the first outcome had been chosen; `advance-flagged` does so and says so.
 * A drawn `due` is taken under any policy.
 */
function dueWays(id: string, step: AskingStep, deadline: Deadline, lowering: Lowering): Way[] {
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

/** The ids that a step's events lead to. */
export function targetsOf(on: On): string[] {
  return Object.values(on).flatMap((transition) => transitionList(transition).map((way) => way.to));
}
