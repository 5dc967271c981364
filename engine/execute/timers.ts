import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import type { ClockInfo } from "../compile/source-map.ts";
import { addDuration } from "../time/add-duration.ts";
import { dueInstant } from "../time/due-instant.ts";
import { resolveClock } from "../time/resolved-clock.ts";
import type { Duration } from "../words/duration.ts";
import { DURATION_UNITS } from "../words/duration.ts";
import { aboutPerson, type CaseHead, caseFacts, clockValues, type Said } from "./facts.ts";
import { defaultPlace, placeOfPerson } from "./place.ts";
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

/**
 * The absolute instant at which a clock is up, from the calendar and the zone as they are at arming. A step's clock counts
 * from when the step was entered, unless it names another start; a start that has no value counts from now.
 */
export function armedUntil(
  clock: ClockInfo,
  head: CaseHead,
  context: Context,
  world: World,
  now: number,
  actor: string | null,
  said?: Said,
): number {
  const values = clockValues(head, world, caseFacts(head, context, world, now, said), now);
  const resolved = resolveClock(clock.clock, values);
  if (resolved.from === null) delete resolved.from;
  const subject = placeOfPerson(world, aboutPerson(head, world), now);
  const place = { zone: subject.zone, calendar: defaultPlace(world).calendar };
  const at = {
    startAt: now,
    calendars: world.calendars,
    place,
    subject,
    actor: placeOfPerson(world, actor, now),
    edge: clock.purpose === "until" ? ("start" as const) : ("end" as const),
  };
  if (clock.less && resolved.after) {
    const less = values.duration(clock.less);
    const difference = minus(resolved.after, less);
    if (difference) return dueInstant({ ...resolved, after: difference }, at) ?? now;
    const due = dueInstant(resolved, at) ?? now;
    return Math.max(now, due - (addDuration(now, less, place) - now));
  }
  return dueInstant(resolved, at) ?? now;
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
