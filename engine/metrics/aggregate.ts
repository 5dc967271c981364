import { type Period, periodOf, periodsBetween } from "../time/period.ts";
import { Decimal } from "../words/decimal.ts";
import { type MetricRules, OBSERVATION_STATES, type Observation, type ObservationState } from "./metric-rules.ts";

/** The value of a window, exact. Members that cannot be had are absent; `cause` then says why there is no value. */
export interface Aggregated {
  value?: Decimal;
  target?: Decimal;
  /** The least settled state of what went in. */
  state?: ObservationState;
  /** First date that the data do not cover. */
  coveredTo?: string;
  /** Observations that went in. */
  n: number;
  /** Periods of the window that have ended without an observation, and what was done about them. */
  missing: { periods: number; policy: "block" | "exclude" | "carry-forward" | "impute" };
  cause?: string;
}

/**
 * Makes the value of a window of the observations in it.
 *
 * - Only observations of the metric count, and of two for the same subject and period the one recorded later.
 * - Observations of the metric's grain that lie wholly in the window are added up; where there are none, one of exactly the
 *   window's dates counts (a quarter's total beside nothing). Never both: nothing is counted twice.
 * - Periods that ended before `today` (ISO date) without a value are missing, and the metric's policy decides: `block` gives
 *   no value, `exclude` leaves them out, `carry-forward` repeats the last value before, `impute` takes the mean of the rest.
 * - The target is made as the value is, and absent where one observation has none.
 *
 * Several subjects add up for sum, mean, min, max and count; `last` of several subjects is no number, and says so.
 */
export function aggregateObservations(
  observations: readonly Observation[],
  metric: MetricRules,
  window: Pick<Period, "from" | "to">,
  today: string,
): Aggregated {
  return aggregateLatest(latestObservations(observations, metric), metric, window, today);
}

/** As `aggregateObservations`, of what `latestObservations` left: for many windows over one series. */
export function aggregateLatest(
  current: readonly Observation[],
  metric: MetricRules,
  window: Pick<Period, "from" | "to">,
  today: string,
): Aggregated {
  const policy = metric.quality?.missing ?? "exclude";
  const { used, whole } = within(current, metric, window);
  const gaps = whole ? [] : missingPeriods(used, metric, window, today);
  const missing = { periods: gaps.length, policy };
  const covered = coverage(current, window);
  const none = (cause: string): Aggregated => ({ n: used.length, missing, cause, ...stateOf(used), ...covered });
  if (used.length === 0 && policy !== "carry-forward") return none("there is no observation in the window");
  if (gaps.length > 0 && policy === "block") return none(`${gaps.length} of the window's periods have no observation`);
  if (metric.aggregate === "last" && new Set(used.map(({ subject }) => subject)).size > 1) {
    return none("the last value of several subjects does not add up to one");
  }
  const filled = gaps.length > 0 ? [...used, ...fillers(gaps, current, used, metric)] : used;
  if (filled.length === 0) return none("there is no earlier observation to carry forward");
  const ordered = filled.toSorted(byPeriod);
  const targets = ordered.flatMap(({ target }) => (target === null ? [] : [new Decimal(target)]));
  const values = ordered.map(({ value }) => new Decimal(value));
  return {
    value: combine(values, metric.aggregate),
    ...(targets.length === ordered.length ? { target: combine(targets, targetsBy(metric.aggregate)) } : {}),
    n: used.length,
    missing,
    ...stateOf(ordered),
    ...covered,
  };
}

/** A count of events is held against the sum of its targets. */
const targetsBy = (aggregate: MetricRules["aggregate"]) => (aggregate === "count" ? "sum" : aggregate);

const byPeriod = (a: Observation, b: Observation) =>
  a.periodTo < b.periodTo ? -1 : a.periodTo > b.periodTo ? 1 : a.subject < b.subject ? -1 : 1;

/** The observations of a metric, of two for the same subject and period the one recorded later; in order of period. */
export function latestObservations(observations: readonly Observation[], metric: MetricRules): Observation[] {
  const kept = new Map<string, Observation>();
  for (const observation of observations) {
    if (observation.metric !== metric.id) continue;
    const key = `${observation.periodFrom} ${observation.periodTo} ${observation.subject}`;
    const known = kept.get(key);
    if (!known || observation.recordedAt >= known.recordedAt) kept.set(key, observation);
  }
  return [...kept.values()].sort(byPeriod);
}

