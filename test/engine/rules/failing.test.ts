import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { namedFact } from "#engine/rules/fact-names.ts";
import { failingComparisons } from "#engine/rules/failing.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import type { FactType } from "#engine/rules/ruleset.ts";
import { runRulesetTests } from "#engine/rules/ruleset-tests.ts";

const facts: Record<string, FactType> = {
  attainment: { type: "percent", title: "Attainment" },
  days: { type: "integer", title: "Days", unit: "days" },
  role: { type: "text", title: "Role" },
};
const failing = (conditions: object, given: Record<string, unknown>) =>
  failingComparisons(
    explainConditions(conditions, (fact) => given[fact]),
    { facts },
  );

describe("what a condition fails by", () => {
  it("F65: names the failing condition, the actual value, what it needs and how far off it is", () => {
    const conditions = {
      all: [
        { fact: "attainment", operator: "greaterThanInclusive", value: 0.8 },
        { fact: "days", operator: "lessThan", value: 10 },
        { not: { fact: "role", operator: "equal", value: "intern" } },
      ],
    };
    const found = failing(conditions, { attainment: 0.72, days: 13, role: "intern" });
    expect(found.map(({ words }) => words)).toEqual([
      "Attainment was 72 %; it needs to be at least 80 % (8 points away).",
      "Days was 13 days; it needs to be below 10 days (3 days away).",
      "Role was intern; it needs to be not intern.",
    ]);
    expect(found[0]).toMatchObject({
      use: { fact: "attainment" },
      actual: 0.72,
      needed: "at least 80 %",
      short: "8 points",
    });
    expect(failing(conditions, { attainment: 0.8, days: 9, role: "sales" })).toEqual([]);
  });

  it("says of a missing fact that it is not known, and never that it is too low", () => {
    const [only, other] = failing({ all: [{ fact: "attainment", operator: "lessThan", value: 1 }] }, {});
    expect(other).toBeUndefined();
    expect(only).toMatchObject({ actual: undefined, needed: "to be known", words: "Attainment is not known." });
  });

  it("is empty exactly where the condition holds", () => {
    const leaf = fc.record({
      fact: fc.constantFrom("attainment", "days"),
      operator: fc.constantFrom("lessThan", "greaterThan", "equal", "notEqual"),
      value: fc.integer({ min: 0, max: 3 }),
    });
    const tree = fc.letrec<{ node: object }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
        fc.record({ not: tie("node") }),
      ),
    })).node;
    const given = fc.record(
      { attainment: fc.integer({ min: 0, max: 3 }), days: fc.integer({ min: 0, max: 3 }) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tree, given, (node, known) => {
        const conditions = { all: [node] };
        const { verdict } = explainConditions(conditions, (fact) => (known as Record<string, number>)[fact]);
        expect(failing(conditions, known).length === 0).toBe(verdict === true);
      }),
    );
  });
});

describe("the names of typed facts", () => {
  it("tell two metrics apart, the most exact name first", () => {
    const sold = { id: "sold", of: "$subject", window: "$period" };
    const before = { id: "sold", of: "$subject", window: "previous-quarter" };
    const given = { metric: 1, "metric.kept": 2, "metric.sold": 3, "metric.sold.previous-quarter": 4 };
    expect(namedFact(given, "metric", { id: "other" })).toBe(1);
    expect(namedFact(given, "metric", { id: "kept" })).toBe(2);
    expect(namedFact(given, "metric", sold)).toBe(3);
    expect(namedFact(given, "metric", before)).toBe(4);
    expect(namedFact(given, "role", undefined)).toBeUndefined();
  });

  it("F76: a test case of a rule set with two metrics gives each its own", () => {
    const reads = (id: string) => ({ fact: "metric", params: { id }, path: "$.attainment" });
    const all = [
      { ...reads("sold"), operator: "greaterThan", value: 1 },
      { ...reads("kept"), operator: "lessThan", value: 1 },
    ];
    const [run] = runRulesetTests({
      rules: [{ conditions: { all }, event: { type: "odd" } }],
      tests: [
        {
          title: "sold much, kept few",
          facts: { "metric.sold": { attainment: 1.2 }, "metric.kept": { attainment: 0.5 } },
          expect: { event: "odd" },
        },
      ],
    })!;
    expect(run).toMatchObject({ green: true, problems: [] });
  });
});
