import { describe, expect, it } from "vitest";
import { conditionInWords, traceInWords } from "#engine/rules/condition-words.ts";
import { explainConditions } from "#engine/rules/guard.ts";

const sales = {
  fact: "metric",
  params: { id: "laptops-sold" },
  path: "$.attainment",
  operator: "greaterThanInclusive",
  value: 0.8,
};
const why = (leaf: object, facts: Record<string, unknown>, wording = {}) =>
  traceInWords(
    explainConditions({ all: [leaf] }, (fact) => facts[fact]),
    wording,
  );

describe("conditions in plain English", () => {
  it("ST9: reads from the same tree that runs, and changes with it", () => {
    const conditions = {
      all: [
        sales,
        { any: [{ fact: "person.department", operator: "in", value: ["sales", "support"] }, { condition: "senior" }] },
        { not: { fact: "person.onLeave", operator: "equal", value: true } },
      ],
    };
    const shared = { senior: { all: [{ fact: "person.grade", operator: "greaterThan", value: 4 }] } };
    expect(conditionInWords(conditions, { shared })).toBe(
      'laptops sold attainment is at least 0.8 and (department is one of sales, support or "senior") and on leave is not yes',
    );
    const lower = { all: [{ ...sales, value: 0.7 }, ...conditions.all.slice(1)] };
    expect(conditionInWords(lower, { shared })).toContain("at least 0.7");
  });

  it("uses the titles, types and units that a rule set declares", () => {
    const wording = {
      facts: {
        score: { type: "percent" as const, title: "customer score" },
        days: { type: "number" as const, unit: "days" },
      },
    };
    const conditions = {
      any: [
        { fact: "score", operator: "lessThan", value: 0.8 },
        { fact: "days", operator: "between", value: [3, 15] },
      ],
    };
    expect(conditionInWords(conditions, wording)).toBe(
      "customer score is below 80 % or days is between 3 days and 15 days",
    );
  });

  it("says lists, decorators and missing values as people do", () => {
    expect(conditionInWords({ all: [{ fact: "person.tags", operator: "not:contains", value: "pip" }] })).toBe(
      "tags does not contain pip",
    );
    expect(conditionInWords({ all: [{ fact: "scores", operator: "everyFact:greaterThan", value: 3 }] })).toBe(
      "all of scores is above 3",
    );
    expect(conditionInWords({ all: [{ fact: "rating", operator: "isMissing", value: true }] })).toBe(
      "rating is missing",
    );
    expect(conditionInWords({ all: [{ fact: "rating", operator: "isMissing", value: false }] })).toBe(
      "rating is known",
    );
    expect(conditionInWords({ all: [] })).toBe("always");
  });
});

describe("why, in words", () => {
  it("F64: says what the value was and what it was held against", () => {
    expect(why(sales, { metric: { attainment: 0.72 } })).toEqual(["Laptops sold attainment was 0.72, below 0.80"]);
    expect(why(sales, { metric: { attainment: 0.9 } })).toEqual(["Laptops sold attainment was 0.9, at least 0.8"]);
    expect(why(sales, {})).toEqual(["Laptops sold attainment is not known"]);
  });

  it("F64: names only the conditions that decided", () => {
    const both = { all: [sales, { fact: "grade", operator: "equal", value: "L3" }] };
    const trace = explainConditions(both, (fact) => (fact === "grade" ? "L2" : { attainment: 1 }));
    expect(traceInWords(trace)).toEqual(["Grade was L2, not L3"]);
  });

  it("tells where the other side came from", () => {
    const against = { fact: "days", operator: "greaterThan", value: { fact: "parameter.resolveDays" } };
    expect(why(against, { days: 16, "parameter.resolveDays": 15 })).toEqual([
      "Days was 16, above 15 (parameter resolve days)",
    ]);
  });
});
