import type { InValue } from "@libsql/client";
import type { Database } from "../db/client.ts";

/** Ids of the cases about records, by `type/id`, that a condition over `cases AS c` lets through. */
export async function casesOfRecords(
  db: Database,
  condition: { sql: string; args: Record<string, InValue> },
  records: readonly { id: string; type: string }[],
): Promise<Map<string, string[]>> {
  const rows = await db.read<{ type: string; subject: string; id: string }>(
    `SELECT c.subject_type AS type, c.subject, c.id FROM json_each(:records) AS j CROSS JOIN cases AS c
     ON c.subject = j.value ->> 1 AND c.subject_type = j.value ->> 0 AND c.subject_kind = 'record'
     WHERE ${condition.sql} ORDER BY c.opened_at DESC`,
    { ...condition.args, records: JSON.stringify(records.map(({ type, id }) => [type, id])) },
  );
  const found = new Map<string, string[]>();
  for (const { type, subject, id } of rows)
    found.set(`${type}/${subject}`, [...(found.get(`${type}/${subject}`) ?? []), id]);
  return found;
}
