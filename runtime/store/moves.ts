import type { InValue } from "@libsql/client";
import type { Database, Statement } from "../db/client.ts";

/** A case of a bulk move. */
export interface MoveMember {
  seq: number;
  caseId: string;
  /** The revision that the case had after an earlier move, which this one takes back. */
  revision: number | null;
}

/** Statement that writes the cases of a bulk move down, in the batch that writes its job; of a job that is not there it writes none. */
export function insertMoves(job: string, members: readonly MoveMember[]): Statement {
  return {
    sql: `INSERT INTO move_members (job, seq, case_id, status, revision)
          SELECT j.id, m.value ->> 0, m.value ->> 1, 'waiting', m.value ->> 2 FROM jobs AS j CROSS JOIN json_each(?) AS m
          WHERE j.id = ?`,
    args: [JSON.stringify(members.map(({ seq, caseId, revision }) => [seq, caseId, revision])), job],
  };
}

/** Statement that says what became of one case of a bulk move. */
export function moveEnded(
  job: string,
  seq: number,
  status: "done" | "refused",
  revision: number | null,
  reason: string | null,
): Statement {
  return {
    sql: "UPDATE move_members SET status = ?, revision = ?, reason = ? WHERE job = ? AND seq = ?",
    args: [status, revision, reason, job, seq],
  };
}

/** The next cases of a bulk move that wait, in order. */
export function waitingMoves(db: Database, job: string, after: number, limit: number): Promise<MoveMember[]> {
  return db.read(
    `SELECT seq, case_id AS caseId, revision FROM move_members
     WHERE job = ? AND status = 'waiting' AND seq > ? ORDER BY seq LIMIT ?`,
    [job, after, limit],
  );
}

/** The cases that a bulk move moved, in order: what can be taken back. */
export function movedCases(db: Database, job: string): Promise<{ caseId: string; revision: number }[]> {
  return db.read(
    "SELECT case_id AS caseId, revision FROM move_members WHERE job = ? AND status = 'done' ORDER BY seq",
    [job],
  );
}

/** How many cases of a bulk move ended how, and why some were refused. */
export async function moveCounts(
  db: Database,
  job: string,
): Promise<{ waiting: number; done: number; refused: number; refusals: { caseId: string; reason: string }[] }> {
  const rows = await db.read<{ status: string; n: number }>(
    "SELECT status, count(*) AS n FROM move_members WHERE job = ? GROUP BY status",
    [job],
  );
  const of = (status: string) => rows.find((row) => row.status === status)?.n ?? 0;
  const refusals = await db.read<{ caseId: string; reason: string }>(
    "SELECT case_id AS caseId, reason FROM move_members WHERE job = ? AND status = 'refused' ORDER BY seq LIMIT 200",
    [job],
  );
  return { waiting: of("waiting"), done: of("done"), refused: of("refused"), refusals };
}

/** Which cases a bulk move is for. */
export interface CaseFilter {
  definition?: string;
  step?: string;
  status?: "open" | "blocked" | "closed" | "cancelled";
  period?: string;
}

/** Ids of the cases that a filter finds, in the order in which they were opened. */
export async function casesByFilter(db: Database, filter: CaseFilter, limit: number): Promise<string[]> {
  const where: string[] = [];
  const args: Record<string, InValue> = { limit };
  const narrow = (sql: string, name: string, value: string | undefined) => {
    if (value === undefined) return;
    where.push(sql);
    args[name] = value;
  };
  narrow("c.definition = :definition", "definition", filter.definition);
  narrow("c.period = :period", "period", filter.period);
  narrow("EXISTS (SELECT 1 FROM json_each(c.active) AS s WHERE s.value = :step)", "step", filter.step);
  if (filter.status) narrow("c.status = :status", "status", filter.status);
  else where.push("c.status IN ('open', 'blocked')");
  const rows = await db.read<{ id: string }>(
    `SELECT c.id FROM cases AS c WHERE ${where.join(" AND ")} ORDER BY c.opened_at, c.id LIMIT :limit`,
    args,
  );
  return rows.map(({ id }) => id);
}
