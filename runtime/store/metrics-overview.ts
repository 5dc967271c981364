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
