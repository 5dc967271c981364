import type { Runtime } from "../commands/runtime.ts";
import { bundlesInUse } from "../store/bundles.ts";
import { openCasesOfBundles } from "../store/parameter-cases.ts";
import { type EffectHandler, settle } from "./effect.ts";
import { tellCases } from "./tell-case.ts";

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
    await tellCases(
      runtime,
      cases.map((one) => one.id),
      { type: "look", reason, by: null },
    );
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