/** Whether an observation covers exactly one period of the metric's grain. */
function isOfGrain({ periodFrom, periodTo }: Observation, metric: MetricRules): boolean {
  const period = periodOf(metric.grain, periodFrom);
  return period.from === periodFrom && period.to === periodTo;
}

function within(
  observations: readonly Observation[],
  metric: MetricRules,
  { from, to }: Pick<Period, "from" | "to">,
): { used: Observation[]; whole: boolean } {
  const inside = observations.filter(({ periodFrom, periodTo }) => periodFrom >= from && periodTo <= to);
  const ofGrain = inside.filter((observation) => isOfGrain(observation, metric));
  if (ofGrain.length > 0) return { used: ofGrain, whole: false };
  const used = inside.filter(({ periodFrom, periodTo }) => periodFrom === from && periodTo === to);
  return { used, whole: used.length > 0 };
}

/** Periods of the grain, wholly in the window and over, that no subject has a value for. */
function missingPeriods(
  used: readonly Observation[],
  metric: MetricRules,
  { from, to }: Pick<Period, "from" | "to">,
  today: string,
): Period[] {
  const seen = new Set(used.map(({ periodFrom }) => periodFrom));
  return periodsBetween(metric.grain, from, to).filter(
    (period) => period.from >= from && period.to <= to && period.to <= today && !seen.has(period.from),
  );
}

/** Provisional observations in the place of missing ones: those of the last period before, or each subject's mean. */
function fillers(
  gaps: readonly Period[],
  current: readonly Observation[],
  used: readonly Observation[],
  metric: MetricRules,
): Observation[] {
  const policy = metric.quality?.missing;
  if (policy !== "carry-forward" && policy !== "impute") return [];
  const subjects = groupBySubject(used);
  return gaps.flatMap((gap) => {
    const sources = policy === "impute" ? [...subjects.values()].map(mean) : lastBefore(gap, current, metric);
    return sources.map((source) => ({
      ...source,
      periodFrom: gap.from,
      periodTo: gap.to,
      state: "provisional" as const,
    }));
  });
}

function lastBefore(gap: Period, current: readonly Observation[], metric: MetricRules): Observation[] {
  const earlier = current.filter((observation) => observation.periodTo <= gap.from && isOfGrain(observation, metric));
  const last = earlier.at(-1)?.periodTo;
  return earlier.filter(({ periodTo }) => periodTo === last);
}

function groupBySubject(observations: readonly Observation[]): Map<string, Observation[]> {
  const groups = new Map<string, Observation[]>();
  for (const observation of observations) {
    groups.set(observation.subject, [...(groups.get(observation.subject) ?? []), observation]);
  }
  return groups;
}

function mean(observations: readonly Observation[]): Observation {
  const [first] = observations;
  if (!first) throw new RangeError("the mean of no observations was asked for");
  const average = (texts: string[]) =>
    Decimal.sum(...texts)
      .dividedBy(texts.length)
      .toString();
  const targets = observations.flatMap(({ target }) => target ?? []);
  return {
    ...first,
    value: average(observations.map(({ value }) => value)),
    target: targets.length === observations.length ? average(targets) : null,
  };
}

function combine(values: readonly Decimal[], aggregate: MetricRules["aggregate"]): Decimal {
  switch (aggregate) {
    case "sum":
      return Decimal.sum(...values);
    case "mean":
      return Decimal.sum(...values).dividedBy(values.length);
    case "min":
      return Decimal.min(...values);
    case "max":
      return Decimal.max(...values);
    case "last":
      return values.at(-1) ?? new Decimal(0);
    case "count":
      return new Decimal(values.length);
  }
}

/** The least settled state counts: one provisional month makes a provisional quarter. */
function stateOf(observations: readonly Observation[]): Pick<Aggregated, "state"> {
  const state = OBSERVATION_STATES.find((candidate) =>
    observations.some((observation) => observation.state === candidate),
  );
  return state ? { state } : {};
}

/** Up to where real observations reach, those before the window included; a carried-forward value covers nothing. */
function coverage(current: readonly Observation[], { to }: Pick<Period, "to">): Pick<Aggregated, "coveredTo"> {
  // In order of period, so the last that ends in time is the one.
  const coveredTo = current.findLast(({ periodTo }) => periodTo <= to)?.periodTo;
  return coveredTo === undefined ? {} : { coveredTo };
}
