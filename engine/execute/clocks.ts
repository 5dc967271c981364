import type { ClockInfo } from "../compile/source-map.ts";
import { clockEvents, pauseEvents, resumeEvents } from "../time/clock.ts";
import { type Pause, type Remainder, resume } from "../time/pause.ts";
import { recordingReader } from "./asking.ts";
import { actorOf, type Carrying } from "./carrying.ts";
import { tasksOf } from "./draft.ts";
import { caseFacts } from "./facts.ts";
import { isLook, setLooks } from "./looks.ts";
import { asksFacts } from "./needs.ts";
import { standstill } from "./standstill.ts";
import type { CaseState, ClockMemory, FrozenTimer, Timer } from "./state.ts";
import { armedUntil, type ClockQuestion, calendarOf, clockOfTimer, memoryKey, remainderOf } from "./timers.ts";

/** Why a clock stands still while its case does. */
const CASE = "case";

/** A clock of a case that counts or stands still, with its timers. */
interface Counting {
  key: string;
  clock: ClockInfo;
  armed: Timer[];
}

/**
 * Lets the clocks of a case stand still and go on, after an event has been carried out: by the events that they name, by the
 * conditions that hold now, and all of them while the case itself is paused. A clock that stands still keeps what was left; going on sets
 * its next generation. Answers whether the event itself was one that a clock listens to and that changed it.
 */
export function settleClocks(carrying: Carrying): boolean {
  const { draft } = carrying;
  if (draft.state.status === "closed" || draft.state.status === "cancelled") {
    delete draft.state.clocks;
    for (const id of Object.keys(draft.state.timers)) if (isLook(id)) draft.disarm(id);
    return false;
  }
  let heard = false;
  for (const counting of countingClocks(carrying)) heard = settleOne(counting, carrying) || heard;
  for (const [key, memory] of Object.entries(draft.state.clocks ?? {})) {
    const idle = memory.frozen.length === 0 && !countingClocks(carrying).some((one) => one.key === key);
    // A step's clock ends with the step; a ladder's is remembered from level to level.
    if (idle && (!key.startsWith("ladder:") || (memory.pauses.length === 0 && !memory.paused && !memory.resetAt)))
      draft.remember(key, null);
  }
  setLooks(carrying);
  return heard;
}

/** The events that the clocks of a case listen to as it stands, with the step of each. */
export function heardByClocks(
  compiled: Carrying["compiled"],
  state: CaseState,
): { event: string; step: string; title: string }[] {
  return timersOf(state).flatMap(({ id }) => {
    const clock = clockOfTimer(compiled, id);
    if (!clock) return [];
    const paused = state.clocks?.[memoryKey(clock)]?.paused?.because ?? [];
    const byEvent = paused.some((reason) => pauseEvents(clock.clock).includes(reason));
    const deaf = new Set(byEvent ? pauseEvents(clock.clock) : resumeEvents(clock.clock));
    const own = eventsHeard(clock).filter((event) => !deaf.has(event));
    return own.map((event) => ({ event, step: clock.step, title: clock.title }));
  });
}

/** What a ladder's levels hear of `stop` is a way of theirs; a step's clock stops by itself. */
const eventsHeard = (clock: ClockInfo): string[] =>
  clockEvents(clock.ladder === undefined ? clock.clock : { ...clock.clock, stop: [] });

const timersOf = (state: CaseState): { id: string; seq: number }[] =>
  [...Object.values(state.timers), ...Object.values(state.clocks ?? {}).flatMap((memory) => memory.frozen)].sort(
    (a, b) => a.seq - b.seq,
  );

function countingClocks({ compiled, draft }: Carrying): Counting[] {
  const found = new Map<string, Counting>();
  for (const timer of timersOf(draft.state)) {
    const clock = isLook(timer.id) ? undefined : clockOfTimer(compiled, timer.id);
    if (!clock) continue;
    const key = memoryKey(clock);
    const counting = found.get(key) ?? { key, clock, armed: [] };
    const armed = draft.state.timers[timer.id];
    if (armed) counting.armed.push(armed);
    found.set(key, counting);
  }
  return [...found.values()];
}

function settleOne(counting: Counting, carrying: Carrying): boolean {
  const { key, clock, armed } = counting;
  const { draft, event } = carrying;
  const said = event.type === "event" && (event.step === undefined || event.step === clock.step) ? event.event : null;
  if (said !== null && clock.ladder === undefined && clock.clock.stop?.includes(said)) {
    for (const { id } of timersOf(draft.state))
      if (clockOfTimer(carrying.compiled, id)?.key === clock.key) draft.disarm(id);
    showDue(clock, null, carrying);
    draft.remember(key, null);
    return true;
  }
  let memory: ClockMemory = draft.state.clocks?.[key] ?? { pauses: [], frozen: [] };
  const before = memory.paused?.because ?? [];
  const because = reasonsOf(counting, before, said, carrying);
  let heard = said !== null && because.join() !== before.join();
  if (said !== null && clock.clock.reset?.includes(said)) {
    memory = reset(counting, memory, carrying);
    heard = true;
  }
  if (because.length === 0) {
    if (memory.paused) goOn(counting, memory, carrying);
    return heard;
  }
  // What was armed while the clock stands still begins frozen.
  const since = memory.paused?.since ?? draft.now;
  const still = armed.flatMap((timer) =>
    draft.state.timers[timer.id] ? [freeze(draft.state.timers[timer.id]!, carrying)] : [],
  );
  draft.remember(key, { ...memory, paused: { since, because }, frozen: [...memory.frozen, ...still] });
  return heard;
}

