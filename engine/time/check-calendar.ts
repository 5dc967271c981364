import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { type CalendarRules, WEEKDAYS } from "./calendar.ts";
import { timeOfDay } from "./time-of-day.ts";
import { isZone } from "./zone.ts";

/** What the schema cannot say of a calendar: the zone exists, hours run forward, some day is worked, spans are not empty. */
export function checkCalendar(rules: CalendarRules, path = ""): Issue[] {
  const at = (...segments: (string | number)[]) => path + pointer(...segments);
  const issues: Issue[] = [];
  if (!isZone(rules.timeZone)) {
    issues.push(
      error(
        "unknown-time-zone",
        at("timeZone"),
        `"${rules.timeZone}" is not a time zone.`,
        'Use an IANA name such as "Europe/Berlin".',
      ),
    );
  }
  for (const weekday of WEEKDAYS) {
    const times = (rules.week[weekday] ?? []).map(timeOfDay);
    const wrong = times.findIndex((time, index) => index > 0 && time <= (times[index - 1] ?? 0));
    if (wrong > 0) {
      issues.push(
        error(
          "hours-backward",
          at("week", weekday, wrong),
          `The working hours of ${weekday} do not run forward.`,
          'Give pairs of start and end in order, e.g. ["09:00", "12:00", "13:00", "17:00"].',
        ),
      );
    }
  }
  if (WEEKDAYS.every((weekday) => (rules.week[weekday] ?? []).length === 0)) {
    issues.push(
      error(
        "no-working-time",
        at("week"),
        "No day of the week has working hours.",
        "Give at least one weekday its hours; otherwise a working day never comes.",
      ),
    );
  }
  for (const [index, blackout] of (rules.blackouts ?? []).entries()) {
    if (blackout.from >= blackout.to) {
      issues.push(
        error(
          "blackout-empty",
          at("blackouts", index, "to"),
          "The blackout ends before it has begun.",
          '"to" is the first day after it: one day, 24 December, is from 2026-12-24 to 2026-12-25.',
        ),
      );
    }
  }
  if (rules.resolved && rules.resolved.years.from > rules.resolved.years.to) {
    issues.push(error("calendar-years", at("resolved", "years"), "The covered years run backward."));
  }
  return issues;
}
