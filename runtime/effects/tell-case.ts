import { setImmediate as nextTurn } from "node:timers/promises";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { send } from "../commands/handle.ts";
import { isPassing, Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { type EffectRow, GiveUp, settle, TryAgain } from "./effect.ts";

/** Refusals that mean the case has moved on meanwhile: there is nobody left to tell. */
const MOVED_ON = new Set(["closed", "not-possible", "not-found", "no-such-task", "paused"]);

/** Whether a refusal means that there is nobody left to tell. */
export const hasMovedOn = ({ code }: Refused): boolean => MOVED_ON.has(code);

/** Sends an event to a case and marks the effect as done in the same batch. A case that has moved on need not be told. */
export async function tellCase(runtime: Runtime, row: EffectRow, caseId: string, event: CaseEvent): Promise<void> {
  try {
    await send(runtime, caseId, event, {
      along: () => ({ done: { ids: [row.id], at: runtime.clock.now() } }),
      bulk: true,
    });
  } catch (cause) {
    if (!(cause instanceof Refused)) throw cause;
    if (hasMovedOn(cause)) await settle(runtime, row);
    else throw byRefusal(cause);
  }
}

/** A refusal as an effect sees it: what storage or load refuse is tried again, all else is for a person. */
export function byRefusal(refusal: Refused): Error {
  return isPassing(refusal) ? new TryAgain(refusal.message) : new GiveUp(refusal.message);
}

/** Cases told side by side: small enough to let others in between. */
const SLICE = 100;

/**
 * Tells many cases the same, as bulk work. A case to which it means nothing refuses, and keeps its journal. Where storage or load
 * refuse, all of them are told before that is thrown: told again, a case that has heard it refuses.
 */
export async function tellCases(runtime: Runtime, cases: readonly string[], event: CaseEvent): Promise<void> {
  for (let at = 0; at < cases.length; at += SLICE) {
    const told = await Promise.allSettled(
      cases.slice(at, at + SLICE).map((id) => send(runtime, id, event, { bulk: true })),
    );
    for (const answer of told) {
      if (answer.status === "fulfilled") continue;
      if (isPassing(answer.reason)) throw new TryAgain(String(answer.reason));
      if (!(answer.reason instanceof Refused)) throw answer.reason;
    }
    await nextTurn();
  }
}
