import type { Draft } from "./draft.ts";
import type { CaseState, Pending } from "./state.ts";

const laddersOf = ({ pending }: CaseState): Pending[] => pending.filter(({ kind }) => kind === "escalation");

/**
 * The ladders of a case that is paused stand still with it, and climb on when it goes on: what they climb for can be done by
 * nobody meanwhile. A ladder is a case of its own, so it is told.
 */
export function holdLadders(draft: Draft, before: CaseState): void {
  const { halted } = draft.state;
  const held = new Set(before.halted ? laddersOf(before).map(({ effect }) => effect) : []);
  for (const { step, effect } of laddersOf(draft.state)) {
    if (held.has(effect) === (halted !== undefined)) continue;
    const [event, reason] = halted ? ["pause", halted.reason] : ["resume", "the case that it is for goes on"];
    draft.effect({ kind: "signal-case", step, child: effect, event, data: { reason } });
  }
}
