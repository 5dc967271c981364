import type { Effect } from "#engine/execute/state.ts";
import { checkedRecord, recordChanged, recordStatements } from "../commands/create-record.ts";
import { Refused } from "../commands/refused.ts";
import { type EffectHandler, settle } from "./effect.ts";
import { byRefusal } from "./tell-case.ts";

/** Writes a record down; its id is the effect's, so that it is written once. */
export const writeRecordEffect: EffectHandler = {
  kind: "write-record",
  outside: false,
  async run(runtime, row) {
    const { type, fields } = row.payload as Extract<Effect, { kind: "write-record" }>;
    const record = await checkedRecord(runtime, type, row.id.replaceAll("/", "-"), fields).catch((cause) => {
      throw cause instanceof Refused ? byRefusal(cause) : cause;
    });
    await settle(runtime, row, { statements: recordStatements(runtime, record, runtime.clock.now()) });
    recordChanged(runtime, record);
  },
};
