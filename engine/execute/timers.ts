import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import type { ClockInfo } from "../compile/source-map.ts";
import { addDuration } from "../time/add-duration.ts";
import { type ClockContext, dueInstant, placeOf } from "../time/due-instant.ts";
import { afterPauses, pause, type Remainder } from "../time/pause.ts";
import { type ResolvedClock, resolveClock } from "../time/resolved-clock.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";
import type { Duration } from "../words/duration.ts";
import { DURATION_UNITS } from "../words/duration.ts";
import { aboutPerson, type CaseHead, caseFacts, clockValues, type Said } from "./facts.ts";
import { defaultPlace, placeOfPerson } from "./place.ts";
import type { ClockMemory } from "./state.ts";
import type { World } from "./world.ts";

/** The id that XState gives to the delayed event of a clock: `after` names the delay and the state. */
export function timerId(clock: Pick<ClockInfo, "key" | "step">): string {
  return `xstate.after.${clock.key}.${clock.step}`;
}

/** The clock that a timer id stands for. */
export function clockOfTimer(compiled: Compiled, id: string): ClockInfo | undefined {
  let byTimer = known.get(compiled);
  if (!byTimer) {
    byTimer = new Map([...compiled.map.clocks.values()].map((clock) => [timerId(clock), clock]));
    known.set(compiled, byTimer);
  }
  return byTimer.get(id);
}

/** Clocks by timer id, of each compiled definition: asked with every arming and firing. */
const known = new WeakMap<Compiled, Map<string, ClockInfo>>();

/** Under which key a case remembers a clock: the levels of a ladder share the ladder's. */
export const memoryKey = (clock: ClockInfo): string =>
  clock.ladder === undefined ? clock.key : `ladder:${clock.ladder}`;

/** When a clock is set, and all that its instant follows from. */
export interface ClockQuestion {
  head: CaseHead;
  context: Context;
  world: World;
  /** When it is armed, and what it counts from unless it names another start. */
  startAt: number;
  /** Who did what led here, for `"calendar": "actor"`. */
  actor: string | null;
  said?: Said;
  /** What a recurrence counts its occurrences from, where that is not `startAt`. */
  countsFrom?: number;
  memory?: ClockMemory;
}

/** When a clock is up, and what it counts from where that is not when it was armed. */
export interface Armed {
  dueAt: number;
  from?: number;
}

/**
 * The absolute instant at which a clock is up, from the calendar and the zone as they are at arming, the times in which it
 * stood still added. A step's clock counts from when the step was entered, unless it names another start; a start that has no
 * value counts from now. Null for a recurrence that has come to its end.
 */
export function armedUntil(clock: ClockInfo, question: ClockQuestion): Armed | null {
  const { startAt, memory } = question;
  const { resolved, at, less, calendar } = readClock(clock, question);
  if (resolved.every !== undefined) {
    const from = question.countsFrom ?? startOf(resolved, at);
    const dueAt = dueInstant({ ...resolved, from }, at);
    return dueAt === undefined ? null : { dueAt, from };
  }
  const from = startOf(resolved, at);
  let dueAt = dueInstant(resolved, at) ?? startAt;
  if (less && resolved.after) {
    const difference = minus(resolved.after, less);
    dueAt = difference
      ? (dueInstant({ ...resolved, after: difference }, at) ?? startAt)
      : Math.max(startAt, dueAt - (addDuration(startAt, less, at.place) - startAt));
  }
  const due = afterPauses(dueAt, from, memory?.pauses ?? [], resolved.after, calendar);
  return from === startAt ? { dueAt: due } : { dueAt: due, from };
}

/** What is left of a clock at an instant: working time where it counts working days, by its own calendar. */
export function remainderOf(clock: ClockInfo, dueAt: number, at: number, question: ClockQuestion): Remainder {
  const { resolved, calendar } = readClock(clock, question);
  return pause(dueAt, at, resolved.after, calendar);
}

/** The calendar by which a clock counts working time. */
export function calendarOf(clock: ClockInfo, question: ClockQuestion): WorkCalendar {
  return readClock(clock, question).calendar;
}

function readClock(
  clock: ClockInfo,
  { head, context, world, startAt, actor, said, memory }: ClockQuestion,
): { resolved: ResolvedClock; at: ClockContext; less?: Duration; calendar: WorkCalendar } {
  const values = clockValues(head, world, caseFacts(head, context, world, startAt, said), startAt);
  const resolved = resolveClock(clock.clock, values);
  if (resolved.from === null) delete resolved.from;
  if (resolved.from !== undefined && memory?.resetAt !== undefined) resolved.from = memory.resetAt;
  const subject = placeOfPerson(world, aboutPerson(head, world), startAt);
  const place = { zone: subject.zone, calendar: defaultPlace(world).calendar };
  const at: ClockContext = {
    startAt,
    calendars: world.calendars,
    place,
    subject,
    actor: placeOfPerson(world, actor, startAt),
    edge: clock.purpose === "until" ? "start" : "end",
  };
  const less = clock.less ? { less: values.duration(clock.less) } : {};
  return { resolved, at, ...less, calendar: placeOf(resolved.calendar, at).calendar };
}

/** What a clock counts from: its own start, else when it is armed. */
function startOf(resolved: ResolvedClock, at: ClockContext): number {
  if (resolved.from === undefined) return at.startAt;
  return dueInstant({ after: { minutes: 0 }, from: resolved.from, calendar: resolved.calendar }, at) ?? at.startAt;
}

/** One duration less another, unit by unit; undefined where a unit would go below nothing. */
function minus(from: Duration, less: Duration): Duration | undefined {
  const result: Duration = {};
  for (const unit of DURATION_UNITS) {
    const rest = (from[unit] ?? 0) - (less[unit] ?? 0);
    if (rest < 0) return undefined;
    if (rest > 0) result[unit] = rest;
  }
  return result;
}
