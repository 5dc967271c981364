import type { Place } from "../time/add-duration.ts";
import { dateOfDay, dayOfDate } from "../time/epoch-day.ts";
import { dateAt } from "../time/instant-text.ts";
import { type Period, periodsBefore } from "../time/period.ts";
import { zone as zoneOf } from "../time/zone.ts";
import type { Decimal } from "../words/decimal.ts";
import { type Aggregated, aggregateLatest, latestObservations } from "./aggregate.ts";
import { attainment } from "./attainment.ts";
import { type Band, bandOf } from "./band.ts";
import { type ControlLimits, controlLimits, type NotEvaluated, sigmaOf } from "./control-limits.ts";
import { isStale } from "./freshness.ts";
import type { MetricRules, Observation, ObservationState } from "./metric-rules.ts";

/** Decimal places of ratios (attainment, sigma) in a fact: fine enough for any threshold, coarse enough to be a boundary. */
export const RATIO_SCALE = 6;

/**
 * What a rule reads of a metric: `$.value`, `$.attainment`, … as JSON numbers, the value, target and baseline rounded to the
 * metric's declared scale, so that a boundary is a boundary. A member that cannot be had is absent, and a rule that reads
 * it is not evaluated. `exact` has the unrounded decimals, which pay uses.
 */
export interface MetricFact {
  value?: number;
  attainment?: number;
  /** Attainment less 1: -0.1 is ten per cent behind the target. */
  gap?: number;
  target?: number;
  /** Standard deviations from the baseline's mean. */
  sigma?: number;
  /** Mean of the baseline. */
  baseline?: number;
  band?: Band;
  state?: ObservationState;
  /** Last date that the data cover. */
  asOf?: string;
  stale: boolean;
  /** Beyond the metric's own outlier rule. */
  outlier?: boolean;
  /** Observations that went in. */
  n: number;
  missing: Aggregated["missing"];
  /** Why something is absent, by member. */
  causes: Record<string, string>;
  exact: { value?: string; target?: string; attainment?: string };
}

/** The instant and place that freshness and "missing yet" are judged at. */
export interface MetricMoment {
  at: number;
  place: Place;
}

/**
 * The fact of a metric for one window, from the observations of its subject (or of several that add up). Earlier windows of
 * the same kind make the baseline; the current one is never in it. An outlier by the metric's rule is flagged, drawn in to
 * the limit (`winsorise`) or held back (no value). A window that its data do not cover yet may be stale; one that is
 * complete never is.
 */
export function metricFact(
  metric: MetricRules,
  observations: readonly Observation[],
  window: Period,
  moment: MetricMoment,
): MetricFact {
  const zone = typeof moment.place.zone === "string" ? zoneOf(moment.place.zone) : moment.place.zone;
  const today = dateAt(moment.at, zone);
  const current = latestObservations(observations, metric);
  const aggregated = aggregateLatest(current, metric, window, today);
  const causes: Record<string, string> = {};
  const limits = baselineOf(metric, current, window, today);
  const { value, outlier } = withoutOutlier(metric, aggregated.value, limits, causes);
  if (aggregated.cause) causes.value = aggregated.cause;
  const ratio = ratioOf(metric, value, aggregated.target, causes);
  const { coveredTo } = aggregated;
  const unfinished = coveredTo === undefined || coveredTo < window.to;
  const sigma = sigmaFact(metric, aggregated.value, limits, causes);
  return {
    ...rounded("value", value, metric.scale),
    ...rounded("target", aggregated.target, metric.scale),
    ...rounded("attainment", ratio, RATIO_SCALE),
    ...rounded("gap", ratio?.minus(1), RATIO_SCALE),
    ...rounded("sigma", sigma, RATIO_SCALE),
    ...rounded("baseline", limits && "mean" in limits ? limits.mean : undefined, metric.scale),
    ...(ratio && metric.levels ? { band: bandOf(ratio, metric.levels, "higher", metric.levels.boundary) } : {}),
    ...(aggregated.state ? { state: aggregated.state } : {}),
    ...(coveredTo ? { asOf: dateOfDay(dayOfDate(coveredTo) - 1) } : {}),
    ...(outlier === undefined ? {} : { outlier }),
    stale: unfinished && isStale(metric, coveredTo ?? window.from, moment.at, moment.place),
    n: aggregated.n,
    missing: aggregated.missing,
    causes,
    exact: {
      ...(value ? { value: value.toString() } : {}),
      ...(aggregated.target ? { target: aggregated.target.toString() } : {}),
      ...(ratio ? { attainment: ratio.toString() } : {}),
    },
  };
}

