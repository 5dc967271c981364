import type { CaseEvent } from "#engine/execute/journal.ts";
import { send } from "../commands/handle.ts";
import { Refused } from "../commands/refused.ts";
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
  const later = ["busy", "stopping", "storage-full", "storage-failed", "conflict"].includes(refusal.code);
  return later ? new TryAgain(refusal.message) : new GiveUp(refusal.message);
}
