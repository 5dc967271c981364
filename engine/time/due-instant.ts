import type { Duration } from "../words/duration.ts";
import { error, IssuesError } from "../words/issue.ts";
import { addDuration, addToDate, type Place } from "./add-duration.ts";
import type { CalendarSet } from "./calendar-set.ts";
import { tryDayOfDate } from "./epoch-day.ts";
import { type Edge, instantOf } from "./instant-text.ts";
import { nextOccurrence } from "./recurrence.ts";
import type { ResolvedClock } from "./resolved-clock.ts";
import { type Zone, zone as zoneOf } from "./zone.ts";

/** What a clock is read against when it is armed. */
export interface ClockContext {
  /** The instant at which the clock is armed; it counts from here where it has no `from`. */
  startAt: number;
  calendars: CalendarSet;
  /** Where time is counted when the clock names no calendar: the subject's zone, the default calendar. */
  place: Place;
  /** Zone and calendar of the subject and of the actor, for `"calendar": "subject" | "actor"`. */
  subject?: Place;
  actor?: Place;
  /**
   * What a plain date in `at` means. A deadline "on 31 March" runs to the end of that day (24:00 local, the default);
   * a wait "until 1 April" is over when that day begins.
   */
  edge?: Edge;
}

/** Zone and calendar that a clock is counted by. A named calendar brings its own zone. */
export function placeOf(calendar: string | undefined, context: ClockContext): Place {
  if (calendar === undefined) return context.place;
  if (calendar === "subject") return context.subject ?? context.place;
  if (calendar === "actor") return context.actor ?? context.place;
  const named = context.calendars.find(calendar);
  if (!named) {
    throw new IssuesError([
      error("unknown-calendar", "/calendar", `There is no calendar "${calendar}".`, "Publish it, or name another."),
    ]);
  }
  return { zone: named.zone, calendar: named };
}

/**
 * The instant at which a clock is up, in epoch milliseconds. It may lie in the past: a clock `from` a complaint's date that
 * was entered late (retroactive start) is due when it would have been due.
 *
 * - `after`: that duration from `from` (a plain date is the start of that day), else from the start.
 * - `at`: that date or instant; a plain date by `edge`, a local time in the clock's zone.
 * - `every`: the first occurrence after the start, counted from `from`; undefined where the rule has ended.
 *
 * A `from` or `at` that is known to be nothing (null, or a text that is no date) throws an IssuesError with the code
 * `clock-value`: a clock that never fires would be an orphan. Throws OutOfCalendarError past the calendar's years.
 */
export function dueInstant(clock: ResolvedClock, context: ClockContext): number | undefined {
  const place = placeOf(clock.calendar, context);
  const zone = typeof place.zone === "string" ? zoneOf(place.zone) : place.zone;
  if (clock.at !== undefined || (clock.after === undefined && clock.every === undefined)) {
    return known(clock.at, "at", zone, context.edge ?? "end");
  }
  const from = clock.from === undefined ? context.startAt : known(clock.from, "from", zone, "start");
  if (clock.every !== undefined) return nextOccurrence(clock.every, { from, zone }, context.startAt);
  return addDuration(from, clock.after ?? {}, place);
}

function known(value: unknown, member: string, zone: Zone, edge: Edge): number {
  const instant = instantOf(value, zone, edge);
  if (instant !== undefined) return instant;
  const said = value === undefined || value === null ? "has no value" : `is ${JSON.stringify(value)}, which is no date`;
  throw new IssuesError([
    error(
      "clock-value",
      `/${member}`,
      `The clock's "${member}" ${said}.`,
      "Give the date, or let the clock count from the moment it starts.",
    ),
  ]);
}

/**
 * A value of a fact moved by a reference's `plus`: an ISO date stays a date (`person.hireDate` + 3 months), anything else
 * that names an instant becomes an instant. Undefined where the value names none.
 */
export function shift(value: unknown, plus: Duration, place: Place): string | number | undefined {
  const dated = plus.hours === undefined && plus.minutes === undefined;
  if (typeof value === "string" && dated && tryDayOfDate(value) !== undefined) {
    return addToDate(value, plus, place.calendar);
  }
  const zone = typeof place.zone === "string" ? zoneOf(place.zone) : place.zone;
  const instant = instantOf(value, zone, "start");
  return instant === undefined ? undefined : addDuration(instant, plus, place);
}
