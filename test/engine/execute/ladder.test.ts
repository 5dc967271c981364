import { expect, test } from "vitest";
import { replay } from "#engine/execute/replay.ts";
import { canonical } from "#engine/words/json.ts";
import { documents, lateReview } from "../../support/review.ts";
import { RunningCase } from "../../support/run-case.ts";
import { DAY, HOUR, MONDAY, smallWorld } from "../../support/small-world.ts";

const ladder = (document: object = lateReview, more: object = {}) =>
  new RunningCase(documents(document), "late-review", smallWorld(), MONDAY, {
    trigger: { assignees: ["ana"] },
    ...more,
  });
const day = (n: number) => MONDAY + n * DAY;

test("ES1: at every tick exactly the right people of the ladder have an open task, and after the last round the fallback has it", () => {
  const run = ladder();
  const seen: [string, string[]][] = [];
  for (let at = MONDAY; at <= day(40); at += HOUR) {
    run.to(at);
    const people = run.people;
    if (seen.at(-1)?.[1].join() !== people.join()) seen.push([new Date(at).toISOString().slice(0, 13), people]);
  }
  // Working days from Monday 2 March 09:00: +2 = Wednesday 4, +5 = Monday 9, the round again +3 = Thursday 12, and so on.
  expect(seen).toEqual([
    ["2026-03-02T08", ["ana"]],
    ["2026-03-04T08", ["mia"]],
    ["2026-03-09T08", ["rolf"]],
    ["2026-03-12T08", ["ana"]],
    ["2026-03-16T08", ["mia"]],
    ["2026-03-19T08", ["rolf"]],
    ["2026-03-24T08", ["hana"]],
  ]);
  expect(run.state.status).toBe("open");
});

test("acknowledging stops the climb and leaves the task with who took it on; resolving ends the ladder", () => {
  const run = ladder();
  run.to(day(2));
  run.complete("manager", "acknowledged");
  expect(run.people).toEqual(["mia"]);
  run.to(day(30));
  expect(run.people).toEqual(["mia"]);
  run.complete("owned", "resolved");
  expect(run.state).toMatchObject({ status: "closed", outcome: "resolved", timers: {}, tasks: {} });
});

test("an outside word that it is resolved ends the ladder wherever it stands", () => {
  const run = ladder();
  run.to(day(2));
  expect(run.send({ type: "event", event: "resolved", by: null })).toMatchObject({ ok: true });
  expect(run.state).toMatchObject({ status: "closed", outcome: "resolved" });
  expect(canonical(replay(run.compiled, run.journal))).toBe(canonical(run.state));
});

test("a level that finds nobody gives its turn to the next at once", () => {
  const run = ladder(lateReview, { trigger: { assignees: [] } });
  expect(run.people).toEqual(["mia"]);
  expect(run.state.status).toBe("open");
});

test("ES2: after acknowledging, the resolve clock goes on and fires its own level, and resolving cancels both", () => {
  const run = ladder(
    {
      ...lateReview,
      repeat: undefined,
      clocks: { acknowledge: {}, resolve: { from: { fact: "trigger.since" } } },
      levels: [
        {
          id: "reviewer",
          title: "Reviewer",
          clock: "acknowledge",
          after: { hours: 0 },
          notify: [{ fact: "trigger.assignees" }],
        },
        {
          id: "manager",
          title: "Manager",
          clock: "acknowledge",
          after: { workingDays: 2 },
          notify: [{ relation: "manager" }],
        },
        {
          id: "doorstep",
          title: "Doorstep",
          clock: "resolve",
          after: { days: 15 },
          notify: [{ unitRole: "head", level: "region" }],
        },
      ],
    },
    { trigger: { assignees: ["ana"], since: "2026-03-02" } },
  );
  run.to(day(1));
  run.complete("reviewer", "acknowledged");
  expect(run.people).toEqual(["ana"]);
  run.to(Date.UTC(2026, 2, 16, 22, 59));
  expect(run.people).toEqual(["ana"]);
  run.to(Date.UTC(2026, 2, 16, 23, 0));
  expect(run.people).toEqual(["ana", "rolf"]);
  run.complete("doorstep", "resolved");
  expect(run.state).toMatchObject({ status: "closed", outcome: "resolved", timers: {}, tasks: {} });
});

test("ES11: a bigger breach starts higher, the level's own wait rebased to nothing, by thresholds an admin may edit", () => {
  const breach = (value: number, thresholds: Record<string, number> = {}) => {
    const document = {
      ...lateReview,
      repeat: undefined,
      parameters: {
        breach: { title: "Breach", type: "percent", default: -0.1 },
        severe: { title: "Severe", type: "percent", default: -0.25 },
      },
      trigger: {
        metric: "sales",
        rule: "sales-breach",
        tiers: [
          { below: { parameter: "breach" }, startAt: "manager" },
          { below: { parameter: "severe" }, startAt: "region" },
        ],
      },
    };
    return new RunningCase(documents(document), "late-review", smallWorld({}, thresholds), MONDAY, {
      trigger: { value, assignees: ["ana"] },
    });
  };
  expect(breach(-0.05).people).toEqual(["ana"]);
  expect(breach(-0.1).people).toEqual(["mia"]);
  expect(breach(-0.25).people).toEqual(["rolf"]);
  expect(breach(-0.12, { breach: -0.15 }).people).toEqual(["ana"]);
  const run = breach(-0.1);
  run.to(day(3));
  expect(run.people).toEqual(["rolf"]);
});

test("a late start fires the highest level that was reached, once", () => {
  const run = ladder(
    {
      ...lateReview,
      clocks: { only: { from: { fact: "trigger.since" } } },
      levels: lateReview.levels.map((level) => ({ ...level, clock: "only" })),
    },
    { trigger: { assignees: ["ana"], since: "2026-02-26" } },
  );
  expect(run.people).toEqual(["mia"]);
});
