import { bundlesReading, countsBy } from "../commands/cases-of-parameter.ts";
import { nextTurn } from "../commands/commit.ts";
import { send } from "../commands/handle.ts";
import { Refused } from "../commands/refused.ts";
import { openCasesOfBundles } from "../store/parameter-cases.ts";
import { type EffectHandler, settle } from "./effect.ts";

/** A parameter that was changed for open cases at once. */
export interface RearmPayload {
  kind: string;
  id: string;
  name: string;
  reason: string;
  by: string | null;
}

/** Cases told side by side: small enough to let others in between. */
const SLICE = 100;

/**
 * Tells every open case whose clocks count by a parameter to set them anew. Done twice it changes nothing: a case whose
 * instants are as they should be refuses, and keeps its journal.
 */
export const rearmEffect: EffectHandler = {
  kind: "rearm",
  outside: false,
  async run(runtime, row) {
    const { kind, id, name, reason, by } = row.payload as RearmPayload;
    const bundles = await bundlesReading(runtime, { kind, id }, name);
    const counting = [...bundles].filter(([, compiled]) => countsBy(compiled, name)).map(([hash]) => hash);
    const cases = await openCasesOfBundles(runtime.db, counting);
    for (let at = 0; at < cases.length; at += SLICE) {
      const slice = cases.slice(at, at + SLICE);
      const told = await Promise.allSettled(
        slice.map((one) => send(runtime, one.id, { type: "rearm", reason, by }, { bulk: true })),
      );
      for (const answer of told)
        if (answer.status === "rejected" && !(answer.reason instanceof Refused)) throw answer.reason;
      await nextTurn();
    }
    await settle(runtime, row);
  },
};
