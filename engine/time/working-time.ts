import { dateOfDay } from "./epoch-day.ts";
import { hoursOn, isWorkingDay, type WorkCalendar } from "./work-calendar.ts";

/** A calendar that has no working day for this long is taken to be wrong rather than searched for ever. */
const LONGEST_SHUT = 3660;

/** Whether an instant is in working hours (half-open: the end of the hours is not worked). */
export function isWorkingTime(calendar: WorkCalendar, at: number): boolean {
  return nextWorkingInstant(calendar, at) === at;
}

/** The instant itself where it is in working hours, else the next opening. Throws OutOfCalendarError past the covered years. */
export function nextWorkingInstant(calendar: WorkCalendar, at: number): number {
  const today = calendar.zone.dayAt(at);
  const opening = openingUntil(calendar, at, today, today + LONGEST_SHUT);
  if (opening !== undefined) return opening;
  throw new RangeError(`the calendar ${calendar.id} has no working day in ten years from ${dateOfDay(today)}`);
}

/** As `nextWorkingInstant`, looking no further than `lastDay`. */
function openingUntil(calendar: WorkCalendar, at: number, firstDay: number, lastDay: number): number | undefined {
  for (let day = firstDay; day <= lastDay; day++) {
    for (const { start, end } of hoursOn(calendar, day)) {
      if (at < calendar.zone.instantAt(day, end)) return Math.max(at, calendar.zone.instantAt(day, start));
    }
  }
  return undefined;
}

/**
 * `count` working days later, at the same local time.
 *
 * A working day counts in full. A start outside working hours first moves to the next opening (no time runs while the place
 * is shut), then the local time moves on by `count` working days; where that time is not worked on the day arrived at (a
 * short Friday), the next opening counts. So the answer is always in working hours: Friday 15:00 + 1 is Monday 15:00, and
 * Saturday + 1 is Tuesday at opening, one full working day (Monday) having passed; + 0 is the next opening.
 */
export function addWorkingDays(calendar: WorkCalendar, from: number, count: number): number {
  const start = nextWorkingInstant(calendar, from);
  if (count === 0) return start;
  const { zone } = calendar;
  let day = zone.dayAt(start);
  let left = count;
  let shut = 0;
  while (left > 0) {
    day += 1;
    if (isWorkingDay(calendar, day)) {
      left -= 1;
      shut = 0;
    } else if (++shut > LONGEST_SHUT) {
      throw new RangeError(`the calendar ${calendar.id} has no working day in ten years before ${dateOfDay(day)}`);
    }
  }
  return nextWorkingInstant(calendar, zone.instantAt(day, zone.timeAt(start)));
}

/** The instant by which `ms` of working time have passed since `from`; with 0, the next working instant. */
export function addWorkingTime(calendar: WorkCalendar, from: number, ms: number): number {
  let at = nextWorkingInstant(calendar, from);
  let left = ms;
  while (left > 0) {
    const closing = closingAfter(calendar, at);
    if (left < closing - at) return at + left;
    left -= closing - at;
    // The last working millisecond is spent at closing time: what is due then is due at the close, not next morning.
    if (left === 0) return closing;
    at = nextWorkingInstant(calendar, closing);
  }
  return at;
}

function closingAfter(calendar: WorkCalendar, at: number): number {
  const day = calendar.zone.dayAt(at);
  for (const { start, end } of hoursOn(calendar, day)) {
    const closing = calendar.zone.instantAt(day, end);
    if (at >= calendar.zone.instantAt(day, start) && at < closing) return closing;
  }
  throw new RangeError("closingAfter was asked of an instant outside working hours");
}

export interface WorkingTime {
  /** Working milliseconds between the two instants. */
  ms: number;
  /** Full working days between them: the greatest `n` with `addWorkingDays(a, n) <= b`. */
  days: number;
}

/** The working time from `a` to `b`; both figures are negative where `b` is before `a`. Throws OutOfCalendarError. */
export function workingTimeBetween(calendar: WorkCalendar, a: number, b: number): WorkingTime {
  if (b < a) {
    const { ms, days } = workingTimeBetween(calendar, b, a);
    return { ms: ms === 0 ? 0 : -ms, days: days === 0 ? 0 : -days };
  }
  const { zone } = calendar;
  const lastDay = zone.dayAt(b);
  let ms = 0;
  for (let day = zone.dayAt(a); day <= lastDay; day++) {
    for (const { start, end } of hoursOn(calendar, day)) {
      const from = Math.max(a, zone.instantAt(day, start));
      const to = Math.min(b, zone.instantAt(day, end));
      if (to > from) ms += to - from;
    }
  }
  return { ms, days: fullDaysUntil(calendar, a, b, lastDay) };
}

/** Counts as `addWorkingDays` adds, but never looks past `b`: the calendar need not cover what comes after. */
function fullDaysUntil(calendar: WorkCalendar, a: number, b: number, lastDay: number): number {
  const { zone } = calendar;
  const start = openingUntil(calendar, a, zone.dayAt(a), lastDay);
  if (start === undefined || start > b) return 0;
  const time = zone.timeAt(start);
  let days = 0;
  for (let day = zone.dayAt(start) + 1; day <= lastDay; day++) {
    if (!isWorkingDay(calendar, day)) continue;
    const due = openingUntil(calendar, zone.instantAt(day, time), day, lastDay);
    if (due === undefined || due > b) break;
    days += 1;
  }
  return days;
}
