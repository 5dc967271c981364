import { Decimal } from "../words/decimal.ts";

/** Control limits of a baseline: mean plus and minus a number of standard deviations. */
export interface ControlLimits {
  mean: Decimal;
  /** Sample standard deviation (n - 1). */
  sd: Decimal;
  lower: Decimal;
  upper: Decimal;
  n: number;
}

/** A result that could not be had, with the cause: never to be read as "nothing wrong". */
export interface NotEvaluated {
  notEvaluated: string;
}

/**
 * Limits of a baseline (the caller leaves the current point out of it). Not evaluated where there are fewer values than
 * `minimum`, or all are equal (a standard deviation of 0 would make any change infinitely rare).
 */
export function controlLimits(
  baseline: readonly (Decimal | string | number)[],
  { minimum, sigmas = 3 }: { minimum: number; sigmas?: number },
): ControlLimits | NotEvaluated {
  const n = baseline.length;
  if (n < Math.max(2, minimum)) {
    return { notEvaluated: `the baseline has ${n} of the ${Math.max(2, minimum)} values it needs` };
  }
  const values = baseline.map((value) => new Decimal(value));
  const mean = Decimal.sum(...values).dividedBy(n);
  const squares = values.map((value) => value.minus(mean).pow(2));
  const sd = Decimal.sum(...squares)
    .dividedBy(n - 1)
    .sqrt();
  if (sd.isZero()) return { notEvaluated: "all values of the baseline are equal (standard deviation 0)" };
  return { mean, sd, lower: mean.minus(sd.times(sigmas)), upper: mean.plus(sd.times(sigmas)), n };
}

/** How many standard deviations a value lies from the mean; negative below it. */
export function sigmaOf(value: Decimal | string | number, limits: ControlLimits): Decimal {
  return new Decimal(value).minus(limits.mean).dividedBy(limits.sd);
}

/** Whether a value lies outside the limits; on the limit is inside. */
export function beyondLimits(value: Decimal | string | number, limits: ControlLimits): boolean {
  const is = new Decimal(value);
  return is.lessThan(limits.lower) || is.greaterThan(limits.upper);
}

/**
 * Run rule: whether the last `length` values all lie on one side of the mean. A value on the mean breaks a run. Not
 * evaluated where there are fewer values than that.
 */
export function runOnOneSide(
  values: readonly (Decimal | string | number)[],
  mean: Decimal,
  length = 8,
): boolean | NotEvaluated {
  if (values.length < length) return { notEvaluated: `there are ${values.length} of the ${length} values of a run` };
  const sides = values.slice(-length).map((value) => new Decimal(value).comparedTo(mean));
  return sides[0] !== 0 && sides.every((side) => side === sides[0]);
}
