import type { MeasureResult } from "./inputs.ts";
import { readNumeric } from "./numeric.ts";

/** What a payout needs of a metric's fact (`metricFact` of engine/metrics gives one). */
export interface PaidFact {
  exact: { value?: string; target?: string; attainment?: string };
  stale: boolean;
  state?: string;
  asOf?: string;
}

/**
 * The result of a measure from a metric's fact: the unrounded decimals, and `stale` as a state on which nothing is paid.
 * Where attainment is simply actual ÷ target the division is left to the trace; where it is not (less is better, a band, a
 * target below zero) the metric's own attainment is taken, and without one there is no result.
 */
export function measureResult(
  fact: PaidFact,
  metric: { unit?: string; direction: "higher" | "lower" | "band" },
): MeasureResult {
  const { value, target, attainment } = fact.exact;
  const divides = metric.direction === "higher" && !readNumeric(target)?.lt(0);
  const levels = {
    ...(value === undefined ? {} : { actual: value }),
    ...(target === undefined ? {} : { target }),
  };
  return {
    ...(divides ? levels : attainment === undefined ? {} : { ...levels, attainment }),
    ...(metric.unit === undefined ? {} : { unit: metric.unit }),
    ...(fact.asOf === undefined ? {} : { asOf: fact.asOf }),
    ...(fact.stale ? { state: "stale" } : fact.state === undefined ? {} : { state: fact.state }),
  };
}
