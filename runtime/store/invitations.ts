import type { Database, Statement } from "../db/client.ts";

/** An invitation that waits. Instants are of the wall clock: sign-in knows no virtual one. */
export interface Invitation {
  person: string;
  email: string;
  createdAt: number;
  expiresAt: number;
}

/** Statement that makes this the one invitation of a person. */
export function putInvitation(one: Invitation & { hash: string; by: string | null }): Statement {
  return {
    sql: "INSERT OR REPLACE INTO invitations (person, hash, email, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
    args: [one.person, one.hash, one.email, one.by, one.createdAt, one.expiresAt],
  };
}

const COLUMNS = "person, email, created_at AS createdAt, expires_at AS expiresAt";

/** The invitation behind a link; undefined where there is none, or it has run out. */
export async function invitationOf(db: Database, hash: string, now: number): Promise<Invitation | undefined> {
  const [row] = await db.read<Invitation>(`SELECT ${COLUMNS} FROM invitations WHERE hash = ? AND expires_at > ?`, [
    hash,
    now,
  ]);
  return row;
}

/** Every invitation, the newest first. */
export function listInvitations(db: Database): Promise<Invitation[]> {
  return db.read<Invitation>(`SELECT ${COLUMNS} FROM invitations ORDER BY created_at DESC`);
}

/** Statements that use an invitation up: the second one fails the batch where it was used or taken back meanwhile. */
export function spendInvitation(hash: string): Statement[] {
  return [
    { sql: "DELETE FROM invitations WHERE hash = ?", args: [hash] },
    { sql: "SELECT CASE WHEN changes() = 1 THEN 1 ELSE json('the invitation has been used') END AS met" },
  ];
}

/** Statement that takes a person's invitation back. */
export function dropInvitation(person: string): Statement {
  return { sql: "DELETE FROM invitations WHERE person = ?", args: [person] };
}
