import { describe, expect, it } from "vitest";
import { proposeTests } from "#engine/rules/analyse/propose-tests.ts";
import { coverageOf } from "#engine/rules/coverage.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";
import { runRulesetTests } from "#engine/rules/ruleset-tests.ts";

const below = (value: number) => ({ all: [{ fact: "attainment", operator: "lessThan", value }] });
const rules: RulesetBody["rules"] = [
  { name: "plan", priority: 2, conditions: below(0.8), event: { type: "mitigate", params: { level: 2 } } },
  { name: "watch", conditions: below(0.9), event: { type: "watch" } },
];
const test = (title: string, attainment: number | null, event: string, params?: { level: number }) => ({
  title,
  facts: (attainment === null ? {} : { attainment }) as Record<string, number>,
  expect: { event, ...(params && { params }) },
});
const table: RulesetBody["table"] = {
  hitPolicy: "first",
  columns: [{ fact: "attainment", type: "percent" }],
  outputs: [{ name: "rate" }],
  rows: [
    { cells: [">= 100%"], out: [2] },
    { cells: [">= 80%"], out: [1] },
    { cells: ["< 50%"], out: [0] },
  ],
  default: [0.5],
};

describe("the tests of a rule set", () => {
  it("F76: are run, and a red one says what it expected and what it got", () => {
    const tests = [
      test("low", 0.7, "mitigate", { level: 1 }),
      test("fine", 0.95, "watch"),
      test("good", 0.85, "watch"),
    ];
    expect(runRulesetTests({ rules, tests })?.map(({ green, problems }) => [green, problems])).toEqual([
      [false, ['The test "low" expects level 1 and got 2.']],
      [false, ['The test "fine" expects "watch" and got "otherwise".']],
      [true, []],
    ]);
    expect(
      runRulesetTests({ rules: [{ conditions: { condition: "nobody" }, event: { type: "x" } }], tests }),
    ).toBeUndefined();
  });

  it("F77: reach some rules and not others; a rule that held behind a stronger one was not reached", () => {
    const coverage = coverageOf({
      rules,
      tests: [test("low", 0.7, "mitigate"), test("none", 1, "otherwise"), test("unknown", null, "not-evaluated")],
    });
    expect(coverage).toMatchObject({
      kind: "rules",
      reached: 1,
      total: 2,
      share: 0.5,
      otherwise: [1],
      notEvaluated: [2],
    });
    expect(coverage?.parts).toEqual([
      { index: 0, name: "plan", heldIn: [0], decidedIn: [0] },
      { index: 1, name: "watch", heldIn: [0], decidedIn: [] },
    ]);
  });

  it("F77: reach rows of a table, and its default row", () => {
    const tests = [test("top", 1.2, "matched"), test("middle", 0.6, "matched"), test("good", 0.9, "matched")];
    const coverage = coverageOf({ table, tests });
    expect(coverage).toMatchObject({ kind: "rows", reached: 2, total: 3, byDefault: [1] });
    expect(coverage?.parts.map(({ decidedIn }) => decidedIn)).toEqual([[0], [2], []]);
  });

  it("can be proposed for whatever none of them reaches, and are then green", () => {
    for (const ruleset of [{ rules }, { table }] satisfies RulesetBody[]) {
      const tests = proposeTests(ruleset).map((one) => one.test);
      expect(tests.length).toBeGreaterThan(1);
      const coverage = coverageOf({ ...ruleset, tests });
      expect(coverage?.share).toBe(1);
      expect(coverage?.runs.every(({ green }) => green)).toBe(true);
    }
  });
});
