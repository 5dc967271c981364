import { advance } from "#engine/execute/advance.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { needs } from "#engine/execute/needs.ts";
import type { Outcome, Refusal } from "#engine/execute/outcome.ts";
import type { CaseState, Timer } from "#engine/execute/state.ts";
import { incidentStatements } from "../store/incidents.ts";
import type { Bundle } from "./bundle.ts";
import type { Runtime } from "./runtime.ts";
import type { Along } from "./work.ts";

/** A timer that goes off in a loop without time passing is a mistake of ours or of an author; it stops here. */
const MOST_FIRINGS = 1_000;

/** Gathers what the event may read and asks the engine. */
export async function ask(
  runtime: Runtime,
  bundle: Bundle,
  state: CaseState,
  event: CaseEvent,
  now: number,
): Promise<Outcome | Refusal> {
  const { compiled } = bundle;
  const world = await runtime.worlds.of(
    { compiled, subject: state.subject, openedAt: state.openedAt, needs: needs(compiled, state, event) },
    now,
  );
  try {
    return advance(compiled, state, event, world, now);
  } catch (cause) {
    // Our mistake or a document's: the event is set aside with its reason, the state stays, and the others go on.
    runtime.log.error({ caseId: state.id, event: event.type, err: cause }, "the engine failed on an event");
    const message = cause instanceof Error ? cause.message : String(cause);
    return { ok: false, code: "incident", message: `The case could not go on: ${message}`, possible: [] };
  }
}

/** The timers of a case that are due, in the order in which they fire. */
export function dueTimers(state: CaseState, now: number): Timer[] {
  return Object.values(state.timers)
    .filter((timer) => timer.dueAt <= now)
    .sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq);
}

/** Parks what of a case is due, where nothing of it can fire: each with its reason, so that nobody looks at it again and again. */
export function parkDue(state: CaseState, reason: string, now: number): Along {
  return {
    statements: dueTimers(state, now).flatMap((timer) =>
      incidentStatements(state.id, `timer ${timer.title}`, reason, now, timer),
    ),
  };
}

/**
 * Fires whatever of a case is due, in order, before anything else may happen to it: a submission after the deadline is late
 * even if the server was down. A timer whose firing fails is parked with its reason and does not stop the others.
 */
export async function fireDue(
  runtime: Runtime,
  bundle: Bundle,
  state: CaseState,
  now: number,
): Promise<{ state: CaseState; outcomes: Outcome[]; along: Along }> {
  const outcomes: Outcome[] = [];
  const parked = new Set<string>();
  const along: Along = {};
  let at = state;
  while (outcomes.length < MOST_FIRINGS) {
    const timer = dueTimers(at, now).find(({ id, generation }) => !parked.has(`${id}/${generation}`));
    if (!timer) break;
    const outcome = await ask(
      runtime,
      bundle,
      at,
      { type: "timer", timer: timer.id, generation: timer.generation },
      now,
    );
    if (outcome.ok) {
      outcomes.push(outcome);
      at = outcome.state;
    } else {
      parked.add(`${timer.id}/${timer.generation}`);
      runtime.log.warn({ caseId: at.id, timer: timer.id, code: outcome.code }, "a timer could not fire and is parked");
      along.statements = [
        ...(along.statements ?? []),
        ...incidentStatements(at.id, `timer ${timer.title}`, outcome.message, now, timer),
      ];
    }
  }
  return { state: at, outcomes, along };
}
