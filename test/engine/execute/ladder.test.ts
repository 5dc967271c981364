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

const tiered = {
  ...lateReview,
  id: "kpi-breach",
  subject: "unit",
  repeat: undefined,
  parameters: {
    breach: { title: "Breach", type: "number", default: -0.1 },
    severeBreach: { title: "Severe breach", type: "number", default: -0.25 },
  },
  trigger: {
    metric: "sales",
    rule: "rating-outlier",
    tiers: [
      { below: { parameter: "breach" }, startAt: "region" },
      { below: { parameter: "severeBreach" }, startAt: "global" },
    ],
  },
  levels: [
    { id: "team", title: "Team", after: { hours: 0 }, notify: [{ unitRole: "head", level: "team" }] },
    { id: "region", title: "Region", after: { days: 2 }, notify: [{ unitRole: "head", level: "region" }] },
    { id: "global", title: "Global", after: { days: 5 }, notify: [{ unitRole: "head", level: "company" }] },
  ],
};
const breach = (value: number, parameters: Record<string, number> = {}) =>
  new RunningCase(documents(tiered), "kpi-breach", smallWorld({}, parameters), MONDAY, {
    subject: { kind: "unit", id: "team-1" },
    trigger: { value },
  });
const worse = (run: RunningCase, value: number) =>
  run.send({ type: "event", event: "breached", data: { value }, by: null });
const replays = (run: RunningCase) =>
  expect(canonical(replay(run.compiled, JSON.parse(JSON.stringify(run.journal))))).toBe(canonical(run.state));

test("ES11: -10 % opens the regional level, -25 % the global one at once, less neither; both are an admin's to change", () => {
  expect([breach(-0.05).people, breach(-0.1).people, breach(-0.24).people]).toEqual([["mia"], ["rolf"], ["rolf"]]);
  const severe = breach(-0.25);
  expect(severe.people).toEqual(["dora"]);
  expect(severe.now).toBe(MONDAY);
  expect(breach(-0.25, { severeBreach: -0.4 }).people).toEqual(["rolf"]);
  expect(breach(-0.05, { breach: -0.05 }).people).toEqual(["rolf"]);
});

test("ES11: an open breach that gets worse jumps up to its tier's level, once, and never down", () => {
  const run = breach(-0.05);
  expect(worse(run, -0.06).ok).toBe(false);
  expect(worse(run, -0.3).ok).toBe(true);
  expect(run.people).toEqual(["dora"]);
  expect(worse(run, -0.5).ok).toBe(false);
  expect(worse(run, -0.12).ok).toBe(false);
  run.to(day(30));
  // Whoever was jumped over is not asked later.
  expect(run.journal.flatMap(({ taken }) => taken.map(({ to }) => to))).toEqual(["team", "global"]);
  replays(run);
});

test("ES11: also one that somebody has taken on jumps up when it gets severe", () => {
  const run = breach(-0.12);
  run.complete("region", "acknowledged");
  expect(run.people).toEqual(["rolf"]);
  expect(worse(run, -0.26).ok).toBe(true);
  expect(run.people).toEqual(["dora"]);
  replays(run);
});

test("ES5: a late start fires the highest level reached, once, and lists the rest with when they would have fired", () => {
  const late = { ...lateReview, repeat: undefined, clocks: { main: { from: { fact: "trigger.since" } } } };
  const levels = lateReview.levels.map((level) => ({ ...level, clock: "main" }));
  const run = ladder({ ...late, levels }, { trigger: { assignees: ["ana"], since: "2026-02-20T09:00:00+01:00" } });
  expect(run.people).toEqual(["rolf"]);
  const [begun] = run.outcomes;
  expect(begun!.messages).toHaveLength(1);
  expect(begun!.messages[0]!.body).toContain("Would have fired before: Reviewer (20 February 2026");
  const skipped = begun!.entry.tape.find(({ key }) => key === "region.skipped")?.answer;
  expect(skipped).toEqual([
    { level: "reviewer", title: "Reviewer", at: Date.UTC(2026, 1, 20, 8) },
    { level: "manager", title: "Their manager", at: Date.UTC(2026, 1, 24, 8) },
  ]);
  run.to(day(30));
  expect(run.outcomes.flatMap(({ messages }) => messages)).toHaveLength(1);
  replays(run);
});

test("ES11: the tier of a breach comes before how late it is told, and nothing counts as passed over", () => {
  const run = breach(-0.25);
  expect(run.outcomes[0]!.messages[0]!.body).not.toContain("Would have fired");
  replays(run);
});

test("ES2: acknowledged on day 1 and not resolved on day 15, the resolve clock fires; resolving ends both", () => {
  const two = {
    ...lateReview,
    repeat: undefined,
    clocks: { acknowledge: {}, resolve: { from: { fact: "trigger.since" } } },
    levels: [
      { id: "lead", title: "Lead", clock: "acknowledge", after: { hours: 0 }, notify: [{ relation: "manager" }] },
      { id: "head", title: "Head", clock: "acknowledge", after: { days: 2 }, notify: [{ relation: "skip-manager" }] },
      {
        id: "region",
        title: "Region",
        clock: "resolve",
        after: { days: 15 },
        notify: [{ unitRole: "head", level: "company" }],
      },
    ],
  };
  const run = ladder(two, { trigger: { assignees: ["ana"], since: MONDAY } });
  run.to(day(1));
  run.complete("lead", "acknowledged");
  run.to(day(15) - 1);
  expect(run.people).toEqual(["mia"]);
  run.to(day(15));
  expect(run.people).toEqual(["dora", "mia"]);
  run.complete("region", "resolved");
  expect(run.state).toMatchObject({ status: "closed", outcome: "resolved", timers: {}, tasks: {} });
  replays(run);
});

test("F07: one ladder of n levels: each fires once, and completing the task cancels the rest", () => {
  const levels = Array.from({ length: 6 }, (_, n) => ({
    id: `level-${n}`,
    title: `Level ${n}`,
    after: { days: n },
    notify: [{ role: "hr-partner" }],
  }));
  const run = ladder({ ...lateReview, repeat: undefined, levels });
  run.to(day(3));
  const fired = run.journal.flatMap(({ taken }) => taken.map(({ to }) => to));
  expect(fired).toEqual(["level-0", "level-1", "level-2", "level-3"]);
  run.send({ type: "event", event: "resolved", by: null });
  run.to(day(30));
  expect(run.state).toMatchObject({ status: "closed", timers: {}, tasks: {} });
  expect(run.journal.flatMap(({ taken }) => taken.map(({ to }) => to)).filter((to) => to === "level-4")).toEqual([]);
  replays(run);
});
