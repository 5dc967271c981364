import type { Database } from "../db/client.ts";

/** The latest job of each import, by the import's id. */
export async function jobsOfImports(db: Database, imports: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.read<{ id: string; import: string }>(
    `SELECT j.id, j.input ->> 'import' AS import FROM jobs AS j
     WHERE j.kind = 'import' AND j.input ->> 'import' IN (SELECT value FROM json_each(?)) ORDER BY j.started_at, j.id`,
    [JSON.stringify(imports)],
  );
  return new Map(rows.map((row) => [row.import, row.id]));
}
