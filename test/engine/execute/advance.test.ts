import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const all = () => documents(reviewForm, outlierRules, reviewWorkflow, lateReview);
const review = (attainment?: number) =>
  new RunningCase(
    all(),
    "annual-review",
    smallWorld(attainment === undefined ? {} : { "metric:sales": { attainment, asOf: "2026-02-28" } }),
    MONDAY,
  );

test("RC1: a cycle visits its steps only in drawn order, and an event that is not drawn changes nothing", () => {
  const run = review(0.7);
  expect(run.steps).toEqual(["self-review"]);
  expect(run.people).toEqual(["ana"]);
  const before = run.state;
  const refused = run.send({ type: "event", event: "approved", by: "ana" });
  expect(refused).toMatchObject({
    ok: false,
    code: "not-possible",
    possible: [{ event: "submitted", step: "self-review" }],
  });
  expect(run.state).toBe(before);
  expect(
    run.send({ type: "complete", task: Object.keys(run.state.tasks)[0]!, outcome: "submitted", by: "ben" }),
  ).toMatchObject({ ok: false, code: "not-yours" });

  run.complete("self-review", "submitted", { rating: 4 });
  expect(run.people).toEqual(["mia"]);
  run.complete("manager-review", "submitted", { rating: 5 });
  expect(run.steps).toEqual(["both", "hr-look", "skip-look"]);
  expect(run.people).toEqual(["hana", "rolf"]);
  run.complete("skip-look", "approved");
  expect(run.people).toEqual(["hana"]);
  run.complete("hr-look", "approved");
  expect(run.steps).toEqual(["rest"]);
  run.to(MONDAY + 2 * DAY + HOUR);
  expect(run.steps).toEqual(["sign-off"]);
  run.complete("sign-off", "acknowledged");
  expect(run.state).toMatchObject({
    status: "closed",
    outcome: "completed",
    result: { rating: 5 },
    tasks: {},
    timers: {},
  });
  expect(run.send({ type: "event", event: "again", by: null })).toMatchObject({ ok: false, code: "closed" });
});

test("a decision that nothing stops goes on at once, and one whose facts are missing takes its own way", () => {
  const good = review(1.1);
  good.complete("self-review", "submitted", { rating: 4 });
  good.complete("manager-review", "submitted", { rating: 5 });
  expect(good.steps).toEqual(["sign-off"]);
  const unknown = review();
  unknown.complete("self-review", "submitted", { rating: 4 });
  unknown.complete("manager-review", "submitted", { rating: 5 });
  expect(unknown.steps).toEqual(["both", "hr-look", "skip-look"]);
  const decision = unknown.journal.at(-1)!.tape.find((item) => item.ask === "decision");
  expect(decision).toMatchObject({ key: "outlier", answer: { outcome: "not-evaluated" } });
});

test("a loop through people ends visibly when its bound is reached", () => {
  const run = review(1.1);
  run.complete("self-review", "submitted", { rating: 4 });
  for (let round = 0; round < 2; round++) {
    run.complete("manager-review", "submitted", { rating: 4 });
    run.complete("sign-off", "disputed");
  }
  expect(run.state.status).toBe("blocked");
  expect(run.state.blocks).toMatchObject([{ step: "sign-off", code: "too-many-visits" }]);
});

test("RC10: a step for which nobody is found blocks the case at once and is never skipped", () => {
  const run = new RunningCase(all(), "annual-review", smallWorld({ "metric:sales": { attainment: 1 } }), MONDAY, {
    subject: { kind: "person", id: "lone" },
  });
  run.complete("self-review", "submitted", { rating: 3 });
  expect(run.state).toMatchObject({ status: "blocked", tasks: {} });
  expect(run.state.blocks).toMatchObject([{ step: "manager-review", code: "no-actor" }]);
  const organisation = run.world.directory.data;
  const lone = organisation.assignments.find((assignment) => assignment.person === "lone")!;
  run.world = {
    ...smallWorld({ "metric:sales": { attainment: 1 } }, run.world.parameters, {
      ...organisation,
      assignments: [...organisation.assignments.filter((one) => one !== lone), { ...lone, manager: "dora" }],
    }),
  };
  expect(run.send({ type: "retry", reason: "a manager was found", by: "hana" })).toMatchObject({ ok: true });
  expect(run.state.status).toBe("open");
  expect(run.people).toEqual(["dora"]);
});