/**
 * The fact as rules get it: of a stale metric the numbers are gone, so that a rule over them is not evaluated instead of
 * "fine"; a rule may still read `$.stale` and `$.asOf`.
 */
export function ruleFact(fact: MetricFact): MetricFact {
  if (!fact.stale) return fact;
  const { value: _value, attainment: _attainment, gap: _gap, sigma: _sigma, band: _band, ...rest } = fact;
  return {
    ...rest,
    causes: { ...fact.causes, value: `the data are stale: they reach up to ${fact.asOf ?? "no date"}` },
  };
}

const rounded = <Name extends string>(name: Name, value: Decimal | undefined, scale: number) =>
  (value === undefined ? {} : { [name]: value.toDecimalPlaces(scale).toNumber() }) as { [key in Name]?: number };

/**
 * The control limits that a window is held against: of the periods before it, itself never among them. Undefined where the
 * metric declares no baseline. `current` is what `latestObservations` left.
 */
export function baselineOf(
  metric: MetricRules,
  current: readonly Observation[],
  window: Period,
  today: string,
): ControlLimits | NotEvaluated | undefined {
  if (!metric.baseline) return undefined;
  const { periods, minimum } = metric.baseline;
  const values = periodsBefore(window, periods).flatMap(
    (period) => aggregateLatest(current, metric, period, today).value ?? [],
  );
  // Without a minimum of its own, a baseline needs half of its periods, and four where it has as many.
  return controlLimits(values, { minimum: minimum ?? Math.min(periods, Math.max(4, Math.ceil(periods / 2))) });
}

function sigmaFact(
  metric: MetricRules,
  value: Decimal | undefined,
  limits: ControlLimits | NotEvaluated | undefined,
  causes: Record<string, string>,
): Decimal | undefined {
  if (!limits) causes.sigma = `the metric ${metric.id} declares no baseline`;
  else if ("notEvaluated" in limits) causes.sigma = limits.notEvaluated;
  else if (value) return sigmaOf(value, limits);
  return undefined;
}

function ratioOf(
  metric: MetricRules,
  value: Decimal | undefined,
  target: Decimal | undefined,
  causes: Record<string, string>,
): Decimal | undefined {
  if (!value) return undefined;
  if (!target) {
    causes.target = "an observation has no target";
    return undefined;
  }
  const ratio = attainment(value, target, metric.direction);
  if (!ratio) causes.attainment = "nothing is a share of a target of 0";
  return ratio;
}

function withoutOutlier(
  metric: MetricRules,
  value: Decimal | undefined,
  limits: ControlLimits | NotEvaluated | undefined,
  causes: Record<string, string>,
): { value?: Decimal; outlier?: boolean } {
  const rule = metric.quality?.outlier;
  if (!rule || !value || !limits || "notEvaluated" in limits) return { value };
  const sigma = sigmaOf(value, limits);
  if (sigma.abs().lessThanOrEqualTo(rule.sigma)) return { value, outlier: false };
  switch (rule.then) {
    case "flag":
      return { value, outlier: true };
    case "winsorise":
      return { value: limits.mean.plus(limits.sd.times(rule.sigma).times(sigma.isNegative() ? -1 : 1)), outlier: true };
    case "hold":
      causes.value = `the value lies ${sigma.abs().toDecimalPlaces(1)} standard deviations from its baseline and is held`;
      return { outlier: true };
  }
}
