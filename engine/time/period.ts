import {
  addMonths,
  civilOfDay,
  dateOfDay,
  dayOfCivil,
  dayOfDate,
  monthName,
  tryDayOfDate,
  weekdayOf,
} from "./epoch-day.ts";

/** The kinds of performance period. Weeks are ISO weeks (Monday to Sunday); the fiscal year is the calendar year. */
export const PERIOD_KINDS = ["day", "week", "month", "quarter", "half", "year"] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** A performance period: `2026`, `2026-H1`, `2026-Q3`, `2026-09`, `2026-W37`, `2026-09-07`. */
export interface Period {
  id: string;
  kind: PeriodKind;
  /** First date of it. */
  from: string;
  /** First date after it. */
  to: string;
}

const MONTHS_OF: Record<Exclude<PeriodKind, "day" | "week">, number> = { month: 1, quarter: 3, half: 6, year: 12 };

/** The period of a kind that a date (`2026-09-07`) falls into. Throws a RangeError on a text that is no date. */
export function periodOf(kind: PeriodKind, date: string): Period {
  return periodAround(kind, dayOfDate(date));
}

function periodAround(kind: PeriodKind, day: number): Period {
  if (kind === "day") return made(kind, dateOfDay(day), day, day + 1);
  if (kind === "week") {
    const monday = day - weekdayOf(day);
    const { year, week } = isoWeek(monday);
    return made(kind, `${year}-W${two(week)}`, monday, monday + 7);
  }
  const { year, month } = civilOfDay(day);
  const months = MONTHS_OF[kind];
  const index = Math.floor((month - 1) / months);
  const from = dayOfCivil(year, index * months + 1, 1);
  const name = { month: `-${two(index + 1)}`, quarter: `-Q${index + 1}`, half: `-H${index + 1}`, year: "" }[kind];
  return made(kind, `${String(year).padStart(4, "0")}${name}`, from, addMonths(from, months));
}

const made = (kind: PeriodKind, id: string, from: number, to: number): Period => ({
  id,
  kind,
  from: dateOfDay(from),
  to: dateOfDay(to),
});
const two = (value: number) => String(value).padStart(2, "0");

/** ISO 8601: a week belongs to the year that its Thursday is in. */
function isoWeek(monday: number): { year: number; week: number } {
  const { year } = civilOfDay(monday + 3);
  return { year, week: (monday - firstMonday(year)) / 7 + 1 };
}

/** The Monday of week 1: the week with 4 January in it. */
function firstMonday(year: number): number {
  const fourth = dayOfCivil(year, 1, 4);
  return fourth - weekdayOf(fourth);
}

/** The period that an id names; undefined where it names none (`2026-13`, `2025-W53`). */
export function parsePeriod(id: string): Period | undefined {
  const day = tryDayOfDate(id);
  if (day !== undefined) return periodAround("day", day);
  const match = /^(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])|W(\d{2})))?$/.exec(id);
  if (!match) return undefined;
  const [year, month, quarter, half, week] = match.slice(1).map((part) => (part === undefined ? 0 : Number(part)));
  if (!year) return undefined;
  if (week) return sameId(periodAround("week", firstMonday(year) + (week - 1) * 7), id);
  if (quarter) return periodAround("quarter", dayOfCivil(year, quarter * 3, 1));
  if (half) return periodAround("half", dayOfCivil(year, half * 6, 1));
  if (month) return month <= 12 ? periodAround("month", dayOfCivil(year, month, 1)) : undefined;
  return id.length === 4 ? periodAround("year", dayOfCivil(year, 1, 1)) : undefined;
}

/** Week 53 of a year that has 52 is the next year's first: not what was written. */
const sameId = (period: Period, id: string) => (period.id === id ? period : undefined);

/** The period of the same kind before it. */
export function previousPeriod(period: Period): Period {
  return periodAround(period.kind, dayOfDate(period.from) - 1);
}

/** The period of the same kind after it. */
export function nextPeriod(period: Period): Period {
  return periodAround(period.kind, dayOfDate(period.to));
}

/** The periods of a kind that touch the dates `[from, to)`, in order. */
export function periodsBetween(kind: PeriodKind, from: string, to: string): Period[] {
  const end = dayOfDate(to);
  const periods: Period[] = [];
  for (let day = dayOfDate(from); day < end; ) {
    const period = periodAround(kind, day);
    periods.push(period);
    day = dayOfDate(period.to);
  }
  return periods;
}

/** The last `count` periods before this one, the latest first: what a baseline looks at. */
export function periodsBefore(period: Period, count: number): Period[] {
  const periods: Period[] = [];
  for (let at = period; periods.length < count; periods.push(at)) at = previousPeriod(at);
  return periods;
}

/** The period that `this-quarter`, `previous-month`, … mean on a date; undefined for another word. */
export function relativePeriod(word: string, date: string): Period | undefined {
  const match = /^(this|previous|next)-(.+)$/.exec(word);
  const kind = PERIOD_KINDS.find((name) => name === match?.[2]);
  if (!match || !kind) return undefined;
  const current = periodOf(kind, date);
  if (match[1] === "this") return current;
  return match[1] === "previous" ? previousPeriod(current) : nextPeriod(current);
}

/** A period's id in words, `2026-Q3` as `third quarter of 2026`; as it is written where it is none that a calendar has. */
export function periodIdInWords(id: string): string {
  const period = parsePeriod(id);
  return period ? periodInWords(period) : id;
}

/** The same within a sentence: `the third quarter of 2026`, `September 2026`. */
export function thePeriod(id: string): string {
  const words = periodIdInWords(id);
  return /^(first|second|third|fourth) /.test(words) ? `the ${words}` : words;
}

/** `third quarter of 2026`, `September 2026`, `week 37 of 2026`. */
export function periodInWords(period: Period): string {
  const { year, month, day } = civilOfDay(dayOfDate(period.from));
  switch (period.kind) {
    case "day":
      return `${day} ${monthName(month)} ${year}`;
    case "week":
      return `week ${Number(period.id.slice(6))} of ${period.id.slice(0, 4)}`;
    case "month":
      return `${monthName(month)} ${year}`;
    case "quarter":
      return `${["first", "second", "third", "fourth"][(month - 1) / 3]} quarter of ${year}`;
    case "half":
      return `${month === 1 ? "first" : "second"} half of ${year}`;
    case "year":
      return String(year);
  }
}
