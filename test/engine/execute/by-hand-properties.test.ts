import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "#engine/compile/compile.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { advance } from "#engine/execute/advance.ts";
import type { CaseEvent, JournalEntry } from "#engine/execute/journal.ts";
import { replay } from "#engine/execute/replay.ts";
import { start } from "#engine/execute/start.ts";
import type { CaseState } from "#engine/execute/state.ts";
import { canonical } from "#engine/words/json.ts";
import { randomWorkflow } from "../../support/random-workflow.ts";
import { documents, lateReview, outlierRules, reviewForm } from "../../support/review.ts";
import { HOUR, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 5000 : 100;
const moves = fc.array(fc.tuple(fc.nat(9), fc.nat(200)), { maxLength: 25 });
const policies = fc.constantFrom("keep", "move", "share", "majority");

/** Before and after a reorganisation: Ana and Ben report to Mia, then to Dora; Mia is gone. */
function worlds() {
  const after = smallOrganisation();
  for (const line of after.assignments) if (line.manager === "mia") line.manager = "dora";
  after.people.find(({ id }) => id === "mia")!.status = "left";
  return [smallWorld(), smallWorld({}, {}, after)] as const;
}

/** What happens next: mostly what an admin does by hand, between what people and time do. */
function eventFor(state: CaseState, steps: readonly string[], what: number, which: number): CaseEvent | undefined {
  const tasks = Object.values(state.tasks);
  const task = tasks[which % Math.max(1, tasks.length)];
  const to = steps[which % steps.length]!;
  const timer = Object.values(state.timers).sort((a, b) => a.dueAt - b.dueAt || a.seq - b.seq)[0];
  const hand = { reason: "by hand", by: "hana" };
  switch (what) {
    case 0:
    case 1: {
      const by = task?.assignees[0];
      const outcome = task?.outcomes[which % task.outcomes.length];
      if (!task || by === undefined || outcome === undefined) return undefined;
      return { type: "complete", task: task.id, outcome, answers: task.form ? { rating: 3 } : {}, by };
    }
    case 2:
      return timer && { type: "timer", timer: timer.id, generation: timer.generation };
    case 3:
      return { type: "move", to, ...hand };
    case 4:
      return { type: "reopen", to, ...hand };
    case 5:
    case 6:
      return { type: "undo", ...hand };
    case 7:
      return which % 2 ? { type: "cancel", ...hand } : { type: "set-data", data: { level: which % 6 }, ...hand };
    case 8:
      return task && { type: "transfer", task: task.id, to: "hana", ...hand };
    default:
      return { type: "follow", reason: "people moved", by: null };
  }
}

test(`whatever admins do by hand: the journal replays, no case is an orphan or off the drawn graph, undo restores (${RUNS} random cases)`, () => {
  fc.assert(
    fc.property(randomWorkflow, policies, moves, (document, onMove, chosen) => {
      const all = documents(reviewForm, outlierRules, lateReview, { ...document, onMove });
      const compiled = compile(all.at(-1) as Workflow, catalogueOf(all));
      const steps = [...compiled.map.steps.keys()];
      const [before, after] = worlds();
      const request = {
        caseId: "c",
        definition: { kind: "workflow" as const, id: "flow", version: 1, hash: compiled.hash },
        subject: { kind: "person" as const, id: "ana" },
        period: "2026-02",
        key: null,
        trigger: {},
        data: {},
        parent: null,
        by: null,
      };
      const begun = start(compiled, request, before, MONDAY);
      if (!begun.ok) return;
      let { state } = begun;
      const journal: JournalEntry[] = [begun.entry];
      const armed = begun.timers.armed.map(({ id, generation }) => `${id}/${generation}`);
      const ended: string[] = [];
      let now = MONDAY;
      let last: CaseState | undefined;
      chosen.forEach(([what, which], position) => {
        const event = eventFor(state, steps, what, which);
        if (!event) return;
        const timer = event.type === "timer" ? state.timers[event.timer] : undefined;
        now = timer ? Math.max(now, timer.dueAt) : now + HOUR / 12;
        const answer = advance(compiled, state, event, position < 12 ? before : after, now);
        if (!answer.ok) return;
        if (event.type === "undo") expect(bare(answer.state)).toEqual(bare(last!));
        last = state;
        state = answer.state;
        journal.push(answer.entry);
        armed.push(...answer.timers.armed.map(({ id, generation }) => `${id}/${generation}`));
        const gone = answer.timers.cancelled.map(({ id, generation }) => `${id}/${generation}`);
        ended.push(...gone);
        if (timer && !gone.includes(`${timer.id}/${timer.generation}`)) ended.push(`${timer.id}/${timer.generation}`);
        for (const step of answer.entry.active) expect(compiled.map.steps.has(step)).toBe(true);
        expect(isForgotten(state)).toBe(false);
        for (const task of Object.values(state.tasks)) expect(task.assignees.length).toBeGreaterThan(0);
      });
      expect(canonical(replay(compiled, JSON.parse(JSON.stringify(journal))))).toBe(canonical(state));
      expect(new Set(armed).size).toBe(armed.length);
      const still = Object.values(state.timers).map(({ id, generation }) => `${id}/${generation}`);
      expect([...ended, ...still].sort()).toEqual([...armed].sort());
    }),
    { numRuns: RUNS },
  );
});

/** A case apart from how it is counted, and from what had to be asked for anew. */
function bare({
  revision: _,
  undo: __,
  timers,
  generations: ___,
  timerSeq: ____,
  pending,
  clocks,
  ...rest
}: CaseState) {
  return {
    ...rest,
    due: Object.values(timers)
      .map(({ id, dueAt }) => [id, dueAt])
      .sort(),
    waits: pending.map(({ step, kind }) => [step, kind]).sort(),
    clocks: clocks === undefined ? [] : Object.keys(clocks),
  };
}

function isForgotten(state: CaseState): boolean {
  if (state.status === "closed" || state.status === "cancelled") return Object.keys(state.tasks).length > 0;
  return !(
    state.status === "blocked" ||
    Object.keys(state.tasks).length > 0 ||
    Object.keys(state.timers).length > 0 ||
    state.pending.length > 0 ||
    state.halted !== undefined ||
    Object.values(state.clocks ?? {}).some(({ frozen }) => frozen.length > 0)
  );
}
