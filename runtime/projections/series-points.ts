import type { SeriesView } from "#engine/contract/views/organisation.ts";
import { attainment } from "#engine/metrics/attainment.ts";
import { RATIO_SCALE } from "#engine/metrics/metric-fact.ts";
import type { MetricRules, Observation } from "#engine/metrics/metric-rules.ts";
import { PERIOD_KINDS, type Period, periodOf } from "#engine/time/period.ts";
import type { SeriesPoint } from "../store/metrics-series.ts";

/** A point of a series as the screen draws it. */
export type Point = SeriesView["points"][number];

/** Of a metric's stored rows those of its own grain; where there are none, all of them (a yearly target beside nothing). */
export function rowsOfGrain(rows: readonly SeriesPoint[], metric: MetricRules): SeriesPoint[] {
  const ofGrain = rows.filter((row) => {
    const period = periodOf(metric.grain, row.periodFrom);
    return period.from === row.periodFrom && (row.periodTo === null || row.periodTo === period.to);
  });
  return ofGrain.length > 0 ? ofGrain : [...rows];
}

/** Stored rows as points, the oldest first. A final value is `ok`. */
export function pointsOf(rows: readonly SeriesPoint[], metric: MetricRules): Point[] {
  return rows.map((row) => {
    const to = row.periodTo ?? periodOf(metric.grain, row.periodFrom).to;
    const ratio =
      row.value === null || row.target === null ? undefined : attainment(row.value, row.target, metric.direction);
    return {
      period: periodId(row.periodFrom, to),
      from: row.periodFrom,
      to,
      value: row.value === null ? null : Number(row.value),
      target: row.target === null ? null : Number(row.target),
      attainment: ratio === undefined ? null : ratio.toDecimalPlaces(RATIO_SCALE).toNumber(),
      state: row.state === "final" ? "ok" : row.state,
      n: row.n,
    };
  });
}

/** Stored rows as observations of one subject, for what the engine computes over them. */
export function observationsOf(rows: readonly SeriesPoint[], metric: MetricRules): Observation[] {
  return rows.flatMap((row) =>
    row.value === null
      ? []
      : [
          {
            metric: metric.id,
            subject: "series",
            periodFrom: row.periodFrom,
            periodTo: row.periodTo ?? periodOf(metric.grain, row.periodFrom).to,
            value: row.value,
            target: row.target,
            state: row.state,
            recordedAt: row.recordedAt,
          },
        ],
  );
}

/** The id of the period with these dates; of dates that are none of our periods, the two dates as an ISO interval. */
function periodId(from: string, to: string): string {
  const exact = PERIOD_KINDS.map((kind): Period => periodOf(kind, from)).find(
    (period) => period.from === from && period.to === to,
  );
  return exact?.id ?? `${from}/${to}`;
}
