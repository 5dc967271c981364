import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "done") => ({ kind: "end", title: "End", outcome });
const flow = (steps: object, more: object = {}) =>
  documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "first",
    steps,
    ...more,
  });
const run = (steps: object, more: object = {}) =>
  new RunningCase(flow(steps, more), "flow", smallWorld(), MONDAY, { period: "2026-02" });
const ask = (on: object, more: object = {}) => ({
  kind: "approval",
  title: "Ask",
  actor: { relation: "manager" },
  on,
  ...more,
});
const replays = (one: RunningCase) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));

test("F01: a group is left by the outcome of the end inside it, and leaving it from outside cancels its children's timers", () => {
  const steps = {
    first: {
      kind: "group",
      title: "Talks",
      start: "talk",
      deadline: { after: { days: 10 } },
      steps: {
        talk: ask({ approved: "agreed", rejected: "parted" }, { deadline: { after: { days: 20 } } }),
        agreed: end("agreed"),
        parted: end("parted"),
      },
      on: { agreed: "good", parted: "bad", due: "late" },
    },
    good: end("good"),
    bad: end("bad"),
    late: end("late"),
  };
  const left = run(steps);
  left.complete("talk", "rejected");
  expect(left.state).toMatchObject({ status: "closed", outcome: "bad", timers: {} });
  const late = run(steps);
  expect(Object.keys(late.state.timers)).toHaveLength(2);
  late.to(MONDAY + 11 * DAY);
  expect(late.state).toMatchObject({ status: "closed", outcome: "late", timers: {}, tasks: {} });
  replays(left);
  replays(late);
});

test("F02: a join fires once, when every branch has ended, in whichever order they do", () => {
  const steps = {
    first: {
      kind: "parallel",
      title: "Three",
      branches: Object.fromEntries(
        ["a", "b", "c"].map((name) => [
          name,
          {
            start: `${name}-ask`,
            steps: {
              [`${name}-ask`]: ask({ approved: `${name}-end`, rejected: `${name}-no` }),
              [`${name}-end`]: end(),
              [`${name}-no`]: end("refused"),
            },
          },
        ]),
      ),
      join: [
        { count: "refused", atLeast: 1, emit: "refused" },
        { count: "done", atLeast: "all", emit: "done" },
      ],
      on: { done: "good", refused: "bad" },
    },
    good: end("good"),
    bad: end("bad"),
  };
  for (const order of [
    ["a", "b", "c"],
    ["c", "a", "b"],
    ["b", "c", "a"],
  ]) {
    const one = run(steps);
    for (const name of order) {
      expect(one.state.status).toBe("open");
      one.complete(`${name}-ask`, "approved");
    }
    expect(one.state).toMatchObject({ status: "closed", outcome: "good" });
    replays(one);
  }
  const veto = run(steps);
  veto.complete("b-ask", "rejected");
  expect(veto.state).toMatchObject({ status: "closed", outcome: "bad", tasks: {} });
});

