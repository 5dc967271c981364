import { dateOfDay, dayOfDate } from "./epoch-day.ts";
import { isWorkingDay, type WorkCalendar } from "./work-calendar.ts";

/** No count of working days goes further than a hundred years: beyond that a date is a mistake. */
const FURTHEST = 36_525;

/**
 * The working days after one date up to and including another: Friday to Monday is 1, Friday to Sunday 0; negative where
 * `to` comes first. Throws OutOfCalendarError past the covered years, and RangeError for dates a century apart.
 */
export function workingDaysBetween(calendar: WorkCalendar, from: string, to: string): number {
  const [first, last] = [dayOfDate(from), dayOfDate(to)];
  if (last < first) {
    const days = workingDaysBetween(calendar, to, from);
    return days === 0 ? 0 : -days;
  }
  if (last - first > FURTHEST) throw new RangeError(`${from} and ${to} are more than a century apart`);
  let days = 0;
  for (let day = first + 1; day <= last; day++) if (isWorkingDay(calendar, day)) days++;
  return days;
}

/**
 * The date that is so many working days after another (before it, where negative): Friday + 1 is Monday, + 0 the date itself.
 * `workingDaysBetween(from, workingDay(from, n))` is n. Throws as `workingDaysBetween` does.
 */
export function workingDay(calendar: WorkCalendar, from: string, days: number): string {
  const start = dayOfDate(from);
  const step = days < 0 ? -1 : 1;
  let day = start;
  for (let left = Math.abs(days); left > 0; ) {
    // Going back, the day left behind is the one that counts: Monday − 1 is Friday.
    const counted = step < 0 ? day : day + 1;
    day += step;
    if (Math.abs(day - start) > FURTHEST)
      throw new RangeError(`${days} working days from ${from} is more than a century away`);
    if (isWorkingDay(calendar, counted)) left--;
  }
  return dateOfDay(day);
}
