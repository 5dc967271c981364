import { bundlesReading, countsBy } from "../commands/cases-of-parameter.ts";
import { openCasesOfBundles } from "../store/parameter-cases.ts";
import { type EffectHandler, settle } from "./effect.ts";
import { tellCases } from "./tell-case.ts";

/** A parameter that was changed for open cases at once. */
export interface RearmPayload {
  kind: string;
  id: string;
  name: string;
  reason: string;
  by: string | null;
}

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
    await tellCases(
      runtime,
      cases.map((one) => one.id),
      { type: "rearm", reason, by },
    );
    await settle(runtime, row);
  },
};
