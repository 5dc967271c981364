import { error, IssuesError } from "../words/issue.ts";

/**
 * A date was asked of a calendar that does not cover its year. The answer would have been a guess ("no holiday"), so there
 * is none: the calendar has to be published again for more years. Its one issue has the code `calendar-years`.
 */
export class OutOfCalendarError extends IssuesError {
  readonly calendar: string;
  readonly date: string;
  constructor(calendar: string, date: string, years: { from: number; to: number } | null) {
    const covered = years
      ? `covers ${years.from} to ${years.to}`
      : "has not been published, so its holidays are not known";
    super([
      error(
        "calendar-years",
        "",
        `The calendar ${calendar} ${covered}; ${date} cannot be counted.`,
        `Publish the calendar ${calendar} again for the years up to ${date.slice(0, 4)}.`,
      ),
    ]);
    this.name = "OutOfCalendarError";
    this.calendar = calendar;
    this.date = date;
  }
}
