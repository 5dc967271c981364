import { announcements } from "./announce.ts";
import type { Bundle } from "./bundle.ts";
import { fireDue, parkDue } from "./due-first.ts";
import { together } from "./handle.ts";
import { Refused } from "./refused.ts";
import type { Runtime } from "./runtime.ts";

/**
 * Fires whatever of one case is due; resolves when it is on disk. Answers how many timers fired.
 *
 * @param decided called when it is known what happens, before it is written
 */
export async function fireDueOf(runtime: Runtime, caseId: string, decided?: () => void): Promise<number> {
  const now = runtime.clock.now();
  return runtime.desk.decide(
    caseId,
    async (stored) => {
      if (!stored) return { outcomes: [], answer: 0 };
      let bundle: Bundle;
      try {
        bundle = await runtime.catalogue.pinned(stored.frame.bundle);
      } catch (cause) {
        if (!(cause instanceof Refused)) throw cause;
        return { outcomes: [], along: parkDue(stored.state, cause.message, now), answer: 0 };
      }
      const { outcomes, along } = await fireDue(runtime, bundle, stored.state, now);
      decided?.();
      return {
        outcomes,
        along: together(along, { outbox: announcements(runtime.catalogue, outcomes) }),
        answer: outcomes.length,
      };
    },
    { bulk: true },
  );
}
