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

/** The account of a person; undefined where they cannot sign in. */
export async function accountOf(db: Database, person: string): Promise<string | undefined> {
  const [row] = await db.read<{ userId: string | null }>("SELECT user_id AS userId FROM people WHERE id = ?", [person]);
  return row?.userId ?? undefined;
}

/** Statement that takes the link between a person and an account away. */
export function unlinkUser(person: string): Statement {
  return { sql: "UPDATE people SET user_id = NULL WHERE id = ?", args: [person] };
}

/** Everybody who can sign in, with the e-mail they do it with. */
export function listAccounts(db: Database): Promise<{ person: string; email: string; createdAt: string | number }[]> {
  return db.read(
    `SELECT p.id AS person, u.email, u."createdAt" FROM people AS p JOIN "user" AS u ON u.id = p.user_id ORDER BY u.email`,
  );
}
