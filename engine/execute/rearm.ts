import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import type { ClockInfo } from "../compile/source-map.ts";
import { type Draft, tasksOf } from "./draft.ts";
import type { CaseHead } from "./facts.ts";
import type { Tape } from "./tape.ts";
import { armedUntil, clockOfTimer } from "./timers.ts";
import type { World } from "./world.ts";

/** Whether a clock takes a duration or a date from a parameter, wherever in it that stands. */
export function countsByParameter(clock: ClockInfo, name?: string): boolean {
  return mentions(clock.clock, name) || mentions(clock.less, name);
}

function mentions(value: unknown, name: string | undefined): boolean {
  if (value === null || typeof value !== "object") return false;
  const { parameter } = value as { parameter?: unknown };
  if (typeof parameter === "string" && (name === undefined || parameter === name)) return true;
  return Object.values(value).some((member) => mentions(member, name));
}

/**
 * Sets the clocks that count by parameters anew, each from when it was armed, with the values as they are now: what an admin
 * means who edits a threshold for open cases at once. False where no instant changes.
 */
export function rearm(
  compiled: Compiled,
  head: CaseHead,
  context: Context,
  draft: Draft,
  tape: Tape,
  world: World | null,
): boolean {
  let changed = false;
  for (const timer of Object.values(draft.state.timers).sort((a, b) => a.seq - b.seq)) {
    const clock = clockOfTimer(compiled, timer.id);
    if (!clock || !countsByParameter(clock)) continue;
    const due = tape.ask("due", clock.key, () => ({
      answer: armedUntil(clock, head, context, world!, timer.armedAt, null),
    })) as number;
    if (due === timer.dueAt) continue;
    changed = true;
    draft.rearm(timer, due);
    if (clock.purpose === "deadline")
      for (const task of tasksOf(draft.state, clock.step)) draft.changeTask(task, { dueAt: due });
  }
  return changed;
}
