import { expect, test } from "vitest";
import { compile } from "#engine/compile/compile.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Workflow } from "#engine/definition/workflow.ts";
import { replay } from "#engine/execute/replay.ts";
import { start } from "#engine/execute/start.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "done") => ({ kind: "end", title: "End", outcome });
const ask = (on: object, more: object = {}) => ({
  kind: "approval",
  title: "Ask",
  actor: { relation: "manager" },
  outcomes: Object.keys(on).filter((event) => event !== "due"),
  on,
  ...more,
});
const flow = (steps: object, more: object = {}) =>
  documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "first",
    data: { n: { type: "number" }, when: { type: "date" } },
    steps,
    ...more,
  });
const run = (steps: object, more: object = {}) =>
  new RunningCase(flow(steps, more), "flow", smallWorld(), MONDAY, { period: "2026-02" });
const ladder = (more: object, trigger: object = { assignees: ["ana"] }) =>
  new RunningCase(documents({ ...lateReview, ...more }), "late-review", smallWorld(), MONDAY, {
    trigger: trigger as never,
  });
const replays = (one: RunningCase) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));

test("a bound that an author names is the only bound of its loop, and loops of time alone have none", () => {
  const loop = run({
    first: ask({ approved: "second" }),
    second: ask({ approved: "stop", rejected: { to: "first", maxVisits: 10 } }),
    stop: end(),
  });
  for (let round = 0; round < 9; round++) {
    loop.complete("first", "approved");
    loop.complete("second", "rejected");
  }
  expect(loop.state.status).toBe("open");
  const weekly = run({
    first: { kind: "wait", title: "A week", until: { after: { days: 7 } }, on: { due: "tell" } },
    tell: { kind: "notify", title: "Tell", to: [{ relation: "subject" }], message: "Hello", on: { done: "first" } },
  });
  weekly.to(MONDAY + 80 * DAY);
  expect(weekly.state.status).toBe("open");
  expect(weekly.outcomes.flatMap((outcome) => outcome.messages)).toHaveLength(11);
  const often = ladder({ repeat: { times: 7, every: { workingDays: 1 } } });
  often.to(MONDAY + 200 * DAY);
  expect(often.people).toEqual(["hana"]);
});

test("a clock whose ways all fail stops the case visibly, and trying again keeps it visible", () => {
  const never = { all: [{ fact: "case.n", operator: "equal", value: 1 }] };
  const one = run({
    first: { kind: "wait", title: "Wait", until: { after: { days: 1 } }, on: { due: { to: "stop", when: never } } },
    stop: end(),
  });
  one.to(MONDAY + 2 * DAY);
  expect(one.state).toMatchObject({ status: "blocked", blocks: [{ step: "first", code: "no-way" }] });
  one.send({ type: "retry", reason: "again", by: "hana" });
  expect(one.state.status).toBe("blocked");
  replays(one);
  const over = ladder({ fallback: undefined });
  over.to(MONDAY + 60 * DAY);
  expect(over.state).toMatchObject({ status: "closed", outcome: "expired" });
});

test("what goes outside says what held at its own step, not what came later in the same event", () => {
  const write = (n: number, to: string) => ({
    kind: "record",
    title: "Write",
    set: { n },
    write: [{ to: "person.level", value: { fact: "case.n" } }],
    on: { done: to },
  });
  const one = run({
    first: write(1, "tell"),
    tell: {
      kind: "notify",
      title: "Tell",
      to: [{ relation: "subject" }],
      message: "n is {{case.n}}",
      on: { done: "second" },
    },
    second: write(2, "stop"),
    stop: end(),
  });
  expect(one.outcomes[0]!.effects).toMatchObject([{ value: 1 }, { value: 2 }]);
  expect(one.outcomes[0]!.messages).toMatchObject([{ body: "n is 1" }]);
  replays(one);
});

test("an answer that no way is drawn for stops the case visibly instead of leaving it waiting for ever", () => {
  const one = run({
    first: { kind: "call", title: "Call", url: "https://erp.example/x", on: { done: "stop" } },
    stop: end(),
  });
  const effect = one.outcomes[0]!.effects[0]!.id;
  expect(one.send({ type: "answer", effect, outcome: "failed", data: { message: "500" } })).toMatchObject({ ok: true });
  expect(one.state).toMatchObject({ status: "blocked", pending: [], blocks: [{ step: "first", code: "no-way" }] });
  const again = one.send({ type: "retry", reason: "the other side is back", by: "hana" });
  expect(again.ok && again.effects).toMatchObject([{ kind: "call" }]);
  expect(one.state.status).toBe("open");
  replays(one);
});

