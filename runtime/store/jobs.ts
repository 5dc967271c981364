import type { JobView } from "#engine/contract/views/definitions.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database, Statement } from "../db/client.ts";

export type JobKind = JobView["kind"];
export type JobStatus = JobView["status"];

/** Long work as it is stored: what the API shows, and what it takes to go on after a stop. */
export interface JobRow extends Omit<JobView, "mayCancel"> {
  input: Json;
  by: string | null;
}

/** Statement that creates a job; with a `once` that is taken it writes nothing. */
export function insertJob(job: JobRow, once: string | null): Statement {
  return {
    sql: `INSERT INTO jobs (id, kind, title, status, done, total, message, input, by, once, started_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
    args: [
      job.id,
      job.kind,
      job.title,
      job.status,
      job.done,
      job.total,
      job.message,
      JSON.stringify(job.input),
      job.by,
      once,
      job.startedAt,
    ],
  };
}

/** Statement that says how far a job is. */
export function jobProgress(id: string, status: JobStatus, done: number, total: number, message: string): Statement {
  return {
    sql: "UPDATE jobs SET status = ?, done = ?, total = ?, message = ? WHERE id = ? AND status IN ('waiting', 'running')",
    args: [status, done, total, message, id],
  };
}

/** What can be stopped, in SQL and in code. What is taken whole or not at all (payouts, imports) can be until it is taken. */
const CANCELLABLE: readonly JobKind[] = ["launch", "move", "fix", "import", "payout"];
const STOPPABLE = `status IN ('waiting', 'running') AND kind IN (${CANCELLABLE.map((kind) => `'${kind}'`).join(", ")})
  AND NOT (kind IN ('payout', 'import') AND total > 0 AND done >= total)`;
export const isStoppable = ({
  kind,
  status,
  done,
  total,
}: Pick<JobRow, "kind" | "status" | "done" | "total">): boolean =>
  (status === "waiting" || status === "running") &&
  CANCELLABLE.includes(kind) &&
  !((kind === "payout" || kind === "import") && total > 0 && done >= total);

/** Statement that stops a job where that is possible; RETURNING says whether it was. */
export function stopJob(id: string, message: string, at: number): Statement {
  return {
    sql: `UPDATE jobs SET status = 'cancelled', message = ?, finished_at = ? WHERE id = ? AND ${STOPPABLE} RETURNING id`,
    args: [message, at, id],
  };
}

/** Statements that take something whole: they stop their batch where the job has been cancelled, and from then on it cannot be. */
export function pastStopping(id: string): Statement[] {
  return [
    {
      sql: "SELECT CASE WHEN status = 'cancelled' THEN json('the job was cancelled') ELSE 1 END AS met FROM jobs WHERE id = ?",
      args: [id],
    },
    { sql: "UPDATE jobs SET done = max(total, 1), total = max(total, 1) WHERE id = ?", args: [id] },
  ];
}

/** Statement that ends a job; one that has ended stays as it ended. */
export function endJob(id: string, status: JobStatus, message: string, result: Json, at: number): Statement {
  return {
    // Progress is told now and then; what has ended well has done all of it.
    sql: `UPDATE jobs SET status = :status, message = :message, result = :result, finished_at = :at,
          done = CASE WHEN :status = 'done' THEN total ELSE done END
          WHERE id = :id AND status IN ('waiting', 'running')`,
    args: { status, message, result: JSON.stringify(result), at, id },
  };
}

interface Row extends Omit<JobRow, "input" | "result"> {
  input: string;
  result: string | null;
}
const COLUMNS = `id, kind, title, status, done, total, message, input, result, by, started_at AS startedAt, finished_at AS finishedAt`;
const jobOf = (row: Row): JobRow => ({
  ...row,
  input: JSON.parse(row.input) as Json,
  result: row.result === null ? null : (JSON.parse(row.result) as Json),
});

/** A job by id. */
export async function readJob(db: Database, id: string): Promise<JobRow | undefined> {
  const [row] = await db.read<Row>(`SELECT ${COLUMNS} FROM jobs WHERE id = ?`, [id]);
  return row && jobOf(row);
}

/** How a job stands, without what it works on. */
export async function jobStatus(db: Database, id: string): Promise<JobStatus | undefined> {
  const [row] = await db.read<{ status: JobStatus }>("SELECT status FROM jobs WHERE id = ?", [id]);
  return row?.status;
}

/** The job that stands for something that is done once, e.g. an occurrence of a cadence. */
export async function jobOnce(db: Database, once: string): Promise<JobRow | undefined> {
  const [row] = await db.read<Row>(`SELECT ${COLUMNS} FROM jobs WHERE once = ?`, [once]);
  return row && jobOf(row);
}

/** Jobs, the newest first. */
export async function listJobs(db: Database, limit = 50): Promise<JobRow[]> {
  return (await db.read<Row>(`SELECT ${COLUMNS} FROM jobs ORDER BY started_at DESC, id DESC LIMIT ?`, [limit])).map(
    jobOf,
  );
}

/** Jobs that a stop interrupted. */
export async function unfinishedJobs(db: Database): Promise<JobRow[]> {
  return (await db.read<Row>(`SELECT ${COLUMNS} FROM jobs WHERE status IN ('waiting', 'running') ORDER BY id`)).map(
    jobOf,
  );
}
