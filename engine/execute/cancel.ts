import type { Compiled } from "../compile/compile.ts";
import type { WayInfo } from "../compile/source-map.ts";
import { ask, tell, write } from "./carry-effects.ts";
import type { Carrying } from "./carrying.ts";
import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import type { CaseState, Pending } from "./state.ts";

/** The step that undoes what another has done; undefined where nothing does. */
export function undoOf(compiled: Pick<Compiled, "map">, step: string): string | undefined {
  const info = compiled.map.steps.get(step)?.step;
  return info && "undo" in info ? info.undo : undefined;
}

/** Every step that undoes another: no part of the machine, carried out only when the case is cancelled. */
export const undoSteps = (compiled: Pick<Compiled, "map">): string[] =>
  [...compiled.map.steps.keys()].flatMap((step) => undoOf(compiled, step) ?? []);

/** Remembers, in order, which steps are done that something undoes. One that was done again counts where it was last. */
export function rememberDone(draft: Draft, compiled: Compiled, taken: readonly WayInfo[]): void {
  for (const { from, event } of taken) {
    if (event === "failed" || undoOf(compiled, from) === undefined) continue;
    draft.state.undoable = [...(draft.state.undoable ?? []).filter((step) => step !== from), from];
  }
}

/**
 * Cancels a case. What its steps have done is undone first, the last of them first, one after the other; the case is cancelled
 * when the last answer has come.
 */
export function cancel(carrying: Carrying): void {
  const { draft } = carrying;
  for (const task of Object.values(draft.state.tasks)) draft.closeTask(task, "cancelled");
  for (const timer of Object.keys(draft.state.timers)) draft.disarm(timer);
  tellToEnd(draft, draft.state.pending, "the case was cancelled");
  draft.state.pending = [];
  draft.state.blocks = [];
  delete draft.state.clocks;
  delete draft.state.halted;
  delete draft.state.haltedWith;
  const done = draft.state.undoable;
  delete draft.state.undoable;
  if (done) draft.state.undoing = { left: [...done].reverse() };
  undoNext(carrying);
}

/** Tells the cases that a case began, and need not go on, to end: a child or a ladder is cancelled, a shared case is left. */
export function tellToEnd(draft: Draft, begun: readonly Pending[], reason: string): void {
  for (const { kind, step, effect, shared } of begun) {
    if (kind !== "escalation" && kind !== "subflow") continue;
    draft.effect({ kind: "signal-case", step, child: effect, event: shared ? "leave" : "cancel", data: { reason } });
  }
}

/** Whether a case is being undone: it has been cancelled, and something it did is still to be taken back. */
export const isUndoing = (state: CaseState): boolean => (state.undoing?.left.length ?? 0) > 0;

/** The step that is being undone by, where a case is. */
export function undoingStep(compiled: Compiled, state: CaseState): string | undefined {
  const [step] = state.undoing?.left ?? [];
  return step === undefined ? undefined : undoOf(compiled, step);
}

/** The answer to what undoes a step: the next one's turn, or the case says that it could not be undone and waits for an admin. */
export function undone(event: Extract<CaseEvent, { type: "answer" }>, carrying: Carrying): void {
  const { compiled, draft } = carrying;
  const step = undoingStep(compiled, draft.state);
  draft.state.pending = draft.state.pending.filter((one) => one.effect !== event.effect);
  if (step === undefined) return;
  if (event.outcome === "failed") {
    draft.block(step, "incident", `"${compiled.map.steps.get(step)!.step.title}" could not undo what was done.`);
    return;
  }
  draft.state.undoing = { left: draft.state.undoing!.left.slice(1) };
  undoNext(carrying);
}

/** Undoes what is next; what is only asked of the outside is waited for. With nothing left the case is cancelled. */
export function undoNext(carrying: Carrying): void {
  const { compiled, draft } = carrying;
  for (;;) {
    const step = undoingStep(compiled, draft.state);
    if (step === undefined) break;
    const { kind } = compiled.map.steps.get(step)!.step;
    if (kind === "record") write(step, carrying);
    else if (kind === "notify") tell(step, carrying);
    else {
      ask(step, carrying);
      return;
    }
    draft.state.undoing = { left: draft.state.undoing!.left.slice(1) };
  }
  draft.state.status = "cancelled";
  draft.state.outcome = "cancelled";
  draft.state.closedAt = draft.now;
}
