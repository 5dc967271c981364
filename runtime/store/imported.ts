import type { Json } from "#engine/words/json.ts";
import type { Database } from "../db/client.ts";
import type { StoredRecord } from "./records-write.ts";

/** How an import stands; undefined where there is none. */
export async function importStatus(
  db: Database,
  id: string,
): Promise<{ no: number; kind: string; status: string } | undefined> {
  const [row] = await db.read<{ no: number; kind: string; status: string }>(
    "SELECT no, kind, status FROM imports WHERE id = ?",
    [id],
  );
  return row;
}

/** The values that an import wrote: which metric, of whom, from when. */
export function importedObservations(
  db: Database,
  no: number,
): Promise<{ metric: string; subjectKind: "person" | "unit" | "organisation"; subject: string; periodFrom: string }[]> {
  return db.read(
    `SELECT metric, subject_kind AS subjectKind, subject, max(period_from) AS periodFrom FROM observations
     WHERE import_no = ? GROUP BY metric, subject_kind, subject`,
    [no],
  );
}

/** The records that an import added; those that it changed were announced before. */
export async function importedRecords(db: Database, no: number): Promise<StoredRecord[]> {
  const rows = await db.read<Omit<StoredRecord, "fields"> & { fields: string }>(
    `SELECT r.id, r.type, r.about_kind AS aboutKind, r.about, r.date, r.fields FROM records AS r WHERE r.import_no = ?
     AND NOT EXISTS (SELECT 1 FROM records AS o WHERE o.type = r.type AND o.id = r.id AND o.import_no <> ?)`,
    [no, no],
  );
  return rows.map((row) => ({ ...row, fields: JSON.parse(row.fields) as Record<string, Json> }));
}

/** What an import did to people: who is new, who reports to somebody else, who has left. */
export function importedPeople(
  db: Database,
  no: number,
): Promise<{ on: "person.hired" | "person.moved" | "person.left"; person: string }[]> {
  return db.read(
    `SELECT CASE WHEN p.status = 'left' THEN 'person.left' ELSE 'person.hired' END AS "on", p.person FROM profiles AS p
       WHERE p.import_no = :no AND (p.status = 'left' AND EXISTS (SELECT 1 FROM profiles AS o WHERE o.person = p.person AND o.import_no <> :no AND o.status <> 'left')
         OR p.status <> 'left' AND NOT EXISTS (SELECT 1 FROM profiles AS o WHERE o.person = p.person AND o.import_no <> :no))
     UNION SELECT 'person.moved', a.person FROM assignments AS a WHERE a.import_no = :no AND a.kind = 'primary'
       AND EXISTS (SELECT 1 FROM assignments AS o WHERE o.person = a.person AND o.kind = 'primary' AND o.import_no <> :no
                   AND (o.unit <> a.unit OR o.manager IS NOT a.manager))`,
    { no },
  );
}
