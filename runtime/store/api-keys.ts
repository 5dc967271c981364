import type { Database, Statement } from "../db/client.ts";

/** What a key may do: everything its person may, or only look. */
export type KeyScope = "full" | "read";

/** Statement that stores the hash of a key for a person. */
export function insertApiKey(key: {
  hash: string;
  person: string;
  title: string;
  scope: KeyScope;
  by: string | null;
  at: number;
}): Statement {
  return {
    sql: "INSERT INTO api_keys (hash, person, title, scope, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?)",
    args: [key.hash, key.person, key.title, key.scope, key.by, key.at],
  };
}

/** Statement that ends a key. */
export function revokeApiKey(hash: string, at: number): Statement {
  return {
    sql: "UPDATE api_keys SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL RETURNING hash",
    args: [at, hash],
  };
}

/** Whose key this is, and what it may do; undefined for one that is unknown or revoked. */
export async function personOfKey(
  db: Database,
  hash: string,
): Promise<{ person: string; scope: KeyScope } | undefined> {
  const [row] = await db.read<{ person: string; scope: KeyScope }>(
    "SELECT person, scope FROM api_keys WHERE hash = ? AND revoked_at IS NULL",
    [hash],
  );
  return row;
}

/** A key as it is listed: what it opens nobody can read from it. */
export interface ListedKey {
  hash: string;
  person: string;
  title: string;
  scope: KeyScope;
  createdBy: string | null;
  createdAt: number;
  revokedAt: number | null;
}

/** Every key, those in use first, the newest first. */
export function listApiKeys(db: Database): Promise<ListedKey[]> {
  return db.read<ListedKey>(
    `SELECT hash, person, title, scope, created_by AS createdBy, created_at AS createdAt, revoked_at AS revokedAt
     FROM api_keys ORDER BY revoked_at IS NOT NULL, created_at DESC, hash LIMIT 1000`,
  );
}
