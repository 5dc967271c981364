import type { Lowering, Way } from "./lowering.ts";
import type { Join } from "./shapes.ts";
import { type On, transitionList } from "./transition.ts";

/** Events of a step that no person chooses. */
export const RESERVED_EVENTS: ReadonlySet<string> = new Set(["due", "failed", "not-evaluated"]);

/** The outcomes that a person may choose at a step: those it lists, else the events it draws, else the kind's own. */
export function outcomesOf(step: { kind: string; outcomes?: string[]; on: On; each?: unknown; join?: Join }): string[] {
  if (step.outcomes) return step.outcomes;
  // What a join emits is the word of all together, not a choice of one of them.
  if (step.each && Array.isArray(step.join)) return [...new Set(step.join.map((rule) => rule.count))];
  const drawn = Object.keys(step.on).filter((event) => !RESERVED_EVENTS.has(event) && !(step.each && event === "done"));
  if (drawn.length > 0) return drawn;
  if (step.kind === "form") return ["submitted"];
  return step.kind === "calibration" ? ["agreed"] : ["approved", "rejected"];
}

/** The transitions of a step by its qualified events; past a bound on visits the case blocks instead of refusing. */
export function eventsOf(id: string, on: On, lowering: Lowering): Record<string, Way[]> {
  const events = Object.keys(on).filter((event) => event !== "due");
  return Object.fromEntries(
    events.map((event) => [`${id}.${event}`, [...lowering.ways(id, event, on), exhausted(id, event)]]),
  );
}

/** The last way of a clock: nothing else holds, and the case says that it is stuck instead of forgetting the time. */
export function lapsed(step: string): Way {
  return { actions: [{ type: "lapsed", params: { step } }] };
}

function exhausted(step: string, event: string): Way {
  return {
    guard: { type: "exhausted", params: { step, event } },
    actions: [{ type: "exhausted", params: { step, event } }],
  };
}

/** The ids that a step's events lead to; `unbounded` leaves out the ways that name a bound. */
export function targetsOf(on: On, unbounded = false): string[] {
  return Object.values(on).flatMap((transition) =>
    transitionList(transition).flatMap((way) => (unbounded && way.maxVisits !== undefined ? [] : [way.to])),
  );
}
