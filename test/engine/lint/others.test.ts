import { describe, expect, it } from "vitest";
import { found, lintOf } from "./documents.ts";

const head = (kind: string) => ({ kind, schema: 1, id: "it", title: "It" });
const level = (id: string, more: object = {}) => ({
  id,
  title: id,
  after: { hours: 0 },
  notify: [{ relation: "manager" }],
  ...more,
});
const ladder = (levels: unknown[], more: object = {}) => ({
  ...head("escalation"),
  subject: "person",
  levels,
  fallback: { role: "hr-admin" },
  ...more,
});
const form = (sections: unknown[]) => ({ ...head("form"), sections });
const section = (id: string, weight?: string, questions: unknown[] = []) => ({ id, title: id, weight, questions });
const component = (id: string, weight: unknown) => ({
  id,
  title: id,
  weight,
  measure: "sales",
  curve: {
    kind: "linear",
    points: [
      ["0", "0"],
      ["1", "1"],
    ],
  },
});
const plan = (components: unknown[]) => ({
  ...head("plan"),
  currency: "USD",
  period: "quarter",
  basis: "attainment",
  targetIncentive: { amount: "1000" },
  components,
});
const sheet = (parameter: object) => ({ ...head("parameters"), values: { days: { title: "Days", ...parameter } } });

