import { addDuration, type Place } from "../time/add-duration.ts";
import { dayOfDate } from "../time/epoch-day.ts";
import { nextOccurrence } from "../time/recurrence.ts";
import { zone as zoneOf } from "../time/zone.ts";
import type { MetricRules } from "./metric-rules.ts";

/** A Monday, the first of a month and of a year: "every month" without a day then means at the start of each. */
const ANCHOR = "2001-01-01";

/**
 * The instant after which a metric whose data reach up to `coveredTo` (ISO date, the first day not covered) is stale: its
 * next refresh, and then the grace of `staleAfter`. What counts is which time the data cover, not when somebody last
 * touched them: a correction of January does not make March fresh. Undefined where the metric promises no refresh.
 */
export function staleAt(metric: Pick<MetricRules, "refresh">, coveredTo: string, place: Place): number | undefined {
  if (!metric.refresh) return undefined;
  const zone = typeof place.zone === "string" ? zoneOf(place.zone) : place.zone;
  const covered = zone.instantAt(dayOfDate(coveredTo), 0);
  const expected = nextOccurrence(metric.refresh.every, { from: ANCHOR, zone }, covered);
  return expected === undefined ? undefined : addDuration(expected, metric.refresh.staleAfter, place);
}

/** Whether data that reach up to `coveredTo` are stale at an instant (not yet at the promised instant itself). */
export function isStale(metric: Pick<MetricRules, "refresh">, coveredTo: string, at: number, place: Place): boolean {
  const limit = staleAt(metric, coveredTo, place);
  return limit !== undefined && at > limit;
}
