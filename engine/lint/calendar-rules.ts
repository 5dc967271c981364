import { checkCalendar } from "../time/check-calendar.ts";
import type { Issue } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A calendar by which no time could be counted: unknown zone, hours backward, no working time, empty spans. */
export function calendarRules({ definition }: LintSubject): Issue[] {
  return definition.kind === "calendar" ? checkCalendar(definition) : [];
}