test("a deadline in working days passes over the weekend, marks the task and starts its ladder once", () => {
  const run = review(1);
  const [timer] = Object.values(run.state.timers);
  expect(new Date(timer!.dueAt).toISOString()).toBe("2026-03-09T08:00:00.000Z");
  run.to(timer!.dueAt + HOUR);
  const fired = run.outcomes.at(-1)!;
  expect(fired.entry).toMatchObject({ dueAt: timer!.dueAt, late: false });
  expect(fired.effects).toMatchObject([
    {
      kind: "start-case",
      definition: { kind: "escalation", id: "late-review" },
      with: { assignees: ["ana"], step: "self-review" },
    },
  ]);
  expect(Object.values(run.state.tasks)[0]).toMatchObject({ overdue: true });
  const done = run.complete("self-review", "submitted", { rating: 3 });
  expect(done.ok && done.effects).toMatchObject([
    { kind: "signal-case", child: fired.effects[0]!.id, event: "resolved" },
  ]);
});

test("the journal alone gives the stored state, without facts, rules or people", () => {
  const run = review(0.7);
  run.complete("self-review", "submitted", { rating: 4 });
  run.complete("manager-review", "submitted", { rating: 5 });
  run.complete("hr-look", "approved");
  run.complete("skip-look", "approved");
  run.to(MONDAY + 3 * DAY);
  for (let length = 1; length <= run.journal.length; length++) {
    const entries = JSON.parse(JSON.stringify(run.journal.slice(0, length)));
    expect(canonical(replay(run.compiled, entries))).toBe(canonical(run.outcomes[length - 1]!.state));
  }
});

test("an admin who tries again after a loop was used up lets the person choose once more", () => {
  const run = review(1.1);
  run.complete("self-review", "submitted", { rating: 4 });
  for (let round = 0; round < 2; round++) {
    run.complete("manager-review", "submitted", { rating: 4 });
    run.complete("sign-off", "disputed");
  }
  run.send({ type: "retry", reason: "talked it over", by: "hana" });
  expect(run.state.status).toBe("open");
  run.complete("sign-off", "acknowledged");
  expect(run.state).toMatchObject({ status: "closed", outcome: "completed" });
});

test("ES8: a threshold changed for open cases at once counts time anew from when it was armed, on the journal", () => {
  const run = review(1);
  const [before] = Object.values(run.state.timers);
  run.to(MONDAY + 2 * DAY);
  expect(run.send({ type: "rearm", reason: "nothing changed", by: "hana" })).toMatchObject({
    ok: false,
    code: "not-possible",
  });
  run.world = { ...run.world, parameters: { ...run.world.parameters, selfDays: 3 } };
  const told = run.send({ type: "rearm", reason: "reviews are due earlier", by: "hana" });
  const [after] = Object.values(run.state.timers);
  expect(new Date(after!.dueAt).toISOString()).toBe("2026-03-05T08:00:00.000Z");
  expect(after).toMatchObject({ generation: before!.generation + 1, armedAt: MONDAY });
  expect(told.ok && told.timers.cancelled).toEqual([{ id: before!.id, generation: before!.generation }]);
  expect(Object.values(run.state.tasks)[0]).toMatchObject({ dueAt: after!.dueAt });
  expect(canonical(replay(run.compiled, JSON.parse(JSON.stringify(run.journal))))).toBe(canonical(run.state));
});