test("a webhook, a payout and a subflow are asked for once and go on by their answers; a failure takes its own way", () => {
  const steps = {
    first: {
      kind: "call",
      title: "Reforecast",
      url: "https://erp.example/reforecast",
      body: { who: { fact: "subject.id" } },
      on: { done: "pay", failed: "broken" },
    },
    pay: { kind: "payout", title: "Pay", plan: "quarter", on: { done: "child", failed: "broken" } },
    child: {
      kind: "subflow",
      title: "Child",
      workflow: "other",
      with: { amount: { fact: "step.pay.amount" } },
      on: { agreed: "good", done: "bad", failed: "broken" },
    },
    good: end("good"),
    bad: end("bad"),
    broken: end("broken"),
  };
  const one = run(steps);
  const [call] = one.outcomes.at(-1)!.effects;
  expect(call).toMatchObject({ kind: "call", url: "https://erp.example/reforecast", body: { who: "ana" }, retries: 5 });
  expect(one.send({ type: "answer", effect: "nobody's", outcome: "done" })).toMatchObject({
    ok: false,
    code: "not-possible",
  });
  one.send({ type: "answer", effect: call!.id, outcome: "done", data: { ok: true } });
  expect(one.send({ type: "answer", effect: call!.id, outcome: "done" })).toMatchObject({ ok: false });
  const [payout] = one.outcomes.at(-1)!.effects;
  expect(payout).toMatchObject({ kind: "payout", plan: "quarter", person: "ana", period: "2026-02" });
  one.send({ type: "answer", effect: payout!.id, outcome: "done", data: { amount: 1200 } });
  const [child] = one.outcomes.at(-1)!.effects;
  expect(child).toMatchObject({
    kind: "start-case",
    definition: { kind: "workflow", id: "other" },
    with: { amount: 1200 },
    answer: true,
  });
  one.send({ type: "answer", effect: child!.id, outcome: "agreed" });
  expect(one.state).toMatchObject({ status: "closed", outcome: "good", pending: [] });
  replays(one);
  const failed = run(steps);
  failed.send({
    type: "answer",
    effect: failed.outcomes[0]!.effects[0]!.id,
    outcome: "failed",
    data: { message: "500" },
  });
  expect(failed.state).toMatchObject({ status: "closed", outcome: "broken" });
});

test("a wait ends at an absolute date, at a date of the person, or at a recurring rule's next turn", () => {
  const until = (clock: object) =>
    run({ first: { kind: "wait", title: "Wait", until: clock, on: { due: "stop" } }, stop: end() }).state.timers;
  const [date] = Object.values(until({ at: "2026-04-01" }));
  expect(new Date(date!.dueAt).toISOString()).toBe("2026-03-31T22:00:00.000Z");
  const [anniversary] = Object.values(until({ at: { fact: "person.hireDate", plus: { months: 27 } } }));
  expect(new Date(anniversary!.dueAt).toISOString()).toBe("2026-04-07T22:00:00.000Z");
  const [friday] = Object.values(until({ every: "FREQ=WEEKLY;BYDAY=FR" }));
  expect(new Date(friday!.dueAt).toISOString().slice(0, 10)).toBe("2026-03-06");
});

test("RC3: before its start date a step refuses to be done, before its exit date it refuses to be left", () => {
  const one = run({
    first: ask({ approved: "stop" }, { deadline: { after: { days: 30 }, start: "2026-03-10", exit: "2026-03-12" } }),
    stop: end(),
  });
  expect(
    one.send({ type: "complete", task: Object.keys(one.state.tasks)[0]!, outcome: "approved", by: "mia" }),
  ).toMatchObject({ ok: false, code: "too-early" });
  one.to(Date.UTC(2026, 2, 11));
  expect(one.complete("first", "approved")).toMatchObject({ ok: false, code: "too-early" });
  one.to(Date.UTC(2026, 2, 12));
  expect(one.complete("first", "approved")).toMatchObject({ ok: true });
});

test("RC4: hold, advance, advance flagged and escalate each do what they say when the time is up", () => {
  const at = (policy: string) => {
    const one = run({
      first: ask(
        { approved: "stop" },
        { deadline: { after: { days: 1 }, policy, ...(policy === "escalate" ? { escalation: "late" } : {}) } },
      ),
      stop: end(),
    });
    one.to(MONDAY + DAY + HOUR);
    replays(one);
    return one;
  };
  expect(at("hold").state).toMatchObject({ status: "open" });
  expect(at("advance").state).toMatchObject({ status: "closed" });
  const flagged = at("advance-flagged");
  expect(flagged.state).toMatchObject({
    status: "closed",
    machine: { context: { steps: { first: { flagged: true, outcome: "approved", by: null } } } },
  });
  expect(at("escalate").outcomes.at(-1)!.effects).toMatchObject([{ kind: "start-case", definition: { id: "late" } }]);
});

