import type { Database } from "../db/client.ts";

/** Ids of the open cases of these definitions. */
export async function openCasesOf(
  db: Database,
  definitions: readonly { kind: string; id: string }[],
): Promise<string[]> {
  const rows = await db.read<{ id: string }>(
    `SELECT c.id FROM json_each(?) AS j CROSS JOIN cases AS c
     ON c.definition = j.value ->> 1 AND c.kind = j.value ->> 0 AND c.status IN ('open', 'blocked')`,
    [JSON.stringify(definitions.map(({ kind, id }) => [kind, id]))],
  );
  return rows.map(({ id }) => id);
}
