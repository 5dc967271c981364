import type { Database } from "../db/client.ts";

/** A person's statement in a list of theirs. */
export interface StatementRow {
  run: string;
  plan: string;
  period: string;
  currency: string;
  totalMinor: number | null;
}

/** A person's statements, the newest first: of runs that are computed, of each plan and period the latest. */
export function statementsOf(db: Database, person: string): Promise<StatementRow[]> {
  return db.read<StatementRow>(
    `SELECT run, plan, period, currency, totalMinor FROM (
       SELECT p.run, r.plan, r.period, r.currency, p.total_minor AS totalMinor, r.started_at AS at,
         row_number() OVER (PARTITION BY r.plan, r.period ORDER BY r.started_at DESC, r.id DESC) AS place
       FROM payouts AS p JOIN payout_runs AS r ON r.id = p.run
       WHERE p.person = ? AND r.status = 'computed' AND p.status <> 'not eligible')
     WHERE place = 1 ORDER BY at DESC LIMIT 200`,
    [person],
  );
}
