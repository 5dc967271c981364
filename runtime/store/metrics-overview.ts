import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";

/** What is stored of a metric: how many values, and up to when. */
export interface MetricHoldings {
  metric: string;
  observations: number;
  subjects: number;
  firstPeriod: string;
  latestPeriod: string;
  recordedAt: number;
}

/** For each metric that has values: how many and how fresh. The registry shows it beside the definitions. */
export async function metricHoldings(db: Database): Promise<MetricHoldings[]> {
  return db.read<MetricHoldings>(
    `SELECT o.metric, count(*) AS observations, count(DISTINCT o.subject) AS subjects, min(o.period_from) AS firstPeriod,
       max(o.period_from) AS latestPeriod, max(o.recorded_at) AS recordedAt
     FROM observations AS o WHERE ${known("o")} GROUP BY o.metric ORDER BY o.metric`,
  );
}

/** The same of one metric, without counting subjects: a statement for each metric keeps all of them short. */
export async function holdingsOf(
  db: Database,
  metric: string,
): Promise<Pick<MetricHoldings, "observations" | "latestPeriod"> | undefined> {
  const [row] = await db.read<{ observations: number; latestPeriod: string | null }>(
    `SELECT count(*) AS observations, max(o.period_from) AS latestPeriod FROM observations AS o WHERE o.metric = ? AND ${known("o")}`,
    [metric],
  );
  return row && row.latestPeriod !== null
    ? { observations: row.observations, latestPeriod: row.latestPeriod }
    : undefined;
}

/** The newest period of a metric that has a value, by the day it begins; undefined where there is none. One look into an index. */
export async function latestPeriodOf(db: Database, metric: string): Promise<string | undefined> {
  const [row] = await db.read<{ latest: string }>(
    `SELECT o.period_from AS latest FROM observations AS o WHERE o.metric = ? AND ${known("o")} ORDER BY o.period_from DESC LIMIT 1`,
    [metric],
  );
  return row?.latest;
}
