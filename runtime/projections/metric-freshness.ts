import { isStale } from "#engine/metrics/freshness.ts";
import type { MetricRules } from "#engine/metrics/metric-rules.ts";
import type { Place } from "#engine/time/add-duration.ts";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { zone } from "#engine/time/zone.ts";
import type { Runtime } from "../commands/runtime.ts";

/** Up to which day data reach, and whether that is later than the metric promises. */
export interface Freshness {
  asOf: string | null;
  stale: boolean;
}

/** How fresh data are that reach up to `coveredTo` (the first day they do not cover); nothing to say where there are none. */
export function freshness(metric: MetricRules, coveredTo: string | undefined, now: number, place: Place): Freshness {
  if (coveredTo === undefined) return { asOf: null, stale: false };
  return { asOf: dateOfDay(dayOfDate(coveredTo) - 1), stale: isStale(metric, coveredTo, now, place) };
}

/** Where the organisation counts time: by its zone and default calendar. */
export async function organisationPlace(runtime: Runtime): Promise<Place> {
  const directory = await runtime.organisation.directory();
  const calendars = await runtime.organisation.calendars();
  return { zone: zone(directory.data.timeZone), calendar: calendars.findOrDefault(null) };
}
