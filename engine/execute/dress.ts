import type { Json } from "../words/json.ts";
import type { Applied } from "./apply.ts";
import type { Draft } from "./draft.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import { answerMembers } from "./members.ts";
import type { Outcome } from "./outcome.ts";
import type { CaseState } from "./state.ts";
import type { Tape } from "./tape.ts";

/** A firing later than this after its time is flagged as late, in milliseconds. */
export const LATE_AFTER_MS = 60_000;

/** How a case that has ended answers the one that began it; of one that was cancelled, which one and why, so that there is a link to it. */
export function answerOfEnd(
  { id, status, outcome, result }: CaseState,
  why: string,
): { outcome: string; data: Record<string, Json> } {
  const cancelled = status === "cancelled";
  return {
    outcome: cancelled ? "failed" : (outcome ?? "done"),
    data: { ...(cancelled ? { case: id, message: why } : {}), ...result },
  };
}

/** For whom a task was done, where whoever did it stood in for somebody who is away. */
function onBehalfOf(draft: Draft, event: StartEvent | CaseEvent): { onBehalf?: string } {
  if (event.type !== "complete") return {};
  const done = draft.tasks.find(({ task }) => task.id === event.task)?.task;
  const of = done?.onBehalf?.find(({ person }) => person === event.by)?.of;
  return of === undefined ? {} : { onBehalf: of };
}

/** Dresses what an event made of a case as an outcome, with its journal entry and, at the end, the word to whoever waits. */
export function outcomeOf(applied: Applied, event: StartEvent | CaseEvent, tape: Tape, dueAt: number | null): Outcome {
  const { draft } = applied;
  const { state, now } = draft;
  if (state.closedAt === now && (state.status === "closed" || state.status === "cancelled")) {
    if (state.parent && !(event.type === "cancel" && event.told)) {
      const why = "reason" in event ? event.reason : "it was cancelled";
      draft.effect({ kind: "answer-parent", ...state.parent, ...answerOfEnd(state, why) });
    }
    answerMembers(draft);
    draft.announcements.push({
      on: "case.closed",
      data: {
        workflow: state.definition.id,
        subject: state.subject.id,
        period: state.period,
        outcome: state.outcome,
        ...(state.result ? { result: state.result } : {}),
      },
    });
  }
  return {
    ok: true,
    ...draft.done(),
    entry: {
      seq: state.revision,
      at: now,
      dueAt,
      late: dueAt !== null && now - dueAt > LATE_AFTER_MS,
      by: "by" in event ? event.by : null,
      ...onBehalfOf(draft, event),
      event,
      tape: [...tape.items],
      taken: applied.taken,
      active: applied.active,
    },
  };
}
