import type { Duration } from "../words/duration.ts";
import type { DurationValue, Reference } from "../words/reference.ts";
import type { Clock } from "./clock.ts";

/** A clock whose references have been replaced by what they stood for when it was armed. */
export interface ResolvedClock {
  after?: Duration;
  at?: unknown;
  every?: string;
  from?: unknown;
  calendar?: string;
}

/** Answers what references stand for; the caller knows the parameters and the facts. */
export interface ClockValues {
  /** The duration that a literal or a parameter means (`durationOfParameter` turns a parameter's value into one). */
  duration(value: DurationValue): Duration;
  /** The value of a reference, `plus` not yet added; undefined or null where nothing is known. */
  value(reference: Reference): unknown;
  /** Adds a reference's `plus` to its value. */
  plus(value: unknown, duration: Duration): unknown;
}

/** Replaces the references of a clock by their values. */
export function resolveClock(clock: Clock, values: ClockValues): ResolvedClock {
  const resolved: ResolvedClock = {};
  if (clock.after !== undefined) resolved.after = values.duration(clock.after);
  if (clock.at !== undefined) resolved.at = typeof clock.at === "string" ? clock.at : reference(clock.at, values);
  if (clock.every !== undefined) resolved.every = clock.every;
  if (clock.from !== undefined) resolved.from = reference(clock.from, values) ?? null;
  if (clock.calendar !== undefined) resolved.calendar = clock.calendar;
  return resolved;
}

function reference(from: Reference, values: ClockValues): unknown {
  const value = values.value(from);
  if (value === undefined || value === null || !("plus" in from) || from.plus === undefined) return value;
  return values.plus(value, from.plus);
}

/** The duration that a parameter's value means by the parameter's type: 3 of `workingDays` is `{ workingDays: 3 }`. */
export function durationOfParameter(type: string, value: unknown): Duration | undefined {
  const count = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof count !== "number" || !Number.isInteger(count) || count < 0) return undefined;
  switch (type) {
    case "workingDays":
      return { workingDays: count };
    case "days":
      return { days: count };
    case "hours":
      return { hours: count };
    default:
      return undefined;
  }
}
