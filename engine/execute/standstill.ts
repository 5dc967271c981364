import type { Draft } from "./draft.ts";
import type { CaseEvent } from "./journal.ts";
import type { CaseState, Pending } from "./state.ts";

/** Since when a case stands still as a whole, and why. `with`: it does as long as the case that began it does. */
export interface Standstill {
  since: number;
  reason: string;
  by: string | null;
  with?: true;
}

/** Whether a case stands still: somebody paused it, or the case that began it stands still. Undefined where it runs. */
export function standstill({ halted, haltedWith }: CaseState): Standstill | undefined {
  return halted ?? (haltedWith && { ...haltedWith, by: null, with: true });
}

/** Lets a case stand still and go on. What its parent's case says and what a person says are kept apart: both must let it go. */
export function halt(draft: Draft, event: CaseEvent): void {
  const { state, now } = draft;
  if (event.type === "pause") {
    if (event.told) state.haltedWith = { since: now, reason: event.reason };
    else state.halted = { since: now, reason: event.reason, by: event.by };
  }
  if (event.type === "resume") {
    if (event.told && state.haltedWith) delete state.haltedWith;
    else delete state.halted;
  }
}

/** Why a case may not be paused or go on; undefined where it may. */
export function mayHalt(
  state: CaseState,
  event: Extract<CaseEvent, { type: "pause" | "resume" }>,
): { code: "paused" | "not-possible"; message: string } | undefined {
  const { halted, haltedWith } = state;
  if (event.type === "pause")
    return (event.told ? haltedWith : halted) ? { code: "paused", message: "The case is paused already." } : undefined;
  // A ladder that was paused before cases kept apart who says so was paused by nobody in particular.
  if (event.told ? (haltedWith ?? halted?.by === null) : halted) return undefined;
  const message =
    haltedWith && !event.told
      ? "The case stands still with the one that began it. Let that one go on."
      : "The case is not paused.";
  return { code: "not-possible", message };
}

/** The cases that a case began and waits for, and that are nobody else's: they stand still with it. */
const ownOf = ({ pending }: CaseState): Pending[] =>
  pending.filter(({ kind, shared }) => kind === "escalation" || (kind === "subflow" && !shared));

/**
 * What a case began stands still with it, and goes on when it does: a ladder climbs for what nobody can do, and a subflow is
 * work under it. Each is a case of its own, so it is told, and tells its own. One that begins only now looks for itself: `haltedWith`.
 */
export function tellStandstill(draft: Draft, before: CaseState): void {
  const was = standstill(before);
  const is = standstill(draft.state);
  if ((was === undefined) === (is === undefined)) return;
  const known = new Set(before.pending.map(({ effect }) => effect));
  for (const { step, effect } of ownOf(draft.state).filter((one) => known.has(one.effect))) {
    const [event, reason] = is ? ["pause", is.reason] : ["resume", "the case that it is for goes on"];
    draft.effect({ kind: "signal-case", step, child: effect, event, data: { reason } });
  }
}

/** With what a case begins that `parent` asked for by an effect: standing still, where that does and waits for it. */
export function beginsHalted(parent: CaseState, effect: string): { haltedWith?: { reason: string } } {
  const still = standstill(parent);
  return still && ownOf(parent).some((one) => one.effect === effect) ? { haltedWith: { reason: still.reason } } : {};
}
