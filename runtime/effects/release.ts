import type { Effect } from "#engine/execute/state.ts";
import type { Cell } from "../db/versioned.ts";
import { fed } from "../store/case-lanes.ts";
import { type EffectHandler, settle } from "./effect.ts";

/** Lets the subject of a case see some of its fields from now on. */
export const releaseEffect: EffectHandler = {
  kind: "release",
  outside: false,
  async run(runtime, row) {
    const { fields, person } = row.payload as Extract<Effect, { kind: "release" }>;
    const now = runtime.clock.now();
    const rows = fields.map((field): Cell[] => [row.caseId, field, person, now]);
    await settle(runtime, row, {
      statements: [fed("INSERT INTO released (case_id, field, person, at)", 4, rows, "ON CONFLICT DO NOTHING")],
    });
  },
};
