import type { Effect } from "#engine/execute/state.ts";
import { personFieldStatements } from "../store/people-write.ts";
import { type EffectHandler, GiveUp, settle } from "./effect.ts";

/** Writes a field of a person, as a new version of their profile. */
export const writePersonEffect: EffectHandler = {
  kind: "write-person",
  outside: false,
  async run(runtime, row) {
    const { person, field, value } = row.payload as Extract<Effect, { kind: "write-person" }>;
    const directory = await runtime.organisation.directory();
    if (!directory.person(person)) throw new GiveUp(`There is no person "${person}" to write ${field} to.`);
    const now = runtime.clock.now();
    await settle(runtime, row, { statements: personFieldStatements(person, field, JSON.stringify(value), now) });
    runtime.organisation.changed(runtime.events);
  },
};
