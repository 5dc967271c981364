import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "#engine/compile/compile.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { advance } from "#engine/execute/advance.ts";
import type { CaseEvent, JournalEntry } from "#engine/execute/journal.ts";
import type { Outcome } from "#engine/execute/outcome.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, advanceTo, type Simulation, simulate } from "#engine/execute/simulate.ts";
import { start } from "#engine/execute/start.ts";
import type { CaseState, Timer } from "#engine/execute/state.ts";
import { handersOf } from "#engine/execute/together.ts";
import { canonical } from "#engine/words/json.ts";
import { randomWorkflow } from "../../support/random-workflow.ts";
import { documents, lateReview, outlierRules, reviewForm } from "../../support/review.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

/** What is done next, as numbers that choose among what is there. */
const moves = fc.array(fc.tuple(fc.nat(9), fc.nat(100)), { maxLength: 25 });
const subjects = fc.constantFrom("ana", "mia", "dora", "lone");

interface Run {
  compiled: ReturnType<typeof compile>;
  state: CaseState;
  journal: JournalEntry[];
  armed: Timer[];
  ended: string[];
}

/** Runs random moves on a random workflow; undefined where it cannot start (a cycle that waits for nothing). */
function play(
  document: Record<string, unknown>,
  subject: string,
  attainment: number | null,
  chosen: readonly (readonly [number, number])[],
  each?: (run: Run, outcome: Outcome) => void,
): Run | undefined {
  const all = documents(reviewForm, outlierRules, lateReview, document);
  const compiled = compile(all.at(-1) as Workflow, catalogueOf(all));
  const world = smallWorld(attainment === null ? {} : { "metric:sales": { attainment } });
  let now = MONDAY;
  const begun = start(
    compiled,
    {
      caseId: "c",
      definition: { kind: "workflow", id: "flow", version: 1, hash: compiled.hash },
      subject: { kind: "person", id: subject },
      period: "2026-02",
      key: null,
      trigger: {},
      data: {},
      parent: null,
      by: null,
    },
    world,
    now,
  );
  if (!begun.ok) return undefined;
  const run: Run = { compiled, state: begun.state, journal: [], armed: [], ended: [] };
  const keep = (outcome: Outcome, fired?: Timer) => {
    run.state = outcome.state;
    run.journal.push(outcome.entry);
    run.armed.push(...outcome.timers.armed);
    const gone = outcome.timers.cancelled.map((timer) => `${timer.id}/${timer.generation}`);
    run.ended.push(...gone);
    if (fired && !gone.includes(`${fired.id}/${fired.generation}`)) run.ended.push(`${fired.id}/${fired.generation}`);
    each?.(run, outcome);
  };
  keep(begun);
  for (const [what, which] of chosen) {
    const event = eventFor(run.state, compiled, what, which, now);
    if (!event) continue;
    const timer = event.type === "timer" ? run.state.timers[event.timer] : undefined;
    if (timer) now = Math.max(now, timer.dueAt);
    else now += HOUR;
    const before = canonical(run.state);
    const answer = advance(compiled, run.state, event, world, now);
    if (answer.ok) keep(answer, timer);
    else expect(canonical(run.state)).toBe(before);
  }
  return run;
}

/** Events of one's own that the clocks of a random workflow name, and some that ways are drawn for. */
const NAMES = ["hold-on", "away", "back", "resumed", "anew", "enough", "done", "approved"];

function eventFor(
  state: CaseState,
  compiled: Run["compiled"],
  what: number,
  which: number,
  now: number,
): CaseEvent | undefined {
  const task = Object.values(state.tasks)[which % Math.max(1, Object.keys(state.tasks).length)];
  const timer = Object.values(state.timers).sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)[0];
  const pending = state.pending[which % Math.max(1, state.pending.length)];
  if (what <= 4) {
    if (task?.together && which % 3 !== 0)
      return { type: "pass", task: task.id, answers: { rating: 2 }, by: task.assignees[0]! };
    const by = task && (handersOf(task)[0] ?? task.assignees[0]!);
    return (
      task && {
        type: "complete",
        task: task.id,
        outcome: task.outcomes[which % task.outcomes.length]!,
        answers: task.form ? { rating: 1 + (which % 5) } : {},
        by: by!,
      }
    );
  }
  if (what <= 6) return timer && { type: "timer", timer: timer.id, generation: timer.generation };
  if (what === 7)
    return pending && { type: "answer", effect: pending.effect, outcome: which % 3 === 0 ? "failed" : "done" };
  if (what === 8) {
    const wait = [...compiled.map.steps.values()].find(({ step }) => step.kind === "wait" && step.for);
    if (which % 9 === 0 && wait)
      return { type: "hold", step: wait.id, event: "done", data: {}, until: now + (which % 5) * DAY, by: null };
    return { type: "event", event: NAMES[which % NAMES.length]!, by: null };
  }
  const others: CaseEvent[] = [
    { type: "retry", reason: "again", by: null },
    { type: "retry", reason: "again", by: null },
    { type: "look", reason: "facts came in", by: null },
    state.halted ? { type: "resume", reason: "go", by: null } : { type: "pause", reason: "stop", by: null },
    { type: "resume", reason: "go", by: null },
    { type: "cancel", reason: "enough", by: null },
  ];
  return others[which % others.length];
}

const RUNS = process.env.RONDO_LONG === "1" ? 5000 : 200;
const arbitrary = [randomWorkflow, subjects, fc.option(fc.constantFrom(0.5, 0.95, 1.2)), moves] as const;

