import { Decimal } from "../words/decimal.ts";

/** A number as it reaches a payout: a decimal as text, or a JSON number (taken as the digits it prints). */
export type Numeric = string | number;

const TEXT = /^-?\d+(\.\d+)?$/;

/**
 * Reads a number, or undefined where the value is not one (absent, NaN, infinite, a text that is not a plain decimal).
 * A number from outside is never allowed to throw in the middle of a calculation: the caller names it as missing.
 */
export function readNumeric(value: unknown): Decimal | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? new Decimal(value) : undefined;
  if (typeof value === "string") return value.length <= 60 && TEXT.test(value) ? new Decimal(value) : undefined;
  return undefined;
}

/** A decimal as plain text, never with an exponent. */
export function decimalText(value: Decimal): string {
  return value.isZero() ? "0" : value.toFixed();
}

/** A fraction as a percentage for people: `1.2013` is `120.13 %`; at most two digits, no trailing zeros. */
export function percentText(fraction: Decimal | Numeric, digits = 2): string {
  return `${new Decimal(fraction).times(100).toDecimalPlaces(digits).toFixed()} %`;
}
