import { describe, expect, test } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { CaseEvent } from "#engine/execute/journal.ts";
import { replay } from "#engine/execute/replay.ts";
import { act, advanceTo, begin, type Simulation, simulation } from "#engine/execute/simulate.ts";
import { standstill } from "#engine/execute/standstill.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const flow = {
  kind: "workflow",
  schema: 1,
  id: "flow",
  title: "Flow",
  subject: "person",
  start: "self",
  steps: {
    self: {
      kind: "form",
      title: "Self",
      form: "review",
      actor: { relation: "subject" },
      deadline: { after: { days: 5 }, escalation: "late-review" },
      on: { submitted: "bye" },
    },
    bye: { kind: "end", title: "Bye", outcome: "completed" },
  },
};
const does = (at: Simulation, event: CaseEvent, id = "one"): Simulation => {
  const next = act(at, id, event);
  if ("ok" in next) throw new Error(next.message);
  return next;
};
const by = { reason: "on leave", by: "hana" };

/** A case whose task is late, so that its ladder climbs. */
function late(): Simulation {
  const at = begin(
    simulation({
      catalogue: catalogueOf(documents(reviewForm, lateReview, flow)),
      startAt: MONDAY,
      world: smallWorld(),
    }),
    {
      definition: { kind: "workflow", id: "flow" },
      caseId: "one",
      subject: { kind: "person", id: "ana" },
      period: null,
      trigger: {},
      data: {},
      parent: null,
    },
  );
  if ("ok" in at) throw new Error(at.message);
  return advanceTo(at, MONDAY + 5 * DAY + HOUR);
}
const ladder = (at: Simulation) => at.cases[1]!.state;
const dues = (at: Simulation) =>
  Object.values(ladder(at).timers)
    .map(({ dueAt }) => dueAt)
    .sort((a, b) => a - b);

test("the ladder of a paused case stands still with it: nobody is told of what nobody can do", () => {
  let at = late();
  expect(at.cases).toHaveLength(2);
  const armed = dues(at).length;
  expect(armed).toBeGreaterThan(0);
  at = does(at, { type: "pause", ...by });
  const told = at.messages.length;
  at = advanceTo(at, MONDAY + 60 * DAY);
  expect([standstill(ladder(at))?.reason, dues(at), at.messages.length]).toEqual(["on leave", [], told]);
  at = does(at, { type: "resume", ...by });
  expect(standstill(ladder(at))).toBeUndefined();
  expect(dues(at)).toHaveLength(armed);
  expect(dues(at)[0]).toBeGreaterThan(MONDAY + 60 * DAY);
  at = advanceTo(at, MONDAY + 120 * DAY);
  expect(at.messages.length).toBeGreaterThan(told);
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
});

/** Work under work: a case that asks somebody, then begins a child, which asks and begins one of its own. */
const asks = (to: string, days = 5) => ({
  kind: "approval",
  title: "Ask",
  actor: { relation: "subject" },
  deadline: { after: { days } },
  on: { approved: to, rejected: to, due: "late" },
});
const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const nested = (id: string, steps: object, start: string) => ({
  kind: "workflow",
  schema: 1,
  id,
  title: id,
  subject: "person",
  start,
  steps: { ...steps, done: end("done"), late: end("late") },
});
const under = (workflow: string) => ({
  kind: "subflow",
  title: "Under",
  workflow,
  on: { done: "done", late: "late", failed: "late" },
});
const WORK = documents(
  nested("grandchild", { ask: asks("done") }, "ask"),
  nested(
    "child",
    {
      both: {
        kind: "parallel",
        title: "Both",
        join: "all",
        branches: {
          mine: {
            start: "ask",
            steps: {
              ask: { ...asks("end"), on: { approved: "end", rejected: "end", due: "end" } },
              end: { kind: "end", title: "End" },
            },
          },
          theirs: {
            start: "below",
            steps: {
              below: { ...under("grandchild"), on: { done: "end", late: "end", failed: "end" } },
              end: { kind: "end", title: "End" },
            },
          },
        },
        on: { done: "done" },
      },
    },
    "both",
  ),
  nested("top", { first: asks("work"), work: under("child") }, "first"),
);
function work(): Simulation {
  const at = begin(simulation({ catalogue: catalogueOf(WORK), startAt: MONDAY, world: smallWorld() }), {
    definition: { kind: "workflow", id: "top" },
    caseId: "one",
    subject: { kind: "person", id: "ana" },
    period: null,
    trigger: {},
    data: {},
    parent: null,
  });
  if ("ok" in at) throw new Error(at.message);
  return at;
}
const approve = (at: Simulation, id = "one") => {
  const [task] = Object.keys(at.cases.find(({ state }) => state.id === id)!.state.tasks);
  return does(at, { type: "complete", task: task!, outcome: "approved", by: "ana" }, id);
};
const idOf = (at: Simulation, workflow: string) =>
  at.cases.find(({ state }) => state.definition.id === workflow)!.state.id;
