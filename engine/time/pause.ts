import type { Duration } from "../words/duration.ts";
import type { WorkCalendar } from "./work-calendar.ts";
import { addWorkingTime, workingTimeBetween } from "./working-time.ts";

/** What was left of a clock when it was paused: elapsed milliseconds, or working ones where it counts working days. */
export interface Remainder {
  counts: "elapsed" | "working";
  ms: number;
}

/** Freezes a clock that would have been due at `dueAt`. Nothing is left of one that is overdue. */
export function pause(dueAt: number, pausedAt: number, after: Duration | undefined, calendar: WorkCalendar): Remainder {
  if (after?.workingDays !== undefined) {
    return { counts: "working", ms: Math.max(0, workingTimeBetween(calendar, pausedAt, dueAt).ms) };
  }
  return { counts: "elapsed", ms: Math.max(0, dueAt - pausedAt) };
}

/** The new due instant of a paused clock that goes on. */
export function resume(remainder: Remainder, resumedAt: number, calendar: WorkCalendar): number {
  if (remainder.counts === "elapsed") return resumedAt + remainder.ms;
  return addWorkingTime(calendar, resumedAt, remainder.ms);
}
