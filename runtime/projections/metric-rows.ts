import type { MetricRow } from "#engine/contract/views/organisation.ts";
import type { Metric } from "#engine/definition/metric.ts";
import { personInWords } from "#engine/outline/person-in-words.ts";
import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { periodOf } from "#engine/time/period.ts";
import type { Reader } from "../access/reader.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { holdingsOf } from "../store/metrics-overview.ts";
import { withoutSmallGroups } from "./metric-access.ts";
import { type Figures, organisationFigures } from "./metric-figures.ts";
import { freshness, organisationPlace } from "./metric-freshness.ts";
import { pointsOf } from "./series-points.ts";

/** How many periods the small course shows. */
const SPARK = 12;
/** Months back that hold them, whatever the grain; a year's course is short then, and a day's is long enough. */
const MONTHS_BACK: Record<Metric["grain"], number> = { day: 1, week: 4, month: 14, quarter: 40, year: 144 };

type Holdings = NonNullable<Awaited<ReturnType<typeof holdingsOf>>>;

interface Stored {
  holdings: Map<string, Holdings>;
  figures: Map<string, Figures>;
}

/** Read once until results, people or definitions change: rolling up a year of thousands of people is the dear part. */
const kept = new WeakMap<Runtime, { key: string; stored: Promise<Stored> }>();
const changes = new WeakMap<Runtime, { count: number }>();

/** The registry: every published metric with the organisation's latest value, its course and how fresh it is. */
export async function metricRows(runtime: Runtime, reader: Reader): Promise<MetricRow[]> {
  const now = runtime.clock.now();
  const metrics = runtime.catalogue.live.all("metric");
  const { holdings, figures } = await storedOf(runtime, metrics);
  const place = await organisationPlace(runtime);
  const directory = await runtime.organisation.directory();
  return metrics
    .map((metric): MetricRow => {
      const found = figures.get(metric.id) ?? { rows: [], ofPeople: false };
      const { rows } = withoutSmallGroups(found, { kind: "organisation" }, reader, directory);
      const held = holdings.get(metric.id);
      const points = pointsOf(rows, metric);
      const last = points.findLast(({ value }) => value !== null);
      const coveredTo = last?.to ?? (held && periodOf(metric.grain, held.latestPeriod).to);
      const { asOf, stale } = freshness(metric, coveredTo, now, place);
      return {
        id: metric.id,
        title: metric.title,
        unit: metric.unit,
        direction: metric.direction,
        grain: metric.grain,
        nature: metric.nature ?? null,
        perspective: metric.perspective ?? null,
        owner: metric.owner ? personInWords(metric.owner) : null,
        steward: metric.steward ? personInWords(metric.steward) : null,
        latest: last
          ? {
              period: last.period,
              value: last.value,
              target: last.target,
              attainment: last.attainment,
              state: last.state,
              asOf,
            }
          : null,
        stale,
        observations: held?.observations ?? 0,
        spark: points.slice(-SPARK).map(({ value }) => value),
      };
    })
    .sort((a, b) => a.title.localeCompare(b.title, "en"));
}

function storedOf(runtime: Runtime, metrics: readonly Metric[]): Promise<Stored> {
  const key = `${runtime.catalogue.epoch} ${changesOf(runtime).count} ${Math.floor(runtime.clock.now() / 3_600_000)}`;
  const known = kept.get(runtime);
  if (known?.key === key) return known.stored;
  const stored = readStored(runtime, metrics);
  kept.set(runtime, { key, stored });
  stored.catch(() => kept.delete(runtime));
  return stored;
}

/** Counts what changed results or people, from the first question on. */
function changesOf(runtime: Runtime): { count: number } {
  const known = changes.get(runtime);
  if (known) return known;
  const counter = { count: 0 };
  changes.set(runtime, counter);
  runtime.events.listen(({ topic }) => {
    if (topic === "observations" || topic === "organisation") counter.count += 1;
  });
  return counter;
}

async function readStored(runtime: Runtime, metrics: readonly Metric[]): Promise<Stored> {
  const directory = await runtime.organisation.directory();
  const date = dayOfDate(today(directory, runtime.clock.now()));
  const holdings = new Map<string, Holdings>();
  for (const { id } of metrics) {
    const held = await holdingsOf(runtime.db, id);
    if (held) holdings.set(id, held);
  }
  const figures = new Map<string, Figures>();
  for (const [grain, ofGrain] of Map.groupBy(metrics, (metric) => metric.grain)) {
    // From the latest period that is stored: a metric nobody fed for a year still shows how it was.
    for (const [latest, together] of Map.groupBy(ofGrain, ({ id }) => holdings.get(id)?.latestPeriod)) {
      if (latest === undefined) continue;
      const from = dateOfDay(addMonths(Math.min(dayOfDate(latest), date), -MONTHS_BACK[grain]));
      const found = await organisationFigures(runtime, together, { from, to: "9999-12-31" });
      for (const [i, metric] of together.entries()) figures.set(metric.id, found[i]!);
    }
  }
  return { holdings, figures };
}
