import { Decimal } from "../words/decimal.ts";
import { minorDigits } from "./currency.ts";

/** How an exact amount becomes whole minor units. The same word stands in the plan and on the statement. */
export type Rounding = "half-even" | "half-up" | "down";

const MODES = {
  "half-even": Decimal.ROUND_HALF_EVEN,
  "half-up": Decimal.ROUND_HALF_UP,
  down: Decimal.ROUND_DOWN,
} as const;

const HALVES: Readonly<Record<Rounding, string>> = {
  "half-even": ", halves to the even digit",
  "half-up": ", halves up",
  down: "",
};

/** What a policy does in a currency, in words: `rounded once at the end to 0.01 INR, halves up`. */
export function roundingInWords(rounding: Rounding, currency: string): string {
  const digits = minorDigits(currency);
  const smallest = digits === 0 ? "1" : `0.${"1".padStart(digits, "0")}`;
  return `rounded once at the end, ${rounding === "down" ? "down " : ""}to ${smallest} ${currency}${HALVES[rounding]}`;
}

/**
 * An exact amount in whole units by the policy. The amount is first taken to 15 places, so that the 40th digit of a
 * third (0.4999…95 for what is a half) never decides a cent.
 */
export function roundTo(amount: Decimal, rounding: Rounding): Decimal {
  return withoutNoise(amount).toDecimalPlaces(0, MODES[rounding]);
}

function withoutNoise(amount: Decimal): Decimal {
  return amount.toDecimalPlaces(15, Decimal.ROUND_HALF_EVEN);
}

/**
 * Makes exact amounts whole so that they sum to a whole total: each keeps its whole part, and the units left go to the
 * largest remainders, the earlier first where they are equal (largest remainder, Hamilton's method).
 * The total is the rounded sum of the amounts, so nobody is more than one unit away from the exact amount.
 */
export function settle(total: Decimal, exact: readonly Decimal[]): Decimal[] {
  const amounts = exact.map(withoutNoise);
  const whole = amounts.map((amount) => amount.floor());
  const left = total.minus(sumOf(whole)).toNumber();
  if (left <= 0) return whole;
  const byRemainder = amounts
    .map((amount, index) => ({ index, remainder: amount.minus(whole[index]!) }))
    .sort((a, b) => b.remainder.comparedTo(a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, left)) whole[index] = whole[index]!.plus(1);
  return whole;
}

/**
 * Shares out a whole total (a bonus pool) in proportion to weights that are not negative, in whole units that sum to the
 * total exactly, so that rounding never over-allocates it. Nothing is shared where all weights are zero.
 */
export function apportion(total: Decimal, weights: readonly Decimal[]): Decimal[] {
  const sum = sumOf(weights);
  if (sum.isZero()) return weights.map(() => new Decimal(0));
  return settle(
    total,
    weights.map((weight) => weight.times(total).dividedBy(sum)),
  );
}

function sumOf(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Decimal(0));
}