const still = (at: Simulation) => at.cases.map(({ state }) => standstill(state) !== undefined);
const armed = (at: Simulation) => at.cases.map(({ state }) => Object.keys(state.timers).length);
const replays = (at: Simulation) => {
  for (const one of at.cases)
    expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
};

describe("F54: work under a case that is paused", () => {
  test("stands still with it down to the last, and goes on with what was left", () => {
    let at = approve(work());
    const left = Object.values(at.cases[2]!.state.timers)[0]!.dueAt - at.now;
    expect(still(at)).toEqual([false, false, false]);
    at = does(at, { type: "pause", ...by });
    expect([still(at), armed(at)]).toEqual([
      [true, true, true],
      [0, 0, 0],
    ]);
    const child = idOf(at, "child");
    const [task] = Object.keys(at.cases[1]!.state.tasks);
    expect(act(at, child, { type: "complete", task: task!, outcome: "approved", by: "ana" })).toMatchObject({
      code: "paused",
    });
    expect(act(at, child, { type: "resume", ...by })).toMatchObject({
      message: expect.stringContaining("the one that began it"),
    });
    at = advanceTo(at, MONDAY + 100 * DAY);
    expect(at.cases.map(({ state }) => state.status)).toEqual(["open", "open", "open"]);
    at = does(at, { type: "resume", ...by });
    expect(still(at)).toEqual([false, false, false]);
    expect(Object.values(at.cases[2]!.state.timers)[0]!.dueAt - at.now).toBe(left);
    replays(at);
  });

  test("that was paused by itself stays so when the case goes on", () => {
    let at = approve(work());
    const child = idOf(at, "child");
    at = does(at, { type: "pause", ...by }, child);
    at = does(at, { type: "pause", ...by });
    at = does(at, { type: "resume", ...by });
    expect(still(at)).toEqual([false, true, true]);
    at = does(at, { type: "resume", ...by }, child);
    expect(still(at)).toEqual([false, false, false]);
    replays(at);
  });

  test("that begins while the case is paused begins standing still", () => {
    let at = does(work(), { type: "pause", ...by });
    at = does(at, { type: "move", to: "work", ...by });
    expect([still(at), armed(at)]).toEqual([
      [true, true, true],
      [0, 0, 0],
    ]);
    at = does(at, { type: "resume", ...by });
    expect([still(at), armed(at)]).toEqual([
      [false, false, false],
      [0, 1, 1],
    ]);
    replays(at);
  });

  test("comes back standing still when cancelling the case is taken back", () => {
    let at = does(approve(work()), { type: "pause", ...by });
    at = does(at, { type: "cancel", ...by });
    expect(at.cases.map(({ state }) => state.status)).toEqual(["cancelled", "cancelled", "cancelled"]);
    at = does(at, { type: "undo", ...by });
    expect([at.cases.map(({ state }) => state.status), still(at)]).toEqual([
      ["open", "open", "open"],
      [true, true, true],
    ]);
    at = does(at, { type: "resume", ...by });
    expect(still(at)).toEqual([false, false, false]);
    replays(at);
  });

  test("is forgotten by it when it is left: reopened, it runs by itself", () => {
    let at = does(approve(work()), { type: "pause", ...by });
    const child = idOf(at, "child");
    at = does(at, { type: "move", to: "done", ...by }, child);
    at = does(at, { type: "reopen", to: "both", ...by }, child);
    expect(still(at).slice(0, 2)).toEqual([true, false]);
    replays(at);
  });
});

test("a ladder that stands still ends with what it was for", () => {
  let at = does(late(), { type: "pause", ...by });
  at = does(at, { type: "move", to: "bye", ...by });
  expect(at.cases.map(({ state }) => state.status)).toEqual(["closed", "closed"]);
});
