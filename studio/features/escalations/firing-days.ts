import type { Escalation } from "#engine/definition/escalation.ts";
import { addDuration, type Place } from "#engine/time/add-duration.ts";
import type { CalendarSet } from "#engine/time/calendar-set.ts";
import { OutOfCalendarError } from "#engine/time/out-of-calendar.ts";
import { DURATION_UNITS, type Duration } from "#engine/words/duration.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";

/** When a level fires, counted from one start; null where its parameter is not known or the calendar does not reach that far. */
export interface Firing {
  level: string;
  title: string;
  at: number | null;
  /** Working days after the start, the start's own day being 0. */
  workingDay: number | null;
}

/** The firing of each level from a start, by the clock's calendar where it names one, else the organisation's. */
export function firingDays(
  escalation: Escalation,
  startAt: number,
  calendars: CalendarSet,
  fallback: Place,
  parameters: JsonObject,
): Firing[] {
  return escalation.levels.map((level) => {
    const clock = escalation.clocks?.[level.clock ?? "acknowledge"];
    const named =
      clock?.calendar && clock.calendar !== "subject" && clock.calendar !== "actor"
        ? calendars.find(clock.calendar)
        : undefined;
    const place: Place = named ? { zone: named.zone, calendar: named } : fallback;
    const after =
      "parameter" in level.after && typeof level.after.parameter === "string"
        ? fromParameter(parameters, level.after.parameter)
        : (level.after as Duration);
    if (!after) return { level: level.id, title: level.title, at: null, workingDay: null };
    try {
      const at = addDuration(startAt, after, place);
      return { level: level.id, title: level.title, at, workingDay: workingDaysBetween(startAt, at, place) };
    } catch (error) {
      if (error instanceof OutOfCalendarError)
        return { level: level.id, title: level.title, at: null, workingDay: null };
      throw error;
    }
  });
}

function fromParameter(parameters: JsonObject, name: string): Duration | undefined {
  const parameter = parameters[name];
  if (!isObject(parameter) || typeof parameter.default !== "number") return undefined;
  const unit = DURATION_UNITS.find((one) => one === parameter.type);
  return unit ? { [unit]: parameter.default } : undefined;
}

/** How many working days lie after the start's day, up to and with the day of the end. */
function workingDaysBetween(from: number, to: number, place: Place): number {
  let days = 0;
  for (let at = from; days < 400; days++) {
    const next = addDuration(at, { workingDays: 1 }, place);
    if (next > to) return days;
    at = next;
  }
  return days;
}