test(`R41: whatever is drawn and whatever happens, the journal gives the stored state (${RUNS} random cases)`, () => {
  fc.assert(
    fc.property(...arbitrary, (document, subject, attainment, chosen) => {
      const run = play(document, subject, attainment, chosen);
      if (run)
        expect(canonical(replay(run.compiled, JSON.parse(JSON.stringify(run.journal))))).toBe(canonical(run.state));
    }),
    { numRuns: RUNS },
  );
});

test("no case is ever an orphan: it is closed, visibly blocked, or waits for a person, a timer or an answer", () => {
  fc.assert(
    fc.property(...arbitrary, (document, subject, attainment, chosen) => {
      play(document, subject, attainment, chosen, ({ state }) => {
        if (state.status === "closed" || state.status === "cancelled") {
          expect([state.tasks, state.timers, state.clocks, state.pending]).toEqual([{}, {}, undefined, []]);
          return;
        }
        const reachable = Object.values(state.tasks).some((task) => task.assignees.length > 0);
        expect(
          state.status === "blocked" ||
            reachable ||
            Object.keys(state.timers).length > 0 ||
            state.pending.length > 0 ||
            state.halted !== undefined ||
            // Somebody has paused the clock, and it is seen that it stands still and why.
            Object.values(state.clocks ?? {}).some(({ frozen, paused }) => frozen.length > 0 && paused !== undefined),
        ).toBe(true);
        expect(state.status === "blocked").toBe(state.blocks.length > 0);
      });
    }),
    { numRuns: RUNS },
  );
});

test("every armed timer is fired, cancelled or still armed, exactly one of the three, and generations never repeat", () => {
  fc.assert(
    fc.property(...arbitrary, (document, subject, attainment, chosen) => {
      const run = play(document, subject, attainment, chosen);
      if (!run) return;
      const armed = run.armed.map((timer) => `${timer.id}/${timer.generation}`);
      const still = Object.values(run.state.timers).map((timer) => `${timer.id}/${timer.generation}`);
      expect(new Set(armed).size).toBe(armed.length);
      expect([...run.ended, ...still].sort()).toEqual([...armed].sort());
    }),
    { numRuns: RUNS },
  );
});

test("RC1: a case never leaves the drawn graph: each transition taken is drawn, and starts where the case stood", () => {
  fc.assert(
    fc.property(...arbitrary, (document, subject, attainment, chosen) => {
      play(document, subject, attainment, chosen, ({ compiled }, outcome) => {
        for (const { from, to, event } of outcome.entry.taken) {
          expect(
            [...compiled.map.ways.values()].some((way) => way.from === from && way.to === to && way.event === event),
          ).toBe(true);
        }
        for (const step of outcome.entry.active) expect(compiled.map.steps.has(step)).toBe(true);
      });
    }),
    { numRuns: RUNS },
  );
});

test("what the simulator plays is what runs: each of its entries comes out of the engine again, on the same state", () => {
  fc.assert(
    fc.property(...arbitrary, (document, subject, attainment, chosen) => {
      const played = simulated(document, subject, attainment, chosen);
      for (const { compiled, journal, state } of played?.cases ?? []) {
        const [first, ...rest] = journal;
        if (first?.event.type !== "start") throw new Error("a journal begins with a start");
        const world = worldOf(attainment);
        const parameters = Object.fromEntries(
          Object.entries(compiled.parameters).map(([name, { default: value }]) => [name, value]),
        );
        const { type: _, ...request } = first.event;
        let outcome = start(compiled, request, { ...world, parameters }, first.at);
        for (const entry of rest) {
          if (!outcome.ok) throw new Error(outcome.message);
          outcome = advance(compiled, outcome.state, entry.event as CaseEvent, { ...world, parameters }, entry.at);
          expect(outcome.ok && canonical(outcome.entry)).toBe(canonical(entry));
        }
        expect(outcome.ok && canonical(outcome.state)).toBe(canonical(state));
      }
    }),
    { numRuns: Math.ceil(RUNS / 3) },
  );
});

const worldOf = (attainment: number | null) =>
  smallWorld(attainment === null ? {} : { "metric:sales": { attainment } });

/** What subflows run here: of themselves they would grow without end. */
const child = {
  kind: "workflow",
  schema: 1,
  id: "child",
  title: "Child",
  subject: "person",
  start: "ask",
  steps: {
    ask: { kind: "approval", title: "Ask", actor: { relation: "subject" }, on: { approved: "good", rejected: "bad" } },
    good: { kind: "end", title: "Good", outcome: "completed" },
    bad: { kind: "end", title: "Bad", outcome: "stopped" },
  },
};

/** Plays random moves in the simulator; undefined where the workflow cannot start. */
function simulated(
  document: Record<string, unknown>,
  subject: string,
  attainment: number | null,
  chosen: readonly (readonly [number, number])[],
): Simulation | undefined {
  const withChild = JSON.parse(JSON.stringify(document).replaceAll('"workflow":"flow"', '"workflow":"child"'));
  const begun = simulate({
    catalogue: catalogueOf(documents(reviewForm, outlierRules, lateReview, child, withChild)),
    definition: { kind: "workflow", id: "flow" },
    subject: { kind: "person", id: subject },
    period: "2026-02",
    startAt: MONDAY,
    world: worldOf(attainment),
  });
  if ("ok" in begun) return undefined;
  let at: Simulation = begun;
  for (const [what, which] of chosen) {
    const one = at.cases[which % at.cases.length]!;
    const event = eventFor(one.state, one.compiled, what, which, at.now);
    if (!event || event.type === "timer") {
      at = advanceTo(at, at.now + 30 * HOUR);
      continue;
    }
    const next = act(at, one.state.id, event);
    if (!("ok" in next)) at = next;
  }
  return at;
}
