import type { SeriesView } from "#engine/contract/views/organisation.ts";
import type { Metric } from "#engine/definition/metric.ts";
import { latestObservations } from "#engine/metrics/aggregate.ts";
import { baselineOf } from "#engine/metrics/metric-fact.ts";
import { periodOf } from "#engine/time/period.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import type { SeriesPoint } from "../store/metrics-series.ts";
import { requireFigures, withoutSmallGroups } from "./metric-access.ts";
import { figuresOf, type Range, type SeriesOf } from "./metric-figures.ts";
import { freshness, organisationPlace } from "./metric-freshness.ts";
import { observationsOf, pointsOf } from "./series-points.ts";

/**
 * A metric over time for one subject that the reader may see. The baseline is that of the last period with a value: mean and
 * control limits of the periods before it, null where the metric declares none or there are too few.
 * Throws `Refused` (`not-found`) for a subject or metric that is not there, `Forbidden` where it is not open.
 */
export async function seriesView(
  runtime: Runtime,
  reader: Reader,
  id: string,
  of: SeriesOf,
  range: Range,
  organisationTitle: string,
): Promise<SeriesView> {
  const metric = runtime.catalogue.live.find("metric", id);
  if (!metric) throw new Refused("not-found", `There is no published metric "${id}".`);
  const directory = await runtime.organisation.directory();
  requireFigures(reader, of, directory);
  const named =
    of.kind === "person"
      ? directory.person(of.id)?.name
      : of.kind === "unit"
        ? directory.unit(of.id)?.title
        : organisationTitle;
  if (named === undefined && of.kind !== "organisation") {
    throw new Refused("not-found", `There is no ${of.kind} "${of.id}".`);
  }
  // Read from the beginning: what is usual comes from periods before the ones that are shown.
  const figures = await figuresOf(runtime, metric, of, range.to === undefined ? {} : { to: range.to });
  const { rows } = withoutSmallGroups(figures, of, reader, directory);
  const shown = rows.filter(({ periodFrom }) => range.from === undefined || periodFrom >= range.from);
  const now = runtime.clock.now();
  const covered = rows.findLast((row) => row.value !== null);
  const coveredTo = covered && (covered.periodTo ?? periodOf(metric.grain, covered.periodFrom).to);
  return {
    metric: metric.id,
    title: metric.title,
    unit: metric.unit,
    of: { kind: of.kind, id: of.kind === "organisation" ? "organisation" : of.id, title: named ?? "" },
    points: pointsOf(shown, metric),
    baseline: baselineView(metric, rows, covered, today(directory, now)),
    ...freshness(metric, coveredTo, now, await organisationPlace(runtime)),
  };
}

function baselineView(
  metric: Metric,
  rows: readonly SeriesPoint[],
  last: SeriesPoint | undefined,
  date: string,
): SeriesView["baseline"] {
  if (!last) return null;
  const current = latestObservations(observationsOf(rows, metric), metric);
  const limits = baselineOf(metric, current, periodOf(metric.grain, last.periodFrom), date);
  if (!limits || "notEvaluated" in limits) return null;
  // Two places more than the values have: a limit is not a value.
  const say = (amount: typeof limits.mean) => amount.toDecimalPlaces(metric.scale + 2).toNumber();
  return { mean: say(limits.mean), lower: say(limits.lower), upper: say(limits.upper), n: limits.n };
}
