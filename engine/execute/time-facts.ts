import { isDay } from "../rules/date-order.ts";
import type { FactReader } from "../rules/facts.ts";
import { WORKING_DAY, WORKING_DAYS } from "../rules/time-facts.ts";
import { TODAY } from "../rules/today.ts";
import type { Place } from "../time/add-duration.ts";
import { dateAt } from "../time/instant-text.ts";
import { OutOfCalendarError } from "../time/out-of-calendar.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";
import { workingDay, workingDaysBetween } from "../time/working-days.ts";
import { zone } from "../time/zone.ts";
import type { Json } from "../words/json.ts";
import type { World } from "./world.ts";

/** Where and when a fact about time is asked. */
export interface TimeOfCase {
  now: number;
  /** Zone and calendar of whom the case is about. */
  place: Place;
  world: Pick<World, "calendars">;
  /** Reads the facts whose dates are counted from and to. */
  read: FactReader;
}

/**
 * A fact about time: `time.now`, `time.today` (the date at the place of the case), `time.workingDays` and `time.workingDay`
 * by the calendar of the place or a named one. Undefined where a date is not known or the calendar does not cover it.
 */
export function timeFact(fact: string, params: Record<string, Json>, time: TimeOfCase): unknown {
  if (fact === "time.now") return time.now;
  if (fact === TODAY) return dateHere(time);
  if (fact !== WORKING_DAYS && fact !== WORKING_DAY) return undefined;
  const named = typeof params.calendar === "string" ? params.calendar : undefined;
  const calendar = named === undefined ? time.place.calendar : time.world.calendars.findOrDefault(named);
  const from = dateOf(params.from, calendar, time);
  if (from === undefined) return undefined;
  try {
    if (fact === WORKING_DAYS) {
      const to = dateOf(params.to, calendar, time);
      return to === undefined ? undefined : workingDaysBetween(calendar, from, to);
    }
    return Number.isInteger(params.days) ? workingDay(calendar, from, params.days as number) : undefined;
  } catch (cause) {
    // Past what the calendar knows there is no answer, and a rule that needs it is not evaluated.
    if (cause instanceof OutOfCalendarError || cause instanceof RangeError) return undefined;
    throw cause;
  }
}

const dateHere = ({ now, place }: TimeOfCase) =>
  dateAt(now, typeof place.zone === "string" ? zone(place.zone) : place.zone);

/** A date that is written, or the date of a fact: of an instant its date in the calendar's zone. */
function dateOf(said: Json | undefined, calendar: WorkCalendar, time: TimeOfCase): string | undefined {
  if (typeof said !== "string") return undefined;
  if (isDay(said)) return said;
  const value = said === TODAY ? dateHere(time) : time.read(said);
  if (isDay(value)) return value;
  const at = typeof value === "string" ? Date.parse(value) : value;
  return typeof at === "number" && Number.isFinite(at) ? dateAt(at, calendar.zone) : undefined;
}
