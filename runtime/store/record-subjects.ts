import type { Subject } from "#engine/contract/subject.ts";
import type { SubjectFacts } from "#engine/execute/world.ts";
import type { Json } from "#engine/words/json.ts";
import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** What is known of records that cases are about, by `type/id`: fields, whom they are about, the unit. */
export async function readRecordSubjects(
  db: Database,
  subjects: readonly Subject[],
): Promise<Map<string, SubjectFacts>> {
  const rows = await db.read<{ id: string; type: string; kind: string | null; about: string | null; fields: string }>(
    `SELECT r.id, r.type, r.about_kind AS kind, r.about, r.fields FROM json_each(?) AS j CROSS JOIN records AS r
     ON r.type = j.value ->> 0 AND r.id = j.value ->> 1 WHERE ${known("r")}`,
    [JSON.stringify(subjects.map(({ type, id }) => [type ?? "", id]))],
  );
  return new Map(
    rows.map(({ id, type, kind, about, fields }) => [
      `${type}/${id}`,
      {
        fields: { ...(JSON.parse(fields) as Record<string, Json>), id },
        about: kind === "person" ? about : null,
        unit: kind === "unit" ? about : null,
      },
    ]),
  );
}
