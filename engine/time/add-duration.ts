import type { Duration } from "../words/duration.ts";
import { addMonths, dateOfDay, dayOfDate } from "./epoch-day.ts";
import type { WorkCalendar } from "./work-calendar.ts";
import { addWorkingDays } from "./working-time.ts";
import { type Zone, zone as zoneOf } from "./zone.ts";

/** Where a duration is counted: in this zone, and its working days by this calendar (in the calendar's own zone). */
export interface Place {
  zone: Zone | string;
  calendar: WorkCalendar;
}

/**
 * The instant a duration after `from` (epoch milliseconds). Units are added from the largest to the smallest:
 * months (clamped to the month's end), weeks and days keep the local time in the zone; working days are those of the
 * calendar (`addWorkingDays`); hours and minutes are elapsed time. A local time skipped by a clock change is taken later, of
 * a repeated one the earlier counts. Throws OutOfCalendarError past the calendar's years.
 */
export function addDuration(from: number, duration: Duration, place: Place): number {
  let at = from;
  const months = duration.months ?? 0;
  const days = (duration.weeks ?? 0) * 7 + (duration.days ?? 0);
  if (months !== 0 || days !== 0) {
    const zone = typeof place.zone === "string" ? zoneOf(place.zone) : place.zone;
    const day = zone.dayAt(at);
    at = zone.instantAt((months === 0 ? day : addMonths(day, months)) + days, zone.timeAt(at));
  }
  if (duration.workingDays !== undefined) at = addWorkingDays(place.calendar, at, duration.workingDays);
  return at + (duration.hours ?? 0) * 3_600_000 + (duration.minutes ?? 0) * 60_000;
}

/**
 * A calendar date moved by the dated part of a duration: `2026-01-31` + 1 month is `2026-02-28`. Hours and minutes do not
 * move a date. Working days count from the next working day where the date is not worked.
 */
export function addToDate(date: string, duration: Duration, calendar: WorkCalendar): string {
  let day = addMonths(dayOfDate(date), duration.months ?? 0) + (duration.weeks ?? 0) * 7 + (duration.days ?? 0);
  if (duration.workingDays !== undefined) {
    const { zone } = calendar;
    day = zone.dayAt(addWorkingDays(calendar, zone.instantAt(day, 0), duration.workingDays));
  }
  return dateOfDay(day);
}
