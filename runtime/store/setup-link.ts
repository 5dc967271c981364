import type { Database, Statement } from "../db/client.ts";

/** Statement that makes this the one link that works. */
export function putSetupLink(hash: string, at: number): Statement {
  return { sql: "INSERT OR REPLACE INTO setup_links (id, hash, created_at) VALUES (1, ?, ?)", args: [hash, at] };
}

/** Whether a link with this hash waits to be used. */
export async function hasSetupLink(db: Database, hash: string): Promise<boolean> {
  return (await db.read("SELECT 1 FROM setup_links WHERE hash = ?", [hash])).length > 0;
}

/** Statements that use the link up: the second one fails the batch where somebody else was first. */
export function spendSetupLink(hash: string): Statement[] {
  return [
    { sql: "DELETE FROM setup_links WHERE hash = ?", args: [hash] },
    { sql: "SELECT CASE WHEN changes() = 1 THEN 1 ELSE json('the link has been used') END AS met" },
  ];
}
