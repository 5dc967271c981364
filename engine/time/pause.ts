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

/** A time in which a clock stood still: half-open, in epoch milliseconds. */
export interface Pause {
  from: number;
  to: number;
}

/**
 * The due instant of a clock that has been paused: each pause freezes what was left and counts it again from its end. Pauses
 * before `countsFrom` are not this clock's; those after it was due change nothing.
 */
export function afterPauses(
  dueAt: number,
  countsFrom: number,
  pauses: readonly Pause[],
  after: Duration | undefined,
  calendar: WorkCalendar,
): number {
  let due = dueAt;
  for (const { from, to } of pauses) {
    const began = Math.max(from, countsFrom);
    if (to <= began || began >= due) continue;
    due = resume(pause(due, began, after, calendar), to, calendar);
  }
  return due;
}

/** Milliseconds that a clock has counted since `countsFrom`, without the pauses; working ones where a calendar is given. */
export function elapsed(countsFrom: number, now: number, pauses: readonly Pause[], working?: WorkCalendar): number {
  const between = (a: number, b: number) => (working ? workingTimeBetween(working, a, b).ms : b - a);
  const still = pauses.map(({ from, to }) => [Math.max(from, countsFrom), Math.min(to, now)] as const);
  return still.reduce(
    (counted, [a, b]) => counted - (b > a ? between(a, b) : 0),
    Math.max(0, between(countsFrom, now)),
  );
}
