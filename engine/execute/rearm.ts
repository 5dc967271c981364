import type { Compiled } from "../compile/compile.ts";
import type { Context } from "../compile/context.ts";
import type { ClockInfo } from "../compile/source-map.ts";
import type { Remainder } from "../time/pause.ts";
import { sameJson } from "../words/json.ts";
import { type Draft, tasksOf } from "./draft.ts";
import type { CaseHead } from "./facts.ts";
import type { Tape } from "./tape.ts";
import { armedUntil, type ClockQuestion, clockOfTimer, memoryKey, remainderOf } from "./timers.ts";
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
  const frozen = Object.values(draft.state.clocks ?? {}).flatMap((memory) => memory.frozen);
  for (const timer of [...Object.values(draft.state.timers), ...frozen].sort((a, b) => a.seq - b.seq)) {
    const clock = clockOfTimer(compiled, timer.id);
    if (!clock || !countsByParameter(clock)) continue;
    const memory = draft.state.clocks?.[memoryKey(clock)];
    const question = (): ClockQuestion => ({
      head,
      context,
      world: world!,
      startAt: timer.armedAt,
      actor: null,
      memory,
    });
    if ("remainder" in timer) {
      const { since } = memory!.paused!;
      const remainder = tape.ask("due", `${clock.key}.left`, () => {
        const due = armedUntil(clock, question())?.dueAt ?? since;
        return { answer: { ...remainderOf(clock, due, since, question()) } };
      }) as unknown as Remainder;
      if (sameJson(remainder, timer.remainder)) continue;
      changed = true;
      const others = memory!.frozen.map((one) => (one.id === timer.id ? { ...one, remainder } : one));
      draft.remember(memoryKey(clock), { ...memory!, frozen: others });
      continue;
    }
    const recurs = clock.clock.every !== undefined;
    const set = tape.ask("due", clock.key, () => {
      const armed = armedUntil(clock, question());
      // What a recurrence counts from is kept with it, since each of its times counts on from there.
      if (recurs && armed?.from !== undefined) return { answer: { ...armed } };
      return { answer: armed?.dueAt ?? timer.dueAt };
    }) as number | { dueAt: number; from: number };
    const { dueAt: due, from } = typeof set === "number" ? { dueAt: set, from: timer.from } : set;
    if (due === timer.dueAt && from === timer.from) continue;
    changed = true;
    draft.rearm(from === undefined ? timer : { ...timer, from }, due);
    if (clock.purpose === "deadline" && !recurs)
      for (const task of tasksOf(draft.state, clock.step)) draft.changeTask(task, { dueAt: due });
  }
  return changed;
}
