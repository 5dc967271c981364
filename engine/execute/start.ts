import type { Compiled } from "../compile/compile.ts";
import { IssuesError } from "../words/issue.ts";
import { apply } from "./apply.ts";
import { outcomeOf } from "./dress.ts";
import { Incident } from "./incident.ts";
import type { StartEvent } from "./journal.ts";
import { joined } from "./members.ts";
import type { Outcome, Refusal } from "./outcome.ts";
import type { CaseState } from "./state.ts";
import { recordingTape } from "./tape.ts";
import type { World } from "./world.ts";

/** A case that has not moved yet: what `start` and `replay` begin from. */
export function unstarted(event: StartEvent, at: number): CaseState {
  return {
    id: event.caseId,
    definition: event.definition,
    subject: event.subject,
    period: event.period,
    key: event.key,
    trigger: event.trigger,
    parent: event.parent,
    ...(event.members ? { members: joined([], event.members, at) } : {}),
    ...(event.haltedWith ? { haltedWith: { since: at, reason: event.haltedWith.reason } } : {}),
    status: "open",
    outcome: null,
    result: null,
    openedAt: at,
    closedAt: null,
    revision: 0,
    machine: null,
    tasks: {},
    timers: {},
    generations: {},
    timerSeq: 0,
    pending: [],
    blocks: [],
  };
}

/**
 * Starts a case at an instant. Pure: the answer holds the first state, the journal's first entry and everything to commit
 * with it; or a refusal, and then there is no case.
 */
export function start(
  compiled: Compiled,
  request: Omit<StartEvent, "type">,
  world: World,
  now: number,
): Outcome | Refusal {
  const event: StartEvent = { type: "start", ...request };
  const tape = recordingTape();
  try {
    const applied = apply(compiled, unstarted(event, now), event, world, now, tape);
    applied.draft.announcements.unshift({
      on: "case.opened",
      data: { workflow: event.definition.id, subject: event.subject.id, period: event.period },
    });
    return outcomeOf(applied, event, tape, null);
  } catch (cause) {
    if (!(cause instanceof Incident || cause instanceof IssuesError)) throw cause;
    return { ok: false, code: "incident", message: `The case could not be started: ${cause.message}`, possible: [] };
  }
}
