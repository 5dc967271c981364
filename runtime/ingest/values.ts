import { dateOfDay, dayOfCivil, daysInMonth, tryDayOfDate } from "#engine/time/epoch-day.ts";

/** A value read from a cell, or why it cannot be. */
export type Read<T> = { ok: true; value: T } | { ok: false; reason: string };

const good = <T>(value: T): Read<T> => ({ ok: true, value });
const bad = (reason: string): Read<never> => ({ ok: false, reason });

/** Systems write "no end" as a date in the far future; for us an open end is null. */
const isForever = (date: string) => date >= "9999-01-01" || date === "2999-12-31";

/** How dates are written in a file where they are not ISO. */
export type DateOrder = "ymd" | "dmy" | "mdy";

/**
 * A calendar date: `2026-03-31`, with a time after it ignored, `31.03.2026` or `31/03/2026` in the order said. A date that
 * does not exist (`2026-02-30`) is refused by name. 9999-01-01 and later mean: no end, null.
 */
export function readDate(text: string, order: DateOrder = "dmy"): Read<string | null> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/.exec(text);
  const other = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(text);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const [year, month, day] = iso
    ? [iso[1], iso[2], iso[3]]
    : compact
      ? [compact[1], compact[2], compact[3]]
      : other
        ? order === "mdy"
          ? [other[3], other[1], other[2]]
          : [other[3], other[2], other[1]]
        : [];
  if (year === undefined || month === undefined || day === undefined)
    return bad(`"${short(text)}" is not a date; write 2026-03-31`);
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (m < 1 || m > 12) return bad(`"${short(text)}": there is no month ${m}`);
  if (d < 1 || d > daysInMonth(y, m))
    return bad(`"${short(text)}" does not exist: that month has ${daysInMonth(y, m)} days`);
  const date = dateOfDay(dayOfCivil(y, m, d));
  if (tryDayOfDate(date) === undefined) return bad(`"${short(text)}" is not a date we can count with`);
  return good(isForever(date) ? null : date);
}

/** A decimal as canonical text: `1,234.50` is `1234.5`. With `comma`, `1.234,50` is the same. No exponent, at most 12 decimals. */
export function readDecimal(text: string, comma = false): Read<string> {
  const plain = comma ? text.replaceAll(".", "").replace(",", ".") : text;
  const grouped = /^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(",", "") : plain;
  const match = /^([-+])?(\d{1,15})(?:\.(\d*))?$/.exec(grouped.replaceAll(/[\s\u00a0']/g, ""));
  if (!match) return bad(`"${short(text)}" is not a number; write 1234.5`);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > 12) return bad(`"${short(text)}" has more than 12 decimals`);
  const whole = (match[2] ?? "0").replace(/^0+(?=\d)/, "");
  const unsigned = fraction ? `${whole}.${fraction}` : whole;
  return good(match[1] === "-" && unsigned !== "0" ? `-${unsigned}` : unsigned);
}

/** Yes or no, in the ways systems write it. */
export function readBoolean(text: string): Read<boolean> {
  const word = text.toLowerCase();
  if (["yes", "y", "true", "1", "x"].includes(word)) return good(true);
  if (["no", "n", "false", "0"].includes(word)) return good(false);
  return bad(`"${short(text)}" is neither yes nor no`);
}

/** One of some words, whatever the case; `aliases` are other spellings. */
export function readWord<T extends string>(
  text: string,
  words: readonly T[],
  aliases: Record<string, T> = {},
): Read<T> {
  const word = text.trim().toLowerCase();
  const found = words.find((candidate) => candidate.toLowerCase() === word) ?? aliases[word];
  return found === undefined ? bad(`"${short(text)}" is not one of ${words.join(", ")}`) : good(found);
}

/** At most 60 characters of a cell, for a message. */
export function short(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
