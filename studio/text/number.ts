const cache = new Map<string, Intl.NumberFormat>();

/** The language numbers and dates are written in: the person's English, or British English. */
export const language = (): string =>
  (typeof navigator === "undefined" ? [] : navigator.languages).find((one) => one.startsWith("en")) ?? "en-GB";

/** One Intl.NumberFormat for each set of options: making them is slow, using them is not. */
export function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = language() + JSON.stringify(options);
  const known = cache.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language(), options);
  cache.set(key, made);
  return made;
}

/** "4,812"; at most `digits` after the point. */
export const number = (value: number, digits = 2): string =>
  numberFormat({ maximumFractionDigits: digits }).format(value);

/** "1.5M", "12K": where the exact number stands elsewhere. */
export const compact = (value: number): string =>
  numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(value);

/** A fraction as percent: 0.943 is "94.3 %". */
export const percent = (fraction: number, digits = 0): string =>
  `${numberFormat({ maximumFractionDigits: digits, minimumFractionDigits: 0 }).format(fraction * 100)} %`;

/** "1 case", "4,812 cases"; the plural where it is not the singular with an s. */
export const count = (value: number, singular: string, plural = `${singular}s`): string =>
  `${number(value, 0)} ${value === 1 ? singular : plural}`;

/** A metric's value with its unit: "1,240", "94 %", "12 days". */
export function measured(value: number | null, unit: string): string {
  if (value === null) return "no value";
  if (unit === "percent" || unit === "%") return `${number(value, 1)} %`;
  if (unit === "fraction" || unit === "ratio" || unit === "share") return percent(value, 1);
  if (/^[A-Z]{3}$/.test(unit))
    return numberFormat({
      style: "currency",
      currency: unit,
      currencyDisplay: "narrowSymbol",
      maximumFractionDigits: 0,
    }).format(value);
  if (unit === "count") return number(value, Math.abs(value) < 100 ? 1 : 0);
  return `${number(value, 2)} ${unit}`;
}