test("nobody chooses for a task's people, answers for an effect, or takes a ladder on, by merely saying so", () => {
  const approval = run({ first: ask({ approved: "stop" }), stop: end() });
  expect(approval.send({ type: "event", event: "approved", by: "ben" })).toMatchObject({
    ok: false,
    code: "not-possible",
  });
  const payout = run({
    first: { kind: "payout", title: "Pay", plan: "quarter", on: { done: "stop", failed: "stop" } },
    stop: end(),
  });
  expect(payout.send({ type: "event", event: "done", by: "ben" })).toMatchObject({ ok: false });
  expect(payout.send({ type: "event", event: "done", by: null })).toMatchObject({ ok: false });
  expect(ladder({}).send({ type: "event", event: "acknowledged", by: "ben" })).toMatchObject({ ok: false });
});

test("a word meant for one step reaches that step only", () => {
  const wait = (to: string) => ({
    kind: "wait",
    title: "Wait",
    until: { after: { days: 9 } },
    on: { due: to, done: to },
  });
  const steps = {
    first: {
      kind: "parallel",
      title: "Both",
      branches: {
        a: { start: "wa", steps: { wa: wait("ea"), ea: end() } },
        b: { start: "wb", steps: { wb: wait("eb"), eb: end() } },
      },
      on: { done: "stop" },
    },
    stop: end(),
  };
  const one = run(steps);
  one.send({ type: "event", event: "done", step: "wa", by: null });
  expect(one.steps).toEqual(["first", "wb"]);
});

test("whoever takes the last resort on has the task, and a level that only starts a workflow keeps its time", () => {
  const last = ladder({ repeat: { times: 0, every: { workingDays: 1 } } });
  last.to(MONDAY + 30 * DAY);
  expect(last.people).toEqual(["hana"]);
  last.complete("fallback", "acknowledged");
  expect(last.people).toEqual(["hana"]);
  const starts = ladder({
    repeat: undefined,
    fallback: undefined,
    levels: [
      { id: "visit", title: "Visit", after: { hours: 0 }, start: { workflow: "visit" } },
      { id: "region", title: "Region", after: { workingDays: 5 }, notify: [{ unitRole: "head", level: "region" }] },
    ],
  });
  expect(starts.people).toEqual([]);
  expect(starts.state.status).toBe("open");
  starts.to(MONDAY + 7 * DAY);
  expect(starts.people).toEqual(["rolf"]);
});

test("a late ladder goes on counting from its clock's own start", () => {
  const levels = [0, 1, 15].map((days, position) => ({
    id: `l${position}`,
    title: "Level",
    clock: "only",
    after: { days },
    notify: [{ role: "hr-partner" }],
  }));
  const one = ladder(
    { repeat: undefined, fallback: undefined, clocks: { only: { from: { fact: "trigger.since" } } }, levels },
    { since: "2026-02-20" },
  );
  expect(Object.values(one.state.tasks).map((task) => task.step)).toEqual(["l1"]);
  const armed = Object.values(one.state.timers).map((timer) => new Date(timer.dueAt).toISOString());
  expect(armed).toContain("2026-03-06T23:00:00.000Z");
});

test("a date that is not there refuses the start in words and throws nothing", () => {
  const all = flow({
    first: { kind: "wait", title: "Wait", until: { at: { fact: "case.when" } }, on: { due: "stop" } },
    stop: end(),
  });
  const compiled = compile(all.at(-1) as Workflow, catalogueOf(all));
  const request = {
    caseId: "c",
    definition: { kind: "workflow" as const, id: "flow", version: 1, hash: compiled.hash },
    subject: { kind: "person" as const, id: "ana" },
    period: null,
    key: null,
    trigger: {},
    data: {},
    parent: null,
    by: null,
  };
  expect(start(compiled, request, smallWorld(), MONDAY)).toMatchObject({ ok: false, code: "incident" });
});

