import { Decimal } from "../words/decimal.ts";
import { curveValue } from "./curve.ts";
import type { Curve } from "./plan.ts";
import { type Rounding, roundTo, settle } from "./rounding.ts";

/** An operand with its references resolved. */
export type Operand = null | boolean | string | number | Decimal | Operand[] | { [key: string]: Operand };
export type Operands = Record<string, Operand>;

const ZERO = new Decimal(0);

/**
 * Every formula a payout is made of, by the name that stands on the trace. Each takes exact decimals and gives one.
 * To add one: an entry here, and its sentence in `step-words.ts`.
 */
export const FORMULAS = {
  /** A value as it was given. */
  given: ({ value }) => number(value),
  /** Actual ÷ target. */
  ratio: ({ actual, target }) => number(actual).dividedBy(number(target)),
  /** Attainment against a reduced quota: value ÷ quota. */
  ramped: ({ value, quota }) => number(value).dividedBy(number(quota)),
  /** Σ value × weight ÷ Σ weight. */
  "weighted mean": ({ values, weights }) =>
    sumProduct([list(values), list(weights)]).dividedBy(sumProduct([list(weights)])),
  /** The factor of a payout curve at an attainment. */
  curve: ({ curve, attainment }) => curveValue(curve as unknown as Curve, number(attainment)),
  /** The value where the gate holds, else the value at the reduced rate. */
  gate: ({ value, passed, else: otherwise }) =>
    passed === true ? number(value) : number(value).times(number(otherwise)),
  /** The product of the factors. */
  product: ({ factors }) => list(factors).reduce((product: Decimal, factor) => product.times(factor), new Decimal(1)),
  /** The sum of the terms. */
  sum: ({ terms }) => sumProduct([list(terms)]),
  /** Salary × how often it is paid in a year × share ÷ periods of the plan in a year. */
  "share of salary": ({ salary, share, times, parts }) =>
    number(salary).times(number(share)).times(number(times)).dividedBy(number(parts)),
  /** Σ target × days × share ÷ days of the period: a target that changed within the period. */
  "target by segment": ({ targets, days, shares, of }) =>
    sumProduct([list(targets), list(days), list(shares)]).dividedBy(number(of)),
  /** A factor kept between floor and ceiling. */
  clamp: ({ value, floor, ceiling }) => {
    const low = floor === null ? number(value) : Decimal.max(number(value), number(floor));
    return ceiling === null ? low : Decimal.min(low, number(ceiling));
  },
  /** The smaller of the value and the cap. */
  least: ({ value, cap }) => Decimal.min(number(value), number(cap)),
  /** The value's proportional part of a capped sum. */
  "scale to cap": ({ value, sum, cap }) =>
    // Of nothing there is nothing to scale, whatever the cap.
    number(sum).gt(number(cap)) && !number(sum).isZero()
      ? number(value).times(number(cap)).dividedBy(number(sum))
      : number(value),
  /** What is left of a cap after what earlier transactions took. */
  "rest of cap": ({ value, cap, taken }) =>
    number(value).lt(0)
      ? number(value)
      : Decimal.max(ZERO, Decimal.min(number(value), number(cap).minus(number(taken)))),
  /** Amount × the rate of the band that `by` reaches; marginal bands pay each slice of `by` at its own rate. */
  "band amount": ({ amount, by, kind, below, rates }) =>
    bandAmount(number(amount), number(by), kind === "marginal", below, list(rates)),
  /** A whole number of minor units by the rounding policy. */
  round: ({ value, rounding }) => roundTo(number(value), rounding as Rounding),
  /** This line's whole units where all lines must sum to the total (largest remainder). */
  "largest remainder": ({ amounts, total, index }) => settle(number(total), list(amounts))[Number(index)]!,
  /** What a line adds to the rounded running total. */
  "rounded increase": ({ before, running, rounding }) =>
    roundTo(number(running), rounding as Rounding).minus(roundTo(number(before), rounding as Rounding)),
  /** What an advance adds: draw less payable, never below zero. */
  "draw advance": ({ draw, payable }) => Decimal.max(ZERO, number(draw).minus(number(payable))),
  /** What is recovered of a balance: at most the limit (null is none), in whole units, as a negative amount. */
  recovery: ({ balance, limit }) => {
    const most = limit === null ? number(balance) : Decimal.min(number(balance), number(limit).floor());
    return Decimal.max(ZERO, most).negated();
  },
} satisfies Record<string, (operands: Operands) => Decimal>;

export type FormulaName = keyof typeof FORMULAS;

function number(operand: Operand | undefined): Decimal {
  if (operand instanceof Decimal) return operand;
  if (typeof operand === "string" || typeof operand === "number") return new Decimal(operand);
  throw new Error(`a formula needs a number where the trace has ${JSON.stringify(operand)}`);
}

function list(operand: Operand | undefined): Decimal[] {
  if (!Array.isArray(operand)) throw new Error(`a formula needs a list where the trace has ${JSON.stringify(operand)}`);
  return operand.map(number);
}

/** Σ of the products of the lists' entries at the same place; the lists are equally long. */
function sumProduct(lists: Decimal[][]): Decimal {
  return (lists[0] ?? []).reduce(
    (sum, first, index) => sum.plus(lists.slice(1).reduce((product, other) => product.times(other[index]!), first)),
    ZERO,
  );
}

/**
 * What bands pay on an amount. Whole-amount: amount × the rate of the band that holds `by`. Marginal: each slice of `by` at
 * its own rate, then in proportion to the amount (which is often `by` itself). `below` holds the upper ends (exclusive);
 * null is open. Multiplies before it divides, so that an amount that is exact stays exact.
 */
function bandAmount(amount: Decimal, by: Decimal, marginal: boolean, below: Operand | undefined, rates: Decimal[]) {
  const ends = (Array.isArray(below) ? below : []).map((end) => (end === null ? null : number(end)));
  const reached = ends.findIndex((end) => end === null || by.lt(end));
  const band = reached === -1 ? rates.length - 1 : reached;
  if (!marginal || by.lte(0)) return amount.times(rates[band] ?? ZERO);
  let paid = ZERO;
  let from = ZERO;
  for (let index = 0; index <= band; index++) {
    const end = index === band ? by : (ends[index] ?? by);
    if (end.gt(from)) paid = paid.plus(end.minus(from).times(rates[index]!));
    from = Decimal.max(from, end);
  }
  return amount.times(paid).dividedBy(by);
}
