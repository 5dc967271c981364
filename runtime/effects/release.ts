import type { Effect } from "#engine/execute/state.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";
import { releasedFields } from "../store/cases-read.ts";
import { type EffectHandler, settle } from "./effect.ts";

/**
 * Lets the subject of a case see some of its fields from now on, and writes down who released them and when. What is released
 * already stays as it was: a second release changes nothing and is no entry of the audit.
 */
export const releaseEffect: EffectHandler = {
  kind: "release",
  outside: false,
  async run(runtime, row) {
    const { fields, person, by } = row.payload as Extract<Effect, { kind: "release" }>;
    const now = runtime.clock.now();
    const known = row.caseId === null ? new Set<string>() : await releasedFields(runtime.db, row.caseId);
    const fresh = fields.filter((field) => !known.has(field));
    if (fresh.length === 0) return settle(runtime, row);
    const directory = await runtime.organisation.directory();
    const whose = person === null ? "" : ` of ${directory.nameOf(person)}`;
    const rows = fresh.map((field): Cell[] => [row.caseId, field, person, now]);
    await runtime.audit.write(
      {
        at: now,
        by,
        what: "case.released",
        words: `${by === null ? "Rondo" : directory.nameOf(by)} released ${fresh.join(", ")}${whose}.`,
        details: { case: row.caseId, fields: fresh, person, effect: row.id },
      },
      insertRows("INSERT INTO released (case_id, field, person, at)", 4, rows, "ON CONFLICT DO NOTHING"),
    );
    await settle(runtime, row);
  },
};
