/**
 * Calendar dates as whole days since 1970-01-01 (an integer), in the ISO calendar. Temporal knows all of this too, at tens
 * of microseconds a step; a deadline over a hundred thousand cases needs nanoseconds, and this is integer arithmetic.
 * Conversions after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil, civil_from_days).
 */

/** Milliseconds of a day of 24 hours. */
export const DAY_MS = 86_400_000;

export interface Civil {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  day: number;
}

/** The epoch day of a date of the ISO calendar. Month 1 to 12; the day may run over the month's end. */
export function dayOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The year, month and day of an epoch day. */
export function civilOfDay(epochDay: number): Civil {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  };
}

/** 0 is Monday, 6 is Sunday (weeks start on Monday, as in ISO 8601). */
export function weekdayOf(epochDay: number): number {
  return (((epochDay + 3) % 7) + 7) % 7;
}

/** Days of a month, 28 to 31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The same day of the month `months` later (or earlier), clamped to the month's end: 31 January + 1 = 28 or 29 February. */
export function addMonths(epochDay: number, months: number): number {
  const { year, month, day } = civilOfDay(epochDay);
  const index = year * 12 + (month - 1) + months;
  const newYear = Math.floor(index / 12);
  const newMonth = index - newYear * 12 + 1;
  return dayOfCivil(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The epoch day of `"2026-03-31"`; undefined where the text is not a date that exists. */
export function tryDayOfDate(date: string): number | undefined {
  const match = ISO_DATE.exec(date);
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  return dayOfCivil(year, month, day);
}

/** The epoch day of `"2026-03-31"`. Throws a RangeError on anything else: documents are checked before they get here. */
export function dayOfDate(date: string): number {
  const day = tryDayOfDate(date);
  if (day === undefined) throw new RangeError(`"${date}" is not a calendar date; write it as 2026-03-31`);
  return day;
}

/** `"2026-03-31"` of an epoch day. */
export function dateOfDay(epochDay: number): string {
  const { year, month, day } = civilOfDay(epochDay);
  return `${String(year).padStart(4, "0")}-${month < 10 ? "0" : ""}${month}-${day < 10 ? "0" : ""}${day}`;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** `31 March 2026`, for sentences; a text that is no date is left as it is, since a message must not fail. */
export function dateInWords(date: string): string {
  const epochDay = tryDayOfDate(date);
  if (epochDay === undefined) return date;
  const { year, month, day } = civilOfDay(epochDay);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

/** `March`, by number 1 to 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1] ?? String(month);
}
