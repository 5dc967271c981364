import { IssuesError } from "../words/issue.ts";
import { type CalendarRules, WEEKDAYS } from "./calendar.ts";
import { checkCalendar } from "./check-calendar.ts";
import { civilOfDay, dateOfDay, dayOfDate, weekdayOf } from "./epoch-day.ts";
import { OutOfCalendarError } from "./out-of-calendar.ts";
import { timeOfDay } from "./time-of-day.ts";
import { type Zone, zone } from "./zone.ts";

/** A stretch of working hours of a weekday, in milliseconds since local midnight; half-open. */
export interface Hours {
  start: number;
  end: number;
}

/** A calendar document made ready to count with. */
export interface WorkCalendar {
  id: string;
  title: string;
  zone: Zone;
  /** Working hours by weekday, Monday first. */
  week: readonly (readonly Hours[])[];
  /** Holidays by epoch day, with their names. */
  holidays: ReadonlyMap<number, string>;
  /** The years whose holidays are known; null where the calendar declares no holidays, so that every year is covered. */
  years: { from: number; to: number } | null;
  /** Whether holidays are declared at all (then `years` null means: not yet published). */
  declaresHolidays: boolean;
  /** Days on which nothing is announced or calculated, as half-open epoch days. */
  blackouts: readonly { from: number; to: number; title: string }[];
}

/** A calendar document as this folder needs it: the rules, and how it is called. */
export type CalendarDocument = CalendarRules & { id: string; title?: string };

/** Makes a calendar document countable. Throws an IssuesError with everything `checkCalendar` finds. */
export function workCalendar(document: CalendarDocument): WorkCalendar {
  const issues = checkCalendar(document);
  if (issues.length > 0) throw new IssuesError(issues);
  const holidays = new Map<number, string>();
  for (const { date, name } of document.resolved?.dates ?? []) holidays.set(dayOfDate(date), name);
  for (const date of document.extra ?? []) {
    if (!holidays.has(dayOfDate(date))) holidays.set(dayOfDate(date), "extra day off");
  }
  return {
    id: document.id,
    title: document.title ?? document.id,
    zone: zone(document.timeZone),
    week: WEEKDAYS.map((weekday) => hoursOf((document.week[weekday] ?? []).map(timeOfDay))),
    holidays,
    years: document.resolved?.years ?? null,
    declaresHolidays: document.holidays !== undefined,
    blackouts: (document.blackouts ?? []).map(({ from, to, title }) => ({
      from: dayOfDate(from),
      to: dayOfDate(to),
      title: title ?? "blackout",
    })),
  };
}

function hoursOf(times: number[]): Hours[] {
  const hours: Hours[] = [];
  for (let index = 0; index + 1 < times.length; index += 2) {
    hours.push({ start: times[index] ?? 0, end: times[index + 1] ?? 0 });
  }
  return hours;
}

const NOT_WORKED: readonly Hours[] = [];

/**
 * The working hours of a day, none on a holiday. Throws OutOfCalendarError where the weekday is worked and the holidays of
 * its year are not known.
 */
export function hoursOn(calendar: WorkCalendar, day: number): readonly Hours[] {
  const hours = calendar.week[weekdayOf(day)] ?? NOT_WORKED;
  if (hours.length === 0 || calendar.holidays.has(day)) return NOT_WORKED;
  if (calendar.declaresHolidays) requireCovered(calendar, day);
  return hours;
}

/** Whether a day is worked. Throws OutOfCalendarError as `hoursOn` does. */
export function isWorkingDay(calendar: WorkCalendar, day: number): boolean {
  return hoursOn(calendar, day).length > 0;
}

function requireCovered(calendar: WorkCalendar, day: number): void {
  const { years } = calendar;
  const { year } = civilOfDay(day);
  if (!years || year < years.from || year > years.to) throw new OutOfCalendarError(calendar.id, dateOfDay(day), years);
}

/** The blackout that an instant falls into, by its local day; undefined where there is none. */
export function blackoutAt(calendar: WorkCalendar, instant: number): { title: string; endsAt: number } | undefined {
  if (calendar.blackouts.length === 0) return undefined;
  const day = calendar.zone.dayAt(instant);
  const blackout = calendar.blackouts.find(({ from, to }) => day >= from && day < to);
  return blackout && { title: blackout.title, endsAt: calendar.zone.instantAt(blackout.to, 0) };
}
