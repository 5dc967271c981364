import { Decimal } from "../words/decimal.ts";

/** ISO 4217 currencies whose minor unit is not a hundredth; every other one has two digits. */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(" ").map((c) => [c, 0]),
  ),
  ...Object.fromEntries("BHD IQD JOD KWD LYD OMR TND".split(" ").map((c) => [c, 3])),
  CLF: 4,
  UYW: 4,
};

/** How many digits the minor unit of a currency has: 2 for USD, 0 for JPY, 3 for KWD (ISO 4217). */
export function minorDigits(currency: string): number {
  return Object.hasOwn(DIGITS, currency) ? DIGITS[currency]! : 2;
}

/** An amount in the currency's own unit as minor units, unrounded: 12.5 USD is 1250. */
export function toMinor(amount: Decimal, currency: string): Decimal {
  return amount.times(new Decimal(10).pow(minorDigits(currency)));
}

/** Minor units as people read them: `moneyInWords(1104000, "USD")` is `11,040.00 USD`. */
export function moneyInWords(minor: number | string | Decimal, currency: string): string {
  const digits = minorDigits(currency);
  const amount = new Decimal(minor).dividedBy(new Decimal(10).pow(digits));
  return `${grouped(amount.toFixed(digits))} ${currency}`;
}

/** Thousands apart: `-1234567.5` is `-1,234,567.5`. Not left to Intl, so that a statement is the same on every machine. */
export function grouped(number: string): string {
  const [whole = "", fraction] = number.split(".");
  const apart = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return fraction === undefined ? apart : `${apart}.${fraction}`;
}
