import type { ClockInfo } from "../compile/source-map.ts";
import type { FactUse } from "../rules/facts.ts";
import { zone as zoneOf } from "../time/zone.ts";
import type { Carrying } from "./carrying.ts";
import { aboutPerson } from "./facts.ts";
import { placeOfPerson } from "./place.ts";
import { standstill } from "./standstill.ts";
import { clockOfTimer } from "./timers.ts";

const LOOK = "rondo.look.";

/** Whether a timer only looks again at the conditions that pause a clock. */
export const isLook = (timer: string): boolean => timer.startsWith(LOOK);

/** The key of the clock that such a timer looks after. */
export const clockOfLook = (timer: string): string => timer.slice(LOOK.length);

/** Facts that change only by what happens to the case itself: there is no need to look for them. */
const INSIDE: ReadonlySet<string> = new Set(["case", "step", "trigger", "event", "parameter", "period", "answer"]);

const comesFromOutside = ({ fact }: FactUse): boolean => !fact.includes(".") || !INSIDE.has(fact.split(".", 1)[0]!);

/**
 * Sets and takes away the timers that look at conditions from outside: a leave begins and a metric recovers without anything
 * happening to the case. One look at each midnight of the subject's zone, for as long as the clock counts or stands still.
 */
export function setLooks(carrying: Carrying): void {
  const { compiled, draft, tape, head, world } = carrying;
  const { state } = draft;
  const counting = new Map<string, ClockInfo>();
  const frozen = Object.values(state.clocks ?? {}).flatMap((memory) => memory.frozen);
  for (const { id } of standstill(state) ? [] : [...Object.values(state.timers), ...frozen]) {
    const clock = clockOfTimer(compiled, id);
    const pauses = clock ? (compiled.pauses.get(clock.key) ?? []) : [];
    if (clock && pauses.some(({ conditions }) => conditions.facts.some(comesFromOutside)))
      counting.set(LOOK + clock.key, clock);
  }
  for (const id of Object.keys(state.timers)) if (isLook(id) && !counting.has(id)) draft.disarm(id);
  for (const [id, clock] of counting) {
    if (state.timers[id]) continue;
    const next = tape.ask("due", `${clock.key}.look`, () => {
      const { zone } = placeOfPerson(world!, aboutPerson(head, world!), draft.now);
      const place = typeof zone === "string" ? zoneOf(zone) : zone;
      return { answer: place.instantAt(place.dayAt(draft.now) + 1, 0) };
    });
    draft.arm(id, clock.step, clock.title, next as number);
  }
}
