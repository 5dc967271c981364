import { describe, expect, it } from "vitest";
import { compileRules } from "#engine/rules/compile.ts";
import { OPERATORS, operatorsFor } from "#engine/rules/operators.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import { computing } from "../../support/computing.ts";

const rule = (operator: string, value: unknown) => [
  { conditions: { all: [{ fact: "x", operator, value }] }, event: { type: "hit" } },
];

describe("Rondo's own operators", () => {
  it.each<[unknown, string, unknown, boolean]>([
    [5, "between", [5, 10], true],
    [10.01, "between", [5, 10], false],
    ["7", "between", [5, 10], false],
    [4, "notBetween", [5, 10], true],
    ["2026-02-28", "dateBefore", "2026-03-01", true],
    ["2026-03-01T09:00:00Z", "dateBefore", "2026-03-01", false],
    ["2026-03-01T09:00:00Z", "dateOnOrBefore", "2026-03-01", true],
    ["2026-03-01T09:00:00+02:00", "dateBefore", "2026-03-01T08:00:00Z", true],
    [Date.UTC(2026, 2, 1), "dateOn", "2026-03-01", true],
    ["2026-02-30", "dateAfter", "2026-01-01", false],
    ["soon", "dateOnOrAfter", "2026-01-01", false],
    ["2026-02-01", "dateBetween", ["2026-01-01", "2026-02-01"], true],
    ["Regional Sales", "textContains", "sales", true],
    ["Regional Sales", "textDoesNotContain", "support", true],
    ["Regional Sales", "textStartsWith", "region", true],
    ["Regional Sales", "textEndsWith", "SALES", true],
    [42, "textContains", "4", false],
    ["Sales EMEA 2026", "textMatches", "sales * 20??", true],
    ["Sales EMEA 2026", "textMatches", "sales", false],
    ["50* off?", "textMatches", "50\\* off\\?", true],
    ["50x off!", "textMatches", "50\\* off\\?", false],
    ["", "textMatches", "*", true],
    [[100, 89], "percentChangeBelow", -10, true],
    [[100, 90], "percentChangeBelow", -10, false],
    [[0, 90], "percentChangeAbove", 10, false],
    [[-100, -50], "percentChangeAbove", 49, true],
    [null, "isMissing", true, true],
    [0, "isPresent", true, true],
    [["a", "b"], "someFact:textStartsWith", "B", true],
  ])("%j %s %j is %s, for both evaluators", async (x, operator, value, expected) => {
    expect(compileRules(rule(operator, value))({ x }).results[0]?.result).toBe(expected);
    expect((await evaluateRules(rule(operator, value), { x })).results[0]?.result).toBe(expected);
  });

  it("a pattern takes no longer than its length times the text's: what would hang a regular expression is answered at once", () => {
    const took = computing();
    const matches = OPERATORS.find(({ name }) => name === "textMatches")?.compare;
    expect(matches?.(`${"a".repeat(20_000)}!`, `${"*a".repeat(200)}*b`)).toBe(false);
    expect(matches?.("a".repeat(50_000), "(a+)+$")).toBe(false);
    expect(took()).toBeLessThan(1000);
  });

  it("never throw, whatever they are given", () => {
    const odd = [
      undefined,
      null,
      Number.NaN,
      "",
      [],
      {},
      [1],
      [1, 2, 3],
      "x",
      Number.POSITIVE_INFINITY,
      true,
      [null, null],
      new Date(Number.NaN),
    ];
    for (const row of OPERATORS.slice(10)) {
      for (const fact of odd)
        for (const value of odd) expect(typeof row.compare(fact, value), row.name).toBe("boolean");
    }
  });

  it("stand in one table, each once, in words and with the facts they fit", () => {
    const names = OPERATORS.map((row) => row.name);
    expect(new Set(names).size).toBe(names.length);
    for (const row of OPERATORS) expect(row.facts.length, row.name).toBeGreaterThan(0);
    expect(operatorsFor("boolean").map((row) => row.name)).toEqual(["equal", "notEqual", "isMissing", "isPresent"]);
    expect(operatorsFor("date").map((row) => row.name)).toContain("dateBefore");
  });
});