/** Why a clock stands still after the event; empty where it runs. */
function reasonsOf({ clock }: Counting, before: readonly string[], said: string | null, carrying: Carrying): string[] {
  const { compiled, draft, head, context, world, tape, event } = carrying;
  const control = clock.clock;
  const named = new Set(before.filter((reason) => pauseEvents(control).includes(reason)));
  if (said !== null && resumeEvents(control).includes(said)) named.clear();
  if (said !== null && pauseEvents(control).includes(said)) named.add(said);
  const holding = (compiled.pauses.get(clock.key) ?? []).flatMap(({ position, conditions }) => {
    const reason = `condition ${position}`;
    if (!asksFacts(event)) return before.includes(reason) ? [reason] : [];
    const verdict = tape.ask("verdict", `${clock.key}.pause.${position}`, () => {
      const { read, facts } = recordingReader(caseFacts(head, context, world!, draft.now));
      const result = conditions.test(read);
      const open = result === "not evaluated" ? conditions.missing(read).map((use) => use.fact) : [];
      return { answer: result === "not evaluated" ? { missing: open } : result, facts: facts() };
    });
    return verdict === true ? [reason] : [];
  });
  return [...(standstill(draft.state) ? [CASE] : []), ...named, ...holding];
}

function freeze(timer: Timer, carrying: Carrying): FrozenTimer {
  const { compiled, draft, tape } = carrying;
  const clock = clockOfTimer(compiled, timer.id)!;
  const remainder = tape.ask("due", `${clock.key}.left`, () => ({
    answer: { ...remainderOf(clock, timer.dueAt, draft.now, questionOf(clock, timer, carrying)) },
  })) as unknown as Remainder;
  draft.disarm(timer.id);
  showDue(clock, null, carrying);
  const { dueAt: _, generation: __, ...kept } = timer;
  return { ...kept, remainder };
}

function goOn({ key }: Counting, memory: ClockMemory, carrying: Carrying): void {
  const { compiled, draft, tape } = carrying;
  const pause: Pause = { from: memory.paused!.since, to: draft.now };
  const pauses = pause.to > pause.from ? [...memory.pauses, pause] : memory.pauses;
  const { paused: _, ...running } = { ...memory, pauses, frozen: [] };
  draft.remember(key, running);
  for (const timer of memory.frozen) {
    const clock = clockOfTimer(compiled, timer.id)!;
    const due = tape.ask("due", clock.key, () => {
      const question = questionOf(clock, timer, carrying);
      // A recurrence keeps its dates: what it struck meanwhile is past.
      const again =
        clock.clock.every === undefined
          ? resume(timer.remainder, draft.now, calendarOf(clock, question))
          : armedUntil(clock, { ...question, startAt: draft.now, countsFrom: timer.from ?? timer.armedAt })?.dueAt;
      return { answer: again ?? null };
    });
    if (due === null) continue;
    draft.rearm(timer, due as number);
    showDue(clock, due as number, carrying);
  }
}

/** Counts a clock anew from now; the times in which it stood still are past. */
function reset({ armed, key }: Counting, memory: ClockMemory, carrying: Carrying): ClockMemory {
  const { compiled, draft, tape } = carrying;
  const fresh: ClockMemory = { ...memory, pauses: [], resetAt: draft.now };
  if (fresh.paused) fresh.paused = { ...fresh.paused, since: draft.now };
  draft.remember(key, fresh);
  const anew = (timer: Timer | FrozenTimer): number => {
    const clock = clockOfTimer(compiled, timer.id)!;
    return tape.ask("due", clock.key, () => {
      const question = questionOf(clock, { ...timer, armedAt: draft.now }, carrying);
      return { answer: armedUntil(clock, { ...question, memory: fresh })?.dueAt ?? draft.now };
    }) as number;
  };
  const again = (timer: Timer | FrozenTimer) => {
    const dueAt = anew(timer);
    const { from: _, ...rest } = timer;
    const set = draft.rearm(rest as Timer | FrozenTimer, dueAt);
    set.armedAt = draft.now;
    showDue(clockOfTimer(compiled, timer.id)!, dueAt, carrying);
    return set;
  };
  for (const timer of armed) again(timer);
  const frozen = memory.frozen.map((timer) => freeze(again(timer), carrying));
  return { ...fresh, frozen };
}

/** What a clock is asked with: as it was when it was armed. */
function questionOf(
  clock: ClockInfo,
  timer: { id: string; armedAt: number },
  { draft, head, context, world, event, said }: Carrying,
): ClockQuestion {
  const actor = tasksOf(draft.state, clock.step)[0]?.assignees[0] ?? actorOf(event);
  return {
    head,
    context,
    world: world!,
    startAt: timer.armedAt,
    actor,
    ...(said ? { said } : {}),
    ...(draft.state.clocks?.[memoryKey(clock)] ? { memory: draft.state.clocks[memoryKey(clock)] } : {}),
  };
}

/** The due date that people see: none while the clock stands still. */
function showDue(clock: ClockInfo, dueAt: number | null, { draft }: Carrying): void {
  if (clock.purpose !== "deadline" || clock.clock.every !== undefined) return;
  for (const task of tasksOf(draft.state, clock.step)) if (task.dueAt !== dueAt) draft.changeTask(task, { dueAt });
}

/** A verdict of a pause on the tape, for words: the clock and the position of the condition. */
export function pauseOfTape(key: string): { clock: string; position: number } | undefined {
  const match = /^(.+)\.pause\.(\d+)$/.exec(key);
  return match ? { clock: match[1]!, position: Number(match[2]) } : undefined;
}
