import type { Database } from "../db/client.ts";

/** Counts of what stands how, for metrics and the system page. */
export interface Figures {
  cases: Record<string, number>;
  outbox: Record<string, number>;
  jobs: Record<string, number>;
  /** How long the effect that has waited longest past its time waits, in milliseconds. */
  outboxLagMs: number;
  timers: number;
  timersOverdue: number;
  timerLagMs: number;
  timersParked: number;
  incidents: number;
  /** Servers that effects go to and that are left alone for a while, because they keep failing. */
  receiversPaused: number;
}

/** What the tables say now. Cases that have ended and effects that are done are too many to count each time: they are left out. */
export async function readFigures(db: Database, now: number): Promise<Figures> {
  const [cases, outbox, jobs, rest] = await db.readMany<Record<string, string | number | null>>([
    { sql: "SELECT status, count(*) AS n FROM cases WHERE status IN ('open', 'blocked') GROUP BY status" },
    {
      sql: `SELECT status, count(*) AS n FROM outbox WHERE status IN ('waiting', 'sending') GROUP BY status
            UNION ALL SELECT 'dead', count(*) FROM outbox WHERE status = 'dead'`,
    },
    { sql: "SELECT status, count(*) AS n FROM jobs WHERE status IN ('waiting', 'running') GROUP BY status" },
    {
      sql: `SELECT (SELECT count(*) FROM timers) AS timers,
                   (SELECT count(*) FROM timers WHERE parked IS NULL AND due_at <= :now) AS overdue,
                   (SELECT min(due_at) FROM timers WHERE parked IS NULL AND due_at <= :now) AS dueAt,
                   (SELECT count(*) FROM timers WHERE parked IS NOT NULL) AS parked,
                   (SELECT min(next_at) FROM outbox WHERE status IN ('waiting', 'sending') AND next_at <= :now) AS nextAt,
                   (SELECT count(*) FROM incidents WHERE resolved_at IS NULL) AS incidents,
                   (SELECT count(*) FROM receivers WHERE paused_until > :now) AS receiversPaused`,
      args: { now },
    },
  ]);
  const row = rest?.[0] ?? {};
  const since = (at: unknown) => (at === null || at === undefined ? 0 : Math.max(0, now - Number(at)));
  return {
    cases: counted(["open", "blocked"], cases),
    outbox: counted(["waiting", "sending", "dead"], outbox),
    jobs: counted(["waiting", "running"], jobs),
    outboxLagMs: since(row.nextAt),
    timers: Number(row.timers ?? 0),
    timersOverdue: Number(row.overdue ?? 0),
    timerLagMs: since(row.dueAt),
    timersParked: Number(row.parked ?? 0),
    incidents: Number(row.incidents ?? 0),
    receiversPaused: Number(row.receiversPaused ?? 0),
  };
}

/** Counts by status; a status without rows counts nothing, and is said. */
function counted(statuses: readonly string[], rows: readonly Record<string, unknown>[] = []): Record<string, number> {
  const known = Object.fromEntries(rows.map(({ status, n }) => [String(status), Number(n)]));
  return Object.fromEntries(statuses.map((status) => [status, known[status] ?? 0]));
}
