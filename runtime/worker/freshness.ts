import type { Announced } from "#engine/execute/triggers.ts";
import { staleAt } from "#engine/metrics/freshness.ts";
import { periodOf } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import type { Runtime } from "../commands/runtime.ts";
import { latestPeriodOf } from "../store/metrics-overview.ts";
import { type OutboxRow, outboxStatements } from "../store/outbox-lanes.ts";

/** Until when a metric's data are fresh, and up to which day they reach. */
interface FreshUntil {
  metric: string;
  title: string;
  coveredTo: string;
  /** The last fresh instant: one millisecond later the data are stale. */
  at: number;
}

/**
 * Says `metric.stale` once when a feed has stopped: a millisecond after the promise of the metric's `refresh`, for the data that
 * are there. New data, a new version of a metric or another calendar make a new promise.
 */
export class Freshness {
  readonly #runtime: Runtime;
  readonly #told = new Set<string>();
  #promises: readonly FreshUntil[] | null = null;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    runtime.events.listen(({ topic }) => {
      if (topic === "observations" || topic === "definition" || topic === "organisation") this.#promises = null;
    });
  }

  /** Says what has become stale; answers how many metrics. Where no definition listens, nothing is written. */
  async run(): Promise<number> {
    const { db, clock, catalogue } = this.#runtime;
    if (!catalogue.listens("metric.stale")) return 0;
    const now = clock.now();
    const stale = (await this.#known()).filter((one) => one.at < now && !this.#told.has(keyOf(one)));
    if (stale.length === 0) return 0;
    await db.write(outboxStatements(stale.map((one) => saidOf(one))));
    for (const one of stale) this.#told.add(keyOf(one));
    return stale.length;
  }

  /** When the next metric becomes stale; undefined where none will, or nobody listens. */
  async nextAt(): Promise<number | undefined> {
    if (!this.#runtime.catalogue.listens("metric.stale")) return undefined;
    const times = (await this.#known()).filter((one) => !this.#told.has(keyOf(one))).map(({ at }) => at + 1);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  async #known(): Promise<readonly FreshUntil[]> {
    if (this.#promises) return this.#promises;
    const { db, catalogue, organisation, log } = this.#runtime;
    const directory = await organisation.directory();
    const calendars = await organisation.calendars();
    const place = { zone: zone(directory.data.timeZone), calendar: calendars.findOrDefault(null) };
    const found: FreshUntil[] = [];
    for (const metric of catalogue.live.all("metric")) {
      const latest = metric.refresh ? await latestPeriodOf(db, metric.id) : undefined;
      if (latest === undefined) continue;
      const coveredTo = periodOf(metric.grain, latest).to;
      try {
        const at = staleAt(metric, coveredTo, place);
        if (at !== undefined) found.push({ metric: metric.id, title: metric.title, coveredTo, at });
      } catch (cause) {
        // One metric whose promise cannot be read keeps neither the others nor the timers waiting.
        log.error({ metric: metric.id, err: cause }, "how long a metric is fresh cannot be said");
      }
    }
    this.#promises = found;
    return found;
  }
}

const keyOf = ({ metric, coveredTo }: FreshUntil) => `stale/${metric}/${coveredTo}`;

/** The announcement: of one metric and the same data it is said once, also after a restart, because its id is the same. */
function saidOf(one: FreshUntil): OutboxRow {
  const payload: Announced = {
    on: "metric.stale",
    about: { kind: "metric", id: one.metric },
    data: { metric: one.metric, title: one.title, coveredTo: one.coveredTo },
  };
  return { id: keyOf(one), caseId: null, kind: "announce", payload, at: one.at + 1 };
}