test("a record step sets case data, writes outside by effects, and releases; a notify step tells whom it finds", () => {
  const one = run(
    {
      first: {
        kind: "record",
        title: "Write",
        set: { level: 3, hired: { fact: "person.hireDate" } },
        write: [
          { to: "person.level", value: { fact: "case.level" } },
          { metric: "score", value: 4 },
          { record: "note", fields: { about: { fact: "subject.id" } } },
        ],
        release: ["level"],
        on: { done: "tell" },
      },
      tell: {
        kind: "notify",
        title: "News",
        to: [{ relation: "manager" }],
        message: "{{subject}} is at level {{case.level}}; hired {{case.hired}}.",
        on: { done: "stop" },
      },
      stop: end(),
    },
    { data: { level: { type: "number" }, hired: { type: "date" } } },
  );
  expect(one.state.status).toBe("closed");
  expect(one.outcomes[0]!.effects).toMatchObject([
    { kind: "write-person", person: "ana", field: "level", value: 3 },
    { kind: "write-observation", metric: "score", period: "2026-02", value: 4 },
    { kind: "write-record", type: "note", fields: { about: "ana" } },
    { kind: "release", fields: ["level"], person: "ana" },
  ]);
  expect(one.outcomes[0]!.messages).toMatchObject([
    { to: ["mia"], title: "News: Ana Ruiz", body: "Ana Ruiz is at level 3; hired 2024-01-08." },
  ]);
  replays(one);
});

test("F08: of two people who may take a task, one claims it, and the other is refused", () => {
  const one = run({
    first: ask({ approved: "stop" }, { actors: [{ relation: "manager" }, { role: "hr-partner" }], actor: undefined }),
    stop: end(),
  });
  const task = Object.keys(one.state.tasks)[0]!;
  expect(one.people).toEqual(["hana", "mia"]);
  expect(one.send({ type: "claim", task, by: "hana" })).toMatchObject({ ok: true });
  expect(one.send({ type: "claim", task, by: "mia" })).toMatchObject({ ok: false, code: "already-claimed" });
  expect(one.send({ type: "complete", task, outcome: "approved", by: "mia" })).toMatchObject({
    ok: false,
    code: "already-claimed",
  });
  expect(one.send({ type: "complete", task, outcome: "approved", by: "hana" })).toMatchObject({ ok: true });
  replays(one);
});

test("R16: a cycle in which nothing is waited for is an incident, and the process goes on", () => {
  const cycle = { kind: "notify", title: "Round", to: [{ relation: "subject" }], message: "…" };
  expect(() =>
    run({
      first: { ...cycle, on: { done: { to: "second", maxVisits: 1000 } } },
      second: { ...cycle, on: { done: { to: "first", maxVisits: 1000 } } },
    }),
  ).toThrow(/could not be started/);
});

test("cancelling closes every task and timer and tells the children", () => {
  const one = run({
    first: ask({ approved: "stop" }, { deadline: { after: { days: 1 }, policy: "escalate", escalation: "late" } }),
    stop: end(),
  });
  one.to(MONDAY + 2 * DAY);
  const cancelled = one.send({ type: "cancel", reason: "left the company", by: "hana" });
  expect(cancelled.ok && cancelled.effects).toMatchObject([{ kind: "signal-case", event: "cancel" }]);
  expect(one.state).toMatchObject({ status: "cancelled", tasks: {}, timers: {}, pending: [] });
  replays(one);
});

test("each guard is asked once and each transition stands once on the journal, also where the start waits for nothing", () => {
  const one = run(
    {
      first: {
        kind: "record",
        title: "Begin",
        set: { level: 1 },
        on: {
          done: [
            { to: "stop", when: { all: [{ fact: "case.level", operator: "greaterThan", value: 3 }] } },
            { to: "ask" },
          ],
        },
      },
      ask: ask({ approved: "stop" }),
      stop: end(),
    },
    { data: { level: { type: "number" } } },
  );
  expect(one.journal[0]).toMatchObject({ taken: [{ from: "first", to: "ask", event: "done" }] });
  expect(one.journal[0]!.tape.map((item) => [item.ask, item.key])).toEqual([
    ["value", "first.set"],
    ["verdict", "first.done.0"],
    ["people", "ask"],
  ]);
  one.complete("ask", "approved");
  expect(one.journal[1]).toMatchObject({ taken: [{ from: "ask", to: "stop", event: "approved" }], tape: [] });
});
