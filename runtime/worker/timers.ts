import { nextTurn } from "../commands/commit.ts";
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
 */
export async function fireTimers(runtime: Runtime): Promise<number> {
  const failed = new Set<string>();
  let count = 0;
  while (!runtime.stopping.aborted) {
    const cases = await dueCases(runtime.db, runtime.clock.now(), [...failed], SLICE);
    if (cases.length === 0) break;
    faultPoint("before-timers");
    await Promise.all(
      cases.map(async (caseId) => {
        try {
          await fireDueOf(runtime, caseId);
        } catch (cause) {
          failed.add(caseId);
          if (!(cause instanceof Refused))
            runtime.log.error({ caseId, err: cause }, "the timers of a case could not fire");
        }
      }),
    );
    count += cases.length;
    await nextTurn();
  }
  return count;
}

/** When the next timer is due. */
export const nextTimer = (runtime: Runtime): Promise<number | undefined> => nextTimerAt(runtime.db);