describe("ladders", () => {
  it.each<[string, unknown, string[]]>([
    ["a good ladder", ladder([level("a"), level("b", { after: { workingDays: 1 } })]), []],
    [
      "levels in the wrong order",
      ladder([level("a", { after: { days: 2 } }), level("b", { after: { hours: 3 } })]),
      ["level-order /levels/1/after"],
    ],
    ["levels of different clocks", ladder([level("a", { after: { days: 2 } }), level("b", { clock: "resolve" })]), []],
    [
      "order through parameters",
      ladder([level("a", { after: { days: 20 } }), level("b", { after: { parameter: "resolveDays" } })], {
        uses: ["care"],
      }),
      ["level-order /levels/1/after"],
    ],
    ["an unknown clock", ladder([level("a", { clock: "resolv" })]), ["unknown-clock /levels/0/clock"]],
    ["a level that tells nobody", ladder([level("a", { notify: [] })]), ["silent-level /levels/0"]],
    ["no fallback", ladder([level("a")], { fallback: undefined }), ["no-fallback "]],
    ["a level twice", ladder([level("a"), level("a")]), ["duplicate-id /levels/1"]],
    [
      "a tier that starts nowhere",
      ladder([level("a")], { trigger: { metric: "sales", rule: "outlier", tiers: [{ below: -0.1, startAt: "b" }] } }),
      ["unknown-level /trigger/tiers/0/startAt"],
    ],
    [
      "a worse breach that starts lower",
      ladder([level("a"), level("b")], {
        trigger: {
          metric: "sales",
          rule: "outlier",
          tiers: [
            { below: -0.1, startAt: "b" },
            { below: -0.3, startAt: "a" },
          ],
        },
      }),
      ["tier-order /trigger/tiers/1"],
    ],
    [
      "a tier without a bound",
      ladder([level("a")], { trigger: { metric: "sales", rule: "outlier", tiers: [{ startAt: "a" }] } }),
      ["tier-bound /trigger/tiers/0"],
    ],
    [
      "unknown metric and rule",
      ladder([level("a")], { trigger: { metric: "sale", rule: "outlyer" } }),
      ["unknown-reference /trigger/metric", "unknown-reference /trigger/rule"],
    ],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("takes no id that one of several clocks takes", () => {
    const clocks = { acknowledge: {}, resolve: {} };
    const two = [level("acknowledge-owned", { clock: "acknowledge" }), level("far", { clock: "resolve" })];
    expect(found(ladder(two, { clocks }))).toEqual(["reserved-id /levels/0/id"]);
    expect(found(ladder([level("acknowledge-owned", { clock: "acknowledge" })], { clocks }))).toEqual([]);
  });

  it.each<[string, object, string[]]>([
    ["a clock that pauses, goes on and stops", { pause: ["waiting"], resume: ["answered"], stop: ["gone"] }, []],
    ["goes on, and nothing pauses it", { resume: ["answered"] }, ["resume-unused /clocks/resolve/resume"]],
    ["paused and stopped by one event", { pause: ["x"], stop: ["x"] }, ["clock-events /clocks/resolve/stop"]],
    [
      "a pause by an unfinished condition",
      { pause: [{ all: [{ fact: "case.x", operator: "equalz", value: 1 }] }] },
      ["unknown-operator /clocks/resolve/pause/0/all/0/operator"],
    ],
  ])("clocks: %s", (_name, clock, expected) => {
    const source = ladder([level("a", { clock: "resolve" })], { clocks: { resolve: clock } });
    expect(found(source)).toEqual(expected);
  });
});

describe("forms and plans", () => {
  it.each<[string, unknown, string[]]>([
    ["sections that sum to 1", form([section("a", "0.6"), section("b", "0.4")]), []],
    ["sections without weights", form([section("a"), section("b")]), []],
    ["sections that sum to less", form([section("a", "0.6"), section("b", "0.3")]), ["weights /sections"]],
    ["a section without a weight among others", form([section("a", "1"), section("b")]), ["weight-missing /sections"]],
    ["a weight below 0", form([section("a", "1.5"), section("b", "-0.5")]), ["negative-weight /sections"]],
    [
      "questions that sum to more",
      form([
        section("a", undefined, [
          { id: "x", type: "text", title: "X", weight: "0.7" },
          { id: "y", type: "text", title: "Y", weight: "0.7" },
        ]),
      ]),
      ["weights /sections/0/questions"],
    ],
    [
      "a question twice",
      form([
        section("a", undefined, [{ id: "x", type: "text", title: "X" }]),
        section("b", undefined, [{ id: "x", type: "text", title: "X" }]),
      ]),
      ["duplicate-id /sections/1/questions/0"],
    ],
    [
      "an answer that is not asked",
      form([
        section("a", undefined, [
          { id: "x", type: "text", title: "X", showWhen: { all: [{ fact: "answer.y", operator: "equal", value: 1 }] } },
        ]),
      ]),
      ["unknown-fact /sections/0/questions/0/showWhen/all/0/fact"],
    ],
    [
      "an unknown metric shown",
      form([section("a", undefined, [{ id: "x", type: "text", title: "X", shows: { metric: "sale" } }])]),
      ["unknown-reference /sections/0/questions/0/shows/metric"],
    ],
    ["components that sum to 1", plan([component("a", "0.7"), component("b", "0.3")]), []],
    ["components that sum to less", plan([component("a", "0.7"), component("b", "0.2")]), ["weights-sum /components"]],
    [
      "an unknown measure",
      plan([{ ...component("a", "1"), measure: "sale" }]),
      ["unknown-reference /components/0/measure"],
    ],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("guesses that weights were meant in percent", () => {
    expect(lintOf(form([section("a", "60"), section("b", "40")]))[0]?.hint).toContain("not percent");
  });
});

describe("parameters", () => {
  it.each<[string, unknown, string[]]>([
    ["within bounds", sheet({ type: "days", default: 5, min: 1, max: 10 }), []],
    [
      "default below the minimum",
      sheet({ type: "days", default: 0, min: 1 }),
      ["parameter-default /values/days/default"],
    ],
    [
      "default above the maximum",
      sheet({ type: "percent", default: "0.9", max: 0.5 }),
      ["parameter-default /values/days/default"],
    ],
    ["default of the wrong type", sheet({ type: "integer", default: 1.5 }), ["parameter-default /values/days/default"]],
    [
      "choice that is not offered",
      sheet({ type: "choice", default: "c", of: ["a", "b"] }),
      ["parameter-default /values/days/default"],
    ],
    [
      "date that does not exist",
      sheet({ type: "date", default: "2026-02-30" }),
      ["parameter-default /values/days/default"],
    ],
    [
      "bounds that exclude everything",
      sheet({ type: "number", default: 5, min: 10, max: 1 }),
      ["empty-bounds /values/days"],
    ],
    ["text", sheet({ type: "text", default: "yes" }), []],
    ["boolean as text", sheet({ type: "boolean", default: "yes" }), ["parameter-default /values/days/default"]],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });
});

describe("time", () => {
  const cadence = (more: object) => ({ ...head("cadence"), starts: { workflow: "none" }, ...more });
  it("refuses a calendar rule that is not one", () => {
    expect(found(cadence({ every: "FREQ=MONTHLY;BYMONTHDAY=1" }))).toEqual(["unknown-reference /starts/workflow"]);
    const issues = lintOf(cadence({ every: "monthly" }));
    expect(issues.some((issue) => issue.path === "/every" && issue.severity === "error")).toBe(true);
  });

  it("refuses a calendar in a zone that does not exist, or without working time", () => {
    const codes = found({ ...head("calendar"), timeZone: "Europe/Atlantis", week: {} });
    expect(codes).toEqual(["unknown-time-zone /timeZone", "no-working-time /week"]);
  });

  it("refuses a baseline that would never exist", () => {
    const metric = {
      ...head("metric"),
      unit: "count",
      scale: 0,
      direction: "higher",
      grain: "month",
      aggregate: "sum",
    };
    expect(found({ ...metric, baseline: { periods: 6, minimum: 12 } })).toEqual(["group-minimum /baseline/minimum"]);
    expect(found({ ...metric, baseline: { periods: 12, minimum: 6 } })).toEqual([]);
  });
});
