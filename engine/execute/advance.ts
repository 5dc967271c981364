import type { Compiled } from "../compile/compile.ts";
import { IssuesError } from "../words/issue.ts";
import { apply } from "./apply.ts";
import { outcomeOf } from "./dress.ts";
import { Incident } from "./incident.ts";
import type { CaseEvent } from "./journal.ts";
import { mayHappen } from "./may-happen.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import { availableEvents } from "./possible.ts";
import { shownOnly } from "./shown-only.ts";
import type { CaseState } from "./state.ts";
import { recordingTape } from "./tape.ts";
import type { World } from "./world.ts";

/**
 * Advances a case by one event at an instant: state and event in, next state and everything to commit out. Changes nothing of
 * what it is given. A refusal says why and what is possible instead, and means that nothing happened.
 */
export function advance(
  compiled: Compiled,
  state: CaseState,
  event: CaseEvent,
  world: World,
  now: number,
): Outcome | Refusal {
  const refuse = (code: Refusal["code"], message: string): Refusal => ({
    ok: false,
    code,
    message,
    possible: availableEvents(compiled, state),
  });
  const dueAt = event.type === "timer" ? (state.timers[event.timer]?.dueAt ?? null) : null;
  const tape = recordingTape();
  try {
    const objection = mayHappen(compiled, state, event, world, now);
    if (objection) return refuse(objection.code, objection.message);
    const kept = shownOnly(compiled, state, event);
    const applied = apply(compiled, state, kept, world, now, tape);
    if (!applied.accepted) return refuse("not-possible", "That is not possible where the case stands now.");
    return outcomeOf(applied, kept, tape, dueAt);
  } catch (cause) {
    if (!(cause instanceof Incident || cause instanceof IssuesError)) throw cause;
    return refuse("incident", `The case could not go on: ${cause.message}`);
  }
}
