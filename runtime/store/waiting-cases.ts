import type { Database } from "../db/client.ts";

/** Open cases of a bundle that stand at a step and are about one of these subjects. */
export async function waitingCases(
  db: Database,
  bundle: string,
  step: string,
  subjects: readonly string[],
): Promise<string[]> {
  const rows = await db.read<{ id: string }>(
    `SELECT c.id FROM json_each(?) AS j CROSS JOIN cases AS c ON c.subject = j.value AND c.status IN ('open', 'blocked')
     WHERE c.bundle = ? AND EXISTS (SELECT 1 FROM json_each(c.active) AS a WHERE a.value = ?)`,
    [JSON.stringify(subjects), bundle, step],
  );
  return rows.map((row) => row.id);
}

/** Open cases of a bundle that are about one of these subjects and do not stand at a step. */
export async function casesBefore(
  db: Database,
  bundle: string,
  step: string,
  subjects: readonly string[],
): Promise<string[]> {
  const rows = await db.read<{ id: string }>(
    `SELECT c.id FROM json_each(?) AS j CROSS JOIN cases AS c ON c.subject = j.value AND c.status IN ('open', 'blocked')
     WHERE c.bundle = ? AND NOT EXISTS (SELECT 1 FROM json_each(c.active) AS a WHERE a.value = ?)`,
    [JSON.stringify(subjects), bundle, step],
  );
  return rows.map((row) => row.id);
}
