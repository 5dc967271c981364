import type { Database, Statement } from "../db/client.ts";

/** The person whom an account belongs to; undefined where it is linked to nobody. */
export async function personOfUser(db: Database, userId: string): Promise<string | undefined> {
  const [row] = await db.read<{ id: string }>("SELECT id FROM people WHERE user_id = ?", [userId]);
  return row?.id;
}

/** Statement that links a person to an account; the one place where the two meet. */
export function linkUser(person: string, userId: string): Statement {
  return { sql: "UPDATE people SET user_id = ? WHERE id = ?", args: [userId, person] };
}

/** Whether anybody can sign in yet. */
export async function hasAccounts(db: Database): Promise<boolean> {
  return (await db.read("SELECT 1 FROM people WHERE user_id IS NOT NULL LIMIT 1")).length > 0;
}
