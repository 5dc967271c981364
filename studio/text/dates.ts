import { language } from "./number.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = language() + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language(), options);
  formats.set(key, made);
  return made;
}

const year = (at: number, timeZone: string) => format({ year: "numeric", timeZone }).format(at);

/** "Tue 3 Mar", with the year where it is not this one. */
export const day = (at: number, now: number, timeZone: string): string =>
  format({
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone,
    ...(year(at, timeZone) === year(now, timeZone) ? {} : { year: "numeric" }),
  }).format(at);

/** "Tuesday, 3 March 2026, 14:05 CET": the exact instant, for whoever hovers. */
export const exact = (at: number, timeZone: string): string =>
  format({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  }).format(at);

/** "14:05". */
export const clock = (at: number, timeZone: string): string =>
  format({ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(at);

/** A calendar date (ISO text) as people write it: "3 March 2026". */
export const calendarDate = (iso: string): string =>
  /^\d{4}-\d{2}-\d{2}$/.test(iso)
    ? format({ day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(Date.parse(`${iso}T00:00:00Z`))
    : iso;

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365.25 * 86_400_000],
  ["month", 30.44 * 86_400_000],
  ["week", 7 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** "in 3 days", "2 hours ago", "now": in the largest unit that fits, whole. */
export function relative(at: number, now: number): string {
  const away = at - now;
  const words = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    // Weeks only from two on: "in 10 days" is clearer than "in 1 week".
    if (Math.abs(away) >= size * (unit === "week" ? 2 : 1)) return words.format(Math.round(away / size), unit);
  }
  return Math.abs(away) < 60_000 ? "now" : words.format(Math.round(away / 60_000), "minute");
}
