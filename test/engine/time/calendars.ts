import { type CalendarSet, calendarSet } from "#engine/time/calendar-set.ts";
import type { CalendarDocument } from "#engine/time/work-calendar.ts";

const officeHours: [string, string] = ["09:00", "17:00"];
export const officeWeek: CalendarDocument["week"] = {
  mon: officeHours,
  tue: officeHours,
  wed: officeHours,
  thu: officeHours,
  fri: officeHours,
  sat: [],
  sun: [],
};

const resolved = (dates: [string, string][]): NonNullable<CalendarDocument["resolved"]> => ({
  years: { from: 2025, to: 2027 },
  source: "written by hand for the tests",
  dates: dates.map(([date, name]) => ({ date, name })),
});

/** Bavaria in 2026: Epiphany, Good Friday and Easter Monday, Labour Day, Assumption, … */
export const bavaria: CalendarDocument = {
  id: "de-by",
  title: "Bavaria",
  timeZone: "Europe/Berlin",
  week: officeWeek,
  holidays: { country: "DE", state: "BY" },
  extra: ["2026-12-24"],
  resolved: resolved([
    ["2026-01-01", "New Year"],
    ["2026-01-06", "Epiphany"],
    ["2026-04-03", "Good Friday"],
    ["2026-04-06", "Easter Monday"],
    ["2026-05-01", "Labour Day"],
    ["2026-12-25", "Christmas"],
  ]),
};

/** New York in 2026: Independence Day observed on Friday 3 July, Columbus Day, Thanksgiving, … */
export const newYork: CalendarDocument = {
  id: "us-ny",
  title: "New York",
  timeZone: "America/New_York",
  week: officeWeek,
  holidays: { country: "US", state: "NY" },
  resolved: resolved([
    ["2026-01-01", "New Year"],
    ["2026-01-19", "Martin Luther King Day"],
    ["2026-07-03", "Independence Day (observed)"],
    ["2026-10-12", "Columbus Day"],
    ["2026-11-26", "Thanksgiving"],
  ]),
};

/** India, six days a week, no clock changes; half a day on Saturday. */
export const kolkata: CalendarDocument = {
  id: "in",
  timeZone: "Asia/Kolkata",
  week: { ...officeWeek, sat: ["09:00", "13:00"] },
};

/** A lunch break, and a short Friday; no holidays declared, hence no covered years. */
export const plain: CalendarDocument = {
  id: "plain",
  timeZone: "Europe/Berlin",
  week: { ...officeWeek, wed: ["09:00", "12:00", "13:00", "17:00"], fri: ["09:00", "13:00"] },
};

export const testCalendars: CalendarSet = calendarSet([bavaria, newYork, kolkata, plain], "de-by");

export const utc = (text: string): number => {
  const instant = Date.parse(text.endsWith("Z") || /[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(instant)) throw new Error(`not an instant: ${text}`);
  return instant;
};
export const iso = (instant: number): string => new Date(instant).toISOString().replace(":00.000Z", "Z");
