import type { PayoutRunSummary } from "#engine/incentive/payout-run.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database, Statement } from "../db/client.ts";

/** A document that a run was computed with. */
export interface UsedVersion {
  kind: string;
  id: string;
  version: number;
}

/** A run in numbers, as it is kept once it is finished. */
export interface StoredSummary extends PayoutRunSummary {
  byUnit: { unit: string; title: string; people: number; totalMinor: number }[];
}

/** One run of a plan for a period, with all that it takes to compute it again. */
export interface PayoutRunRow {
  id: string;
  plan: string;
  version: number;
  period: string;
  currency: string;
  status: "running" | "computed" | "failed";
  job: string | null;
  by: string | null;
  /** Everything is read as it was known at this instant. */
  startedAt: number;
  finishedAt: number | null;
  /** A unit with everything below it, or one person; both null for everyone. */
  unit: string | null;
  person: string | null;
  uses: UsedVersion[];
  parameters: Record<string, Json>;
  summary: StoredSummary | null;
}

/**
 * Statements that begin a run; the same one twice is one. They fail where another run of the plan and period is under way
 * (one index, so that two servers cannot both begin); one whose job has ended without it counts as failed.
 */
export function beginPayoutRun(run: PayoutRunRow): Statement[] {
  return [
    {
      sql: `UPDATE payout_runs SET status = 'failed', finished_at = ? WHERE plan = ? AND period = ? AND status = 'running' AND id <> ?
              AND NOT EXISTS (SELECT 1 FROM jobs AS j WHERE j.id = payout_runs.job AND j.status IN ('waiting', 'running'))`,
      args: [run.startedAt, run.plan, run.period, run.id],
    },
    {
      sql: `INSERT INTO payout_runs (id, plan, version, period, currency, status, job, by, started_at, unit, person, uses, parameters)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      args: [
        run.id,
        run.plan,
        run.version,
        run.period,
        run.currency,
        run.status,
        run.job,
        run.by,
        run.startedAt,
        run.unit,
        run.person,
        JSON.stringify(run.uses),
        JSON.stringify(run.parameters),
      ],
    },
  ];
}

/** Whether a failure means that another run of the plan and period is under way. */
export const isRunUnderWay = (cause: unknown): boolean =>
  cause instanceof Error && /payout_runs_under_way|payout_runs\.plan, payout_runs\.period/.test(cause.message);

/** Statement that ends a run; one that has ended stays as it ended. */
export function endPayoutRun(
  id: string,
  status: "computed" | "failed",
  summary: StoredSummary | null,
  at: number,
): Statement {
  return {
    sql: "UPDATE payout_runs SET status = ?, summary = ?, finished_at = ? WHERE id = ? AND status = 'running'",
    args: [status, summary === null ? null : JSON.stringify(summary), at, id],
  };
}

type Stored = Omit<PayoutRunRow, "uses" | "parameters" | "summary"> & {
  uses: string;
  parameters: string;
  summary: string | null;
};

const COLUMNS = `id, plan, version, period, currency, status, job, by, started_at AS startedAt, finished_at AS finishedAt,
  unit, person, uses, parameters, summary`;

const runOf = (row: Stored): PayoutRunRow => ({
  ...row,
  uses: JSON.parse(row.uses) as UsedVersion[],
  parameters: JSON.parse(row.parameters) as Record<string, Json>,
  summary: row.summary === null ? null : (JSON.parse(row.summary) as StoredSummary),
});

/** A run by its id. */
export async function readPayoutRun(db: Database, id: string): Promise<PayoutRunRow | undefined> {
  const [row] = await db.read<Stored>(`SELECT ${COLUMNS} FROM payout_runs WHERE id = ?`, [id]);
  return row && runOf(row);
}

/** Runs for everyone or for a unit, the newest first, of one plan or of all. */
export async function listPayoutRuns(db: Database, plan?: string, limit = 100): Promise<PayoutRunRow[]> {
  const where = plan === undefined ? "" : "plan = :plan AND ";
  const rows = await db.read<Stored>(
    `SELECT ${COLUMNS} FROM payout_runs WHERE ${where}person IS NULL ORDER BY started_at DESC, id DESC LIMIT :limit`,
    { limit, ...(plan === undefined ? {} : { plan }) },
  );
  return rows.map(runOf);
}
