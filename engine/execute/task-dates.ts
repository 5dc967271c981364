import type { Compiled } from "../compile/compile.ts";
import { instantOf } from "../time/instant-text.ts";
import { type Zone, zone as zoneOf } from "../time/zone.ts";
import { aboutPerson, caseFacts, valueIn } from "./facts.ts";
import { headOf } from "./head.ts";
import { placeOfPerson } from "./place.ts";
import { contextOf } from "./snapshot.ts";
import type { CaseState, Task } from "./state.ts";
import type { World } from "./world.ts";

/** The dates before which a task may not begin and may not end, and the zone they are read in; absent where it has none. */
export interface TaskDates {
  /** Until then nothing may be written. */
  start?: number;
  /** Until then it may be worked on, and not be handed in. */
  exit?: number;
  zone: Zone;
}

/** The dates of a task, in the zone of whom the case is about. A date that is not known holds nobody up. */
export function taskDates(
  compiled: Compiled,
  state: CaseState,
  task: Pick<Task, "step">,
  world: World,
  now: number,
): TaskDates {
  const head = headOf(compiled, state);
  const place = placeOfPerson(world, aboutPerson(head, world), now);
  const zone = typeof place.zone === "string" ? zoneOf(place.zone) : place.zone;
  const dates: TaskDates = { zone };
  const step = compiled.map.steps.get(task.step)?.step;
  if (!step || !("deadline" in step) || !step.deadline || "clock" in step.deadline) return dates;
  const read = caseFacts(head, contextOf(state), world, now);
  for (const member of ["start", "exit"] as const) {
    const value = step.deadline[member];
    const at = value === undefined ? undefined : instantOf(valueIn(value, head, world, read, now), zone, "start");
    if (at !== undefined) dates[member] = at;
  }
  return dates;
}
