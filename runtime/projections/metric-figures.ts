import type { Metric } from "#engine/definition/metric.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { everyoneSeries, metricSeries, type RollUp, type SeriesPoint, unitSeries } from "../store/metrics-series.ts";
import { metricWindow } from "../store/metrics-window.ts";
import { rowsOfGrain } from "./series-points.ts";

/** Of whom a series is. */
export type SeriesOf = { kind: "person" | "unit"; id: string } | { kind: "organisation" };

/** Which periods: those that begin in `[from, to)`. */
export interface Range {
  from?: string;
  to?: string;
}

/** A stored series of the metric's grain, and whether it was rolled up from single people. */
export interface Figures {
  rows: SeriesPoint[];
  ofPeople: boolean;
}

const ORGANISATION = "organisation";

/**
 * The figures of a metric: a unit's own, else those of the people in it and below it, who count where they were at the time.
 * The organisation has its own, else those of the one unit at the top, else those of everybody.
 */
export async function figuresOf(runtime: Runtime, metric: Metric, of: SeriesOf, range: Range = {}): Promise<Figures> {
  const { db } = runtime;
  const directory = await runtime.organisation.directory();
  const candidates =
    of.kind !== "organisation"
      ? [of]
      : [
          { kind: ORGANISATION, id: ORGANISATION } as const,
          ...topUnits(directory).map((id) => ({ kind: "unit" as const, id })),
        ];
  for (const subject of candidates) {
    const rows = rowsOfGrain(await metricSeries(db, metric.id, subject, range), metric);
    if (rows.length > 0 || subject.kind === "person") return { rows, ofPeople: false };
  }
  const rollUp = rollUpOf(metric);
  if (!rollUp) return { rows: [], ofPeople: false };
  const on = today(directory, runtime.clock.now());
  const rows =
    of.kind === "unit"
      ? await unitSeries(db, metric.id, of.id, rollUp, { ...range, on })
      : await everyoneSeries(db, metric.id, rollUp, range);
  return { rows: rowsOfGrain(rows, metric), ofPeople: true };
}

/** The organisation's figures of many metrics: what is stored of it in one read, and one roll-up for each of the others. */
export async function organisationFigures(
  runtime: Runtime,
  metrics: readonly Metric[],
  range: { from: string; to: string },
): Promise<Figures[]> {
  const directory = await runtime.organisation.directory();
  const subjects = [
    { subjectKind: ORGANISATION, subject: ORGANISATION } as const,
    ...topUnits(directory).map((subject) => ({ subjectKind: "unit" as const, subject })),
  ];
  const found = await metricWindow(
    runtime.db,
    metrics.flatMap((metric) => subjects.map((subject) => ({ metric: metric.id, ...subject, ...range }))),
  );
  const figures: Figures[] = [];
  for (const [i, metric] of metrics.entries()) {
    const own = found
      .slice(i * subjects.length, (i + 1) * subjects.length)
      .map((rows) =>
        rowsOfGrain(
          rows.map((row) => ({ ...row, n: 1 })),
          metric,
        ),
      )
      .find((rows) => rows.length > 0);
    const rollUp = own ? undefined : rollUpOf(metric);
    const rows = own ?? (rollUp ? rowsOfGrain(await everyoneSeries(runtime.db, metric.id, rollUp, range), metric) : []);
    figures.push({ rows, ofPeople: own === undefined });
  }
  return figures;
}

/** The one unit at the top; of several none speaks for all. */
function topUnits(directory: Directory): string[] {
  const tops = directory.units().filter(({ parent }) => parent === null);
  return tops.length === 1 ? tops.map(({ id }) => id) : [];
}

/** How people's values become one; the last value of several people is no number. */
const rollUpOf = ({ aggregate }: Metric): RollUp | undefined => (aggregate === "last" ? undefined : aggregate);
