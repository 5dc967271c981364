import { type Period, parsePeriod, periodOf, previousPeriod, relativePeriod } from "../time/period.ts";
import type { Json } from "../words/json.ts";
import type { MetricRules } from "./metric-rules.ts";

/**
 * The window that the parameter of a metric fact means, seen from a calendar date: a period's id (`2026-Q3`), a word like
 * `previous-quarter`; without one the last complete period of the metric's grain. Undefined where the text means no period.
 */
export function windowOf(window: Json | undefined, metric: MetricRules, date: string): Period | undefined {
  if (typeof window === "string") return parsePeriod(window) ?? relativePeriod(window, date);
  return previousPeriod(periodOf(metric.grain, date));
}
