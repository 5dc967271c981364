import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, reviewForm } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, MONDAY, smallOrganisation, smallWorld } from "../../support/small-world.ts";

const end = (outcome = "done") => ({ kind: "end", title: "End", outcome });
const flow = (steps: object) =>
  documents(reviewForm, {
    kind: "workflow",
    schema: 1,
    id: "flow",
    title: "Flow",
    subject: "person",
    start: "first",
    data: { raters: { type: "people" } },
    steps,
  });
const run = (steps: object, raters: string[] = ["ben", "mia", "rolf", "dora", "hana"]) =>
  new RunningCase(flow(steps), "flow", smallWorld(), MONDAY, { data: { raters } });
const replays = (one: RunningCase) =>
  expect(canonical(replay(one.compiled, JSON.parse(JSON.stringify(one.journal))))).toBe(canonical(one.state));
const answer = (one: RunningCase, person: string, outcome = "submitted", answers: object = { rating: 4 }) => {
  const task = Object.values(one.state.tasks).find((other) => other.member === person);
  return one.send({ type: "complete", task: task?.id ?? "none", outcome, answers: answers as never, by: person });
};
const raters = (more: object = {}) => ({
  first: {
    kind: "form",
    title: "Rate",
    form: "review",
    each: { of: { fact: "case.raters" }, as: "rater" },
    deadline: { after: { days: 9 } },
    on: { submitted: "stop", done: "stop", due: "late" },
    ...more,
  },
  stop: {
    kind: "end",
    title: "End",
    outcome: "done",
    result: { mean: { fact: "step.first.mean.rating" }, answered: { fact: "step.first.answered" } },
  },
  late: end("late"),
});

test("F10: three of five answers are enough, and the other two tasks and the timer are cancelled", () => {
  const one = run(raters({ join: { atLeast: 3 } }));
  expect(one.people).toEqual(["ben", "dora", "hana", "mia", "rolf"]);
  answer(one, "ben", "submitted", { rating: 2 });
  answer(one, "mia", "submitted", { rating: 3 });
  expect(one.state.status).toBe("open");
  expect(answer(one, "ben")).toMatchObject({ ok: false, code: "no-such-task" });
  const last = answer(one, "dora", "submitted", { rating: 4 });
  expect(one.state).toMatchObject({ status: "closed", tasks: {}, timers: {}, result: { mean: 3, answered: 3 } });
  expect(last.ok && last.tasks.map((change) => change.what).sort()).toEqual(["cancelled", "cancelled", "done"]);
  replays(one);
});

test("all must answer where nothing else is said, and those who did not are late when the time is up", () => {
  const all = run(raters(), ["ben", "mia"]);
  answer(all, "mia");
  answer(all, "ben");
  expect(all.state).toMatchObject({ status: "closed", outcome: "done" });
  const late = run(raters(), ["ben", "mia"]);
  answer(late, "mia");
  late.to(MONDAY + 10 * DAY);
  expect(late.state).toMatchObject({ status: "closed", outcome: "late", tasks: {} });
  replays(late);
});

test("one refusal is a veto where the join's rules say so", () => {
  const steps = {
    first: {
      kind: "approval",
      title: "Access",
      each: {
        of: [{ relation: "manager" }, { role: "hr-partner" }, { unitRole: "head", level: "region" }],
        as: "approver",
      },
      outcomes: ["approved", "refused"],
      join: [
        { count: "refused", atLeast: 1, emit: "refused" },
        { count: "approved", atLeast: "all", emit: "approved" },
      ],
      on: { approved: "good", refused: "bad" },
    },
    good: end("good"),
    bad: end("bad"),
  };
  const granted = run(steps);
  for (const person of ["mia", "hana", "rolf"]) answer(granted, person, "approved", {});
  expect(granted.state).toMatchObject({ status: "closed", outcome: "good" });
  const vetoed = run(steps);
  answer(vetoed, "rolf", "refused", {});
  expect(vetoed.state).toMatchObject({ status: "closed", outcome: "bad", tasks: {} });
  replays(vetoed);
});

