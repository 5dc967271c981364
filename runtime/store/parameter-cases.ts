import type { Database } from "../db/client.ts";

/** The open cases that run one of these bundles, by id. */
export function openCasesOfBundles(
  db: Database,
  bundles: readonly string[],
): Promise<{ id: string; bundle: string }[]> {
  return db.read(
    `SELECT c.id, c.bundle FROM cases AS c WHERE c.status IN ('open', 'blocked')
     AND c.bundle IN (SELECT value FROM json_each(?)) ORDER BY c.id`,
    [JSON.stringify(bundles)],
  );
}
