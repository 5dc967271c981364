import type { Subject } from "#engine/contract/subject.ts";
import type { Database, Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";

/** Whom a launch takes in, and what became of it. */
export interface LaunchMember {
  seq: number;
  subject: Subject;
}

/** Statements that write the population of a launch down, a slice at a time; the same slice twice is one. */
export function insertMembers(job: string, members: readonly LaunchMember[]): Statement[] {
  return insertRows(
    "INSERT INTO launch_members (job, seq, subject_kind, subject, status)",
    5,
    members.map(({ seq, subject }): Cell[] => [job, seq, subject.kind, subject.id, "waiting"]),
    "ON CONFLICT (job, seq) DO NOTHING",
  );
}

/** Statement that says what became of members: rows are `[job, seq, status, case, reason]`. */
export function membersStatement(rows: readonly Cell[][]): Statement {
  return {
    sql: `UPDATE launch_members SET status = j.value ->> 2, case_id = j.value ->> 3, reason = j.value ->> 4
          FROM json_each(?) AS j WHERE launch_members.job = j.value ->> 0 AND launch_members.seq = j.value ->> 1`,
    args: [JSON.stringify(rows)],
  };
}

/** The next members of a launch that wait, in order. */
export async function waitingMembers(db: Database, job: string, after: number, limit: number): Promise<LaunchMember[]> {
  const rows = await db.read<{ seq: number; kind: Subject["kind"]; id: string }>(
    `SELECT seq, subject_kind AS kind, subject AS id FROM launch_members
     WHERE job = ? AND status = 'waiting' AND seq > ? ORDER BY seq LIMIT ?`,
    [job, after, limit],
  );
  return rows.map(({ seq, kind, id }) => ({ seq, subject: { kind, id } }));
}

/** How many members of a launch ended how. */
export async function countMembers(db: Database, job: string): Promise<Record<string, number>> {
  const rows = await db.read<{ status: string; n: number }>(
    "SELECT status, count(*) AS n FROM launch_members WHERE job = ? GROUP BY status",
    [job],
  );
  return Object.fromEntries(rows.map((row) => [row.status, row.n]));
}

/** Members of a launch that were refused, with the reason. */
export function refusedMembers(db: Database, job: string): Promise<{ subject: string; reason: string }[]> {
  return db.read(
    "SELECT subject, reason FROM launch_members WHERE job = ? AND status = 'refused' ORDER BY seq LIMIT 200",
    [job],
  );
}