test("people who are excepted are not asked, and nobody at all blocks until somebody is found", () => {
  const one = run(
    raters({
      each: { of: { fact: "case.raters" }, as: "rater", except: [{ relation: "manager" }, { relation: "subject" }] },
    }),
    ["ana", "mia", "ben"],
  );
  expect(one.people).toEqual(["ben"]);
  const nobody = run({
    first: {
      kind: "approval",
      title: "Ask",
      each: { of: { relation: "reports" }, as: "report" },
      on: { done: "stop", approved: "stop" },
    },
    stop: end(),
  });
  expect(nobody.state).toMatchObject({ status: "blocked", blocks: [{ code: "no-actor" }] });
  nobody.send({ type: "retry", reason: "again", by: "hana" });
  expect(nobody.state.status).toBe("blocked");
  const organisation = smallOrganisation();
  nobody.world = smallWorld(
    {},
    {},
    {
      ...organisation,
      assignments: organisation.assignments.map((line) => (line.person === "ben" ? { ...line, manager: "ana" } : line)),
    },
  );
  nobody.send({ type: "retry", reason: "ben reports to ana now", by: "hana" });
  expect(nobody.people).toEqual(["ben"]);
  replays(nobody);
});

test("a subflow for each starts a child a person, and the children that are left over are told to end", () => {
  const steps = {
    first: {
      kind: "subflow",
      title: "Each",
      workflow: "rate",
      each: { of: { fact: "case.raters" }, as: "rater" },
      join: { atLeast: 2 },
      on: { done: "stop", rated: "stop" },
    },
    stop: end(),
  };
  const one = run(steps, ["ben", "mia", "rolf"]);
  const children = one.outcomes[0]!.effects;
  expect(children).toMatchObject([
    { kind: "start-case", with: { rater: "ben" } },
    { with: { rater: "mia" } },
    { with: { rater: "rolf" } },
  ]);
  one.send({ type: "answer", effect: children[0]!.id, outcome: "rated" });
  expect(one.state.pending).toHaveLength(2);
  const last = one.send({ type: "answer", effect: children[2]!.id, outcome: "rated" });
  expect(one.state).toMatchObject({ status: "closed", pending: [] });
  expect(last.ok && last.effects).toMatchObject([{ kind: "signal-case", child: children[1]!.id, event: "cancel" }]);
  replays(one);
});

test("F03: going back with history returns to the exact nested configuration that was left, in both branches", () => {
  const ask = (on: object) => ({
    kind: "approval",
    title: "Ask",
    actor: { relation: "manager" },
    outcomes: Object.keys(on),
    on,
  });
  const steps = {
    first: {
      kind: "group",
      title: "Work",
      start: "both",
      steps: {
        both: {
          kind: "parallel",
          title: "Both",
          branches: {
            a: { start: "a1", steps: { a1: ask({ next: "a2" }), a2: ask({ next: "a3" }), a3: end() } },
            b: { start: "b1", steps: { b1: ask({ next: "b2" }), b2: ask({ next: "b3" }), b3: end() } },
          },
          on: { done: "worked" },
        },
        worked: end(),
      },
      on: { done: "stop", paused: "pause" },
    },
    pause: ask({ back: { to: "first", history: true } }),
    stop: end(),
  };
  const one = run(steps);
  one.complete("a1", "next");
  one.send({ type: "event", event: "paused", by: "hana" });
  expect(one.steps).toEqual(["pause"]);
  one.complete("pause", "back");
  expect(one.steps.filter((step) => /^[ab]\d$/.test(step)).sort()).toEqual(["a2", "b1"]);
  one.complete("b1", "next");
  one.complete("b2", "next");
  one.complete("a2", "next");
  expect(one.state).toMatchObject({ status: "closed", outcome: "done" });
  replays(one);
});
