import type { Draft } from "./draft.ts";
import type { CaseEvent, StartEvent } from "./journal.ts";
import type { CaseState, Pending } from "./state.ts";

/** For how long after it what an admin did can be taken back, in milliseconds. */
export const UNDO_MS = 10 * 60_000;

/** What an admin does with a case by hand, and may take back. */
const BY_HAND: ReadonlySet<string> = new Set(["move", "reopen", "set-data", "cancel", "transfer"]);

/** Keeps the case as it stood before an admin's act; whatever else happens makes it a thing of the past. */
export function keepForUndo(draft: Draft, before: CaseState, event: StartEvent | CaseEvent): void {
  if (BY_HAND.has(event.type)) {
    const { undo, ...rest } = before;
    const act = event.type === "transfer" ? event.act : undefined;
    const whole = act !== undefined && undo?.act === act;
    draft.state.undo = {
      at: draft.now,
      what: event.type,
      ...(act === undefined ? {} : { act }),
      before: whole ? undo.before : rest,
    };
  } else delete draft.state.undo;
}

/** What a case waited for before and was told to end: it has to be asked for again, or told to go on. */
export interface Resumed {
  again: Pending[];
  /** What another system was asked for, and may have been answered meanwhile: that answer is waited for once more. */
  calls: Pending[];
  children: Pending[];
  ladders: Pending[];
  /** What the act began: it ends with it. */
  begun: Pending[];
}

/**
 * Sets a case to where it stood before an admin's act. Tasks and timers that went away come back as they were, with their due
 * dates; what the act opened is cancelled. Answers what was told to end meanwhile, and what began.
 */
export function takeBack(draft: Draft, before: Omit<CaseState, "undo">): Resumed {
  const { state } = draft;
  const { revision, generations, timerSeq, pending: nowPending } = state;
  for (const task of Object.values(state.tasks)) if (!before.tasks[task.id]) draft.closeTask(task, "cancelled");
  const back = Object.values(before.tasks).filter((task) => !state.tasks[task.id]);
  const changed = Object.values(before.tasks).filter((task) => state.tasks[task.id] && state.tasks[task.id] !== task);
  for (const id of Object.keys(state.timers)) {
    if (before.timers[id]?.generation !== state.timers[id]!.generation) draft.disarm(id);
  }
  const kept = { ...state.timers };
  for (const key of Object.keys(state)) if (!(key in before)) delete (state as unknown as Record<string, unknown>)[key];
  Object.assign(state, before, { revision, generations, timerSeq });
  state.tasks = { ...before.tasks };
  state.timers = kept;
  for (const task of back) draft.tasks.push({ what: "opened", task });
  for (const task of changed) draft.tasks.push({ what: "changed", task });
  const gone = Object.values(before.timers).filter((timer) => !kept[timer.id]);
  for (const timer of gone.sort((a, b) => a.seq - b.seq)) draft.rearm(timer, timer.dueAt);
  const begun = nowPending.filter((one) => !before.pending.some(({ effect }) => effect === one.effect));
  const stopped = before.pending.filter((one) => !nowPending.some(({ effect }) => effect === one.effect));
  const ladders = stopped.filter(({ kind }) => kind === "escalation");
  const children = stopped.filter(({ kind, shared }) => kind === "subflow" && !shared);
  const calls = stopped.filter(({ kind }) => kind === "call");
  const again = stopped.filter((one) => ![...ladders, ...children, ...calls].includes(one));
  state.pending = before.pending.filter((one) => !again.includes(one) && !ladders.includes(one));
  return { again, calls, children, ladders, begun };
}
