import { setImmediate as nextTurn } from "node:timers/promises";
import { fireDueOf } from "../commands/fire-timers.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { faultPoint } from "../fault-points.ts";
import { dueCases, nextTimerAt } from "../store/timers.ts";

/** Cases whose timers fire side by side: small enough that a person's command need not wait for many. */
const SLICE = 128;

/**
 * Fires all timers that are due, in the order of (due, seq), slice by slice with room for others in between. Answers how many
 * cases were looked at. A timer fires only if it still stands in the case's snapshot when the batch is made, and the batch
 * only commits on that snapshot: cancelled or fired elsewhere, it does not fire again.
 *
 * @param most after so many cases it is for the others to go on: effects do not wait until a storm of timers is over
 */
export async function fireTimers(runtime: Runtime, most = Number.POSITIVE_INFINITY): Promise<number> {
  const failed = new Set<string>();
  const flying = new Set<string>();
  let before: Promise<unknown> = Promise.resolve();
  let count = 0;
  while (!runtime.stopping.aborted && count < most) {
    const cases = await dueCases(runtime.db, runtime.clock.now(), [...failed, ...flying], SLICE);
    if (cases.length === 0 && flying.size === 0) break;
    faultPoint("before-timers");
    const slice = cases.map((caseId) => fire(runtime, caseId, flying, failed));
    // A slice is decided while the one before is being written, and never before that one was decided: due order stays.
    await Promise.all(slice.map(({ decided }) => decided));
    await before;
    before = Promise.all(slice.map(({ written }) => written));
    count += cases.length;
    await nextTurn();
  }
  await before;
  return count;
}

/** Fires what is due of one case, which is among `flying` until it is written. Neither promise is ever rejected. */
function fire(runtime: Runtime, caseId: string, flying: Set<string>, failed: Set<string>) {
  const decided = Promise.withResolvers<void>();
  flying.add(caseId);
  const written = fireDueOf(runtime, caseId, decided.resolve)
    .catch((cause) => {
      failed.add(caseId);
      if (!(cause instanceof Refused)) runtime.log.error({ caseId, err: cause }, "the timers of a case could not fire");
    })
    .finally(() => {
      flying.delete(caseId);
      decided.resolve();
    });
  return { decided: decided.promise, written };
}

/** When the next timer is due. */
export const nextTimer = (runtime: Runtime): Promise<number | undefined> => nextTimerAt(runtime.db);
