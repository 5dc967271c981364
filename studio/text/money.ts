import { numberFormat } from "./number.ts";

/** How many minor units make one of the currency: 2 for USD, 0 for JPY. */
export const minorDigits = (currency: string): number =>
  numberFormat({ style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Integer minor units as money: 145000, "USD" is "$1,450.00". */
export const money = (minor: number, currency: string): string =>
  numberFormat({ style: "currency", currency, currencyDisplay: "narrowSymbol" }).format(
    minor / 10 ** minorDigits(currency),
  );

/** Money for totals and axes, without minor units: "$1.2M" or "$1,450". */
export function roughMoney(minor: number, currency: string): string {
  const short = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const major = minor / 10 ** minorDigits(currency);
  return Math.abs(major) >= 100_000
    ? numberFormat({ ...short, notation: "compact", maximumFractionDigits: 1 }).format(major)
    : numberFormat({ ...short, maximumFractionDigits: 0 }).format(major);
}

/** Money that may not be there: no amount is said in words, never as a zero. */
export const moneyOr = (minor: number | null, currency: string, none = "no amount"): string =>
  minor === null ? none : money(minor, currency);

/** Decimal minor units with what stands behind the cent: "2783900.5" is "$27,839.005". */
export function exactMoney(minor: string, currency: string): string {
  const digits = minorDigits(currency);
  return numberFormat({
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits + 4,
  }).format(Number(minor) / 10 ** digits);
}
