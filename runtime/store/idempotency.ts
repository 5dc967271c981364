import type { Database, Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";

/** An accepted request as it is remembered: the key belongs to a principal, the hash tells whether the body is the same. */
export interface Remembered {
  principal: string;
  key: string;
  bodyHash: string;
  answer: string;
  at: number;
}

/** How long a key is remembered. An older one is refused where its age shows (UUIDv7), never taken for new. */
export const KEY_LIFE_MS = 30 * 86_400_000;

/** Statements that remember accepted requests; they fail on a key that is there already. */
export function rememberKeys(rows: readonly Remembered[]): Statement[] {
  return insertRows(
    "INSERT INTO idempotency (principal, key, body_hash, answer, at)",
    5,
    rows.map((row): Cell[] => [row.principal, row.key, row.bodyHash, row.answer, row.at]),
  );
}

/** What is remembered of keys, by `principal` and `key`. */
export async function rememberedKeys(
  db: Database,
  keys: readonly { principal: string; key: string }[],
): Promise<Remembered[]> {
  return db.read<Remembered>(
    `SELECT i.principal, i.key, i.body_hash AS bodyHash, i.answer, i.at FROM json_each(?) AS j
     CROSS JOIN idempotency AS i ON i.principal = j.value ->> 0 AND i.key = j.value ->> 1`,
    [JSON.stringify(keys.map(({ principal, key }) => [principal, key]))],
  );
}

/** Statement that forgets keys past their life, at most 2,000 at once. */
export function forgetKeys(now: number): Statement {
  return {
    sql: `DELETE FROM idempotency WHERE (principal, key) IN (SELECT principal, key FROM idempotency WHERE at < ? LIMIT 2000)`,
    args: [now - KEY_LIFE_MS],
  };
}
