import { nextTurn } from "../commands/commit.ts";
import { send } from "../commands/handle.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { bundlesInUse } from "../store/bundles.ts";
import { openCasesOfBundles } from "../store/parameter-cases.ts";
import { type EffectHandler, settle } from "./effect.ts";

/** Cases told at once; others have a turn in between. */
const SLICE = 100;

/**
 * Facts have changed that may pause a clock: every open case with such a clock looks again. A case for which nothing changes
 * refuses, and keeps its journal, so doing it twice changes nothing.
 */
export const lookEffect: EffectHandler = {
  kind: "look",
  outside: false,
  async run(runtime, row) {
    const { reason } = row.payload as { reason: string };
    const cases = await openCasesOfBundles(runtime.db, await pausingBundles(runtime));
    for (let at = 0; at < cases.length; at += SLICE) {
      const told = await Promise.allSettled(
        cases
          .slice(at, at + SLICE)
          .map((one) => send(runtime, one.id, { type: "look", reason, by: null }, { bulk: true })),
      );
      for (const answer of told)
        if (answer.status === "rejected" && !(answer.reason instanceof Refused)) throw answer.reason;
      await nextTurn();
    }
    await settle(runtime, row);
  },
};

/** What open cases run in which some condition pauses a clock. */
export async function pausingBundles(runtime: Runtime): Promise<string[]> {
  const found: string[] = [];
  for (const hash of await bundlesInUse(runtime.db)) {
    const { compiled } = await runtime.catalogue.pinned(hash);
    if (compiled.pauses.size > 0) found.push(hash);
  }
  return found;
}