test("a group whose way out was closed goes on when it opens", () => {
  const steps = {
    first: {
      kind: "group",
      title: "Group",
      start: "inner",
      steps: { inner: ask({ approved: "fin" }), fin: end() },
      on: {
        done: {
          to: "stop",
          when: {
            all: [{ fact: "metric", params: { id: "sales" }, path: "$.value", operator: "greaterThan", value: 1 }],
          },
        },
      },
    },
    stop: end(),
  };
  const one = run(steps);
  one.complete("inner", "approved");
  expect(one.state).toMatchObject({ status: "blocked", blocks: [{ step: "first", code: "missing-facts" }] });
  one.world = { ...smallWorld({ "metric:sales": { value: 5 } }), parameters: one.world.parameters };
  one.send({ type: "retry", reason: "sales are in", by: "hana" });
  expect(one.state).toMatchObject({ status: "closed", outcome: "done" });
  replays(one);
});

test("RC10: a notice that reaches nobody blocks visibly although the case went on, until it is told", () => {
  const one = run({
    first: { kind: "notify", title: "Tell", to: [{ role: "nobody-has-this" }], message: "Hello", on: { done: "next" } },
    next: ask({ approved: "stop" }),
    stop: end(),
  });
  expect(one.state).toMatchObject({ status: "blocked", blocks: [{ step: "first", code: "no-actor" }] });
  expect(one.people).toEqual(["mia"]);
  replays(one);
});

test("an observation is written for the period that the step names", () => {
  const one = run({
    first: {
      kind: "record",
      title: "Write",
      write: [{ metric: "score", value: 3, period: "2025-12" }],
      on: { done: "stop" },
    },
    stop: end(),
  });
  expect(one.outcomes[0]!.effects).toMatchObject([{ kind: "write-observation", period: "2025-12", value: 3 }]);
});

test("answers cannot pass for who did a step or how it ended, and a task without a form takes none", () => {
  const one = run({ first: ask({ approved: "stop" }), stop: end() });
  expect(one.complete("first", "approved", { by: "dora", outcome: "rejected" })).toMatchObject({
    ok: false,
    code: "bad-answers",
  });
});

test("a task that its own deadline ends was overdue all the same, and that is announced", () => {
  const one = run({
    first: ask({ approved: "stop" }, { deadline: { after: { days: 1 }, policy: "advance" } }),
    stop: end(),
  });
  one.to(MONDAY + DAY + HOUR);
  const last = one.outcomes.at(-1)!;
  expect(last.tasks.at(-1)!.task.overdue).toBe(true);
  expect(last.announcements.map((announcement) => announcement.on)).toEqual(["task.overdue", "case.closed"]);
});

test("a message says until when, and none is sent for a task that is closed in the same event", () => {
  const one = run({ first: ask({ approved: "stop" }, { deadline: { after: { days: 1 } } }), stop: end() });
  expect(one.outcomes[0]!.messages[0]!.body).toContain("Due 3 March 2026 at 09:00.");
  const quick = run({
    first: {
      kind: "parallel",
      title: "Either",
      join: "any",
      branches: {
        a: { start: "aa", steps: { aa: ask({ approved: "ae" }), ae: end() } },
        b: {
          start: "bb",
          steps: { bb: { kind: "record", title: "Now", set: { n: 1 }, on: { done: "be" } }, be: end() },
        },
      },
      on: { done: "stop" },
    },
    stop: end(),
  });
  expect(quick.outcomes[0]!.messages).toEqual([]);
});

test("what was paid is not paid again because somebody tries again", () => {
  const one = run({
    first: {
      kind: "payout",
      title: "Pay",
      plan: "quarter",
      on: { done: { to: "first", maxVisits: 1 }, failed: "stop" },
    },
    stop: end(),
  });
  one.send({ type: "answer", effect: one.outcomes.at(-1)!.effects[0]!.id, outcome: "done" });
  one.send({ type: "answer", effect: one.outcomes.at(-1)!.effects[0]!.id, outcome: "done" });
  expect(one.state).toMatchObject({ status: "blocked", blocks: [{ code: "too-many-visits" }] });
  const again = one.send({ type: "retry", reason: "again", by: "hana" });
  expect(again.ok && again.effects).toEqual([]);
  expect(one.state.status).toBe("blocked");
});

test("pay and values with an audience of their own never go into a message", () => {
  const one = run(
    {
      first: {
        kind: "notify",
        title: "Tell",
        to: [{ relation: "manager" }],
        via: ["email"],
        message: "{{person.salary}} and {{case.rating}} and {{case.n}}",
        on: { done: "stop" },
      },
      stop: end(),
    },
    {
      data: {
        n: { type: "number", default: 7 },
        rating: { type: "number", default: 2, visibility: { audience: ["hr-partner"] } },
      },
    },
  );
  expect(one.outcomes[0]!.messages[0]!.body).toBe("… and … and 7");
});
