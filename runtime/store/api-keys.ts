import type { Database, Statement } from "../db/client.ts";

/** Statement that stores the hash of a key for a person. */
export function insertApiKey(key: {
  hash: string;
  person: string;
  title: string;
  by: string | null;
  at: number;
}): Statement {
  return {
    sql: "INSERT INTO api_keys (hash, person, title, created_by, created_at) VALUES (?, ?, ?, ?, ?)",
    args: [key.hash, key.person, key.title, key.by, key.at],
  };
}

/** Statement that ends a key. */
export function revokeApiKey(hash: string, at: number): Statement {
  return { sql: "UPDATE api_keys SET revoked_at = ? WHERE hash = ? AND revoked_at IS NULL", args: [at, hash] };
}

/** Whose key this is; undefined for one that is unknown or revoked. */
export async function personOfKey(db: Database, hash: string): Promise<string | undefined> {
  const [row] = await db.read<{ person: string }>("SELECT person FROM api_keys WHERE hash = ? AND revoked_at IS NULL", [
    hash,
  ]);
  return row?.person;
}
