import type { Effect } from "#engine/execute/state.ts";
import type { EffectHandler } from "./effect.ts";
import { tellCase } from "./tell-case.ts";

/** Tells a parent case how its child ended. */
export const answerParentEffect: EffectHandler = {
  kind: "answer-parent",
  outside: false,
  run(runtime, row) {
    const { caseId, effect, outcome, data } = row.payload as Extract<Effect, { kind: "answer-parent" }>;
    return tellCase(runtime, row, caseId, { type: "answer", effect, outcome, data });
  },
};
