import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import { applyEdit } from "#engine/rules/analyse/apply-edit.ts";
import { compileRules } from "#engine/rules/compile.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import { asOf, conditionsInForce } from "#engine/rules/validity.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";

const rate = (value: number) => ({ type: "paid", params: { rate: value } });
const above = { all: [{ fact: "attainment", operator: "greaterThanInclusive", value: 0.8 }] };
const quarter = { from: "2026-01-01", to: "2026-03-31" };
const rules: RulesetBody = {
  rules: [
    { name: "winter campaign", priority: 2, conditions: above, event: rate(0.1), valid: quarter },
    { name: "always", conditions: above, event: rate(0.05) },
  ],
};
const table: RulesetBody = {
  table: {
    hitPolicy: "first",
    columns: [{ fact: "attainment", type: "percent" }],
    outputs: [{ name: "rate" }],
    event: "paid",
    rows: [
      { cells: [">= 80%"], out: [0.1], valid: quarter },
      { cells: [">= 80%"], out: [0.05] },
    ],
  },
};
const days: [string, number][] = [
  ["2025-12-31", 0.05],
  ["2026-01-01", 0.1],
  ["2026-02-14", 0.1],
  ["2026-03-31", 0.1],
  ["2026-04-01", 0.05],
];
const known = (facts: Record<string, Json>) => (fact: string) => facts[fact];

describe("the days on which a rule is in force", () => {
  it.each(days)("F46: a rule valid 1 Jan to 31 Mar: evaluating as of %s picks the right one", async (day, paid) => {
    const read = asOf(day, known({ attainment: 0.9 }));
    for (const body of [rules, table]) {
      expect(compileRuleset(body).decide(read).winner?.event.params).toEqual({ rate: paid });
    }
    const facts = { attainment: 0.9, "time.today": day };
    const lowered = lowerTable(table.table as NonNullable<RulesetBody["table"]>);
    for (const list of [rules.rules, lowered]) {
      const ours = compileRules(list, { trace: true })(facts);
      const closures = compileRules(list, { trace: true, using: "closures" })(facts);
      const library = await evaluateRules(list, facts);
      expect(ours.events[0]?.params).toEqual({ rate: paid });
      expect(closures).toEqual(ours);
      expect(library.results.map(({ result, trace }) => ({ result, trace }))).toEqual(
        ours.results.map(({ result, trace }) => ({ result, trace })),
      );
    }
  });

  it("F46: a day that nobody knows leaves dated rules open, and says that it is missing", () => {
    const decision = compileRuleset(rules).decide(known({ attainment: 0.9 }));
    expect(decision.outcome).toBe("not-evaluated");
    expect(decision.missing).toEqual([{ fact: "time.today" }]);
    expect(compileRuleset(rules).facts).toContainEqual({ fact: "time.today" });
    expect(compileRuleset(table).facts).toContainEqual({ fact: "time.today" });
  });

  it("F46: a rule set out of force says nothing; nobody asks whether its facts are there", () => {
    const { decide } = compileRuleset({ ...rules, valid: { from: "2026-02-01" } });
    const all = known({ attainment: 0.9 });
    expect(decide(asOf("2026-01-31", known({}))).outcome).toBe("otherwise");
    expect(decide(asOf("2026-02-01", all)).winner?.event).toEqual(rate(0.1));
    expect(decide(asOf("2026-04-01", all)).winner?.event).toEqual(rate(0.05));
    expect(decide(all).outcome).toBe("not-evaluated");
  });

  it("F46: dated rules may overlap in their inputs and not in time; a gap in time is found, with the day", () => {
    const half = (from: string, to: string, out: number) => ({ cells: [">= 0%"], out: [out], valid: { from, to } });
    const two: RulesetBody = {
      facts: { attainment: { type: "percent", min: 0 } },
      table: {
        hitPolicy: "unique",
        columns: [{ fact: "attainment", type: "percent" }],
        outputs: [{ name: "rate" }],
        rows: [half("2026-01-01", "2026-03-31", 1), half("2026-05-01", "2026-12-31", 2)],
      },
    };
    const { findings } = analyseRuleset(two);
    expect(findings.filter(({ code }) => code === "overlap")).toEqual([]);
    const april = findings.find(({ sample }) => String(sample?.["time.today"]).startsWith("2026-04"));
    expect(april?.code).toBe("gap");
    const fixed = applyEdit(two, april?.fix?.edit ?? []) as RulesetBody;
    expect(fixed.table?.rows.every((row) => row.cells.length === 1)).toBe(true);
    expect(fixed.table?.rows.map(({ valid }) => valid)).not.toEqual(two.table?.rows.map(({ valid }) => valid));
    expect(compileRuleset(fixed).decide(asOf("2026-04-15", known({ attainment: 1 }))).winner).not.toBeNull();
    expect(findings.filter(({ code }) => code !== "gap" && code !== "always-holds")).toEqual([]);
  });

  it("F46: agrees with the library on random validities and days", async () => {
    const day = fc.constantFrom("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04");
    const valid = fc
      .record({ from: day, to: day }, { requiredKeys: [] })
      .filter(({ from = "", to = "9" }) => from <= to);
    const rule = fc.record(
      {
        conditions: fc.constantFrom(above, { any: [] }, { not: above }),
        event: fc.constant(rate(1)),
        valid,
        priority: fc.integer({ min: 1, max: 3 }),
      },
      { requiredKeys: ["conditions", "event"] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        fc.option(day, { nil: undefined }),
        async (list, today) => {
          const facts = { attainment: 0.9, ...(today && { "time.today": today }) };
          const results = ({ results }: { results: { result: unknown }[] }) => results.map(({ result }) => result);
          expect(results(compileRules(list)(facts))).toEqual(results(await evaluateRules(list, facts)));
          const plain = list.map(({ valid: dates, conditions, ...rest }) => ({
            ...rest,
            conditions: conditionsInForce(conditions, dates),
          }));
          expect(results(compileRules(list)(facts))).toEqual(results(compileRules(plain)(facts)));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("F46: what is no stretch of days is refused where it stands", () => {
    const refuse = (valid: unknown) => {
      try {
        compileRules([{ conditions: above, event: rate(1), valid }]);
        return "fine";
      } catch (cause) {
        return cause instanceof IssuesError ? `${cause.issues[0]?.path} ${cause.issues[0]?.code}` : "crash";
      }
    };
    for (const valid of [
      { from: "2026-02-30" },
      { from: "2026-02-02", to: "2026-02-01" },
      { until: 1 },
      "2026",
      null,
    ]) {
      expect(refuse(valid)).toBe("/0/valid validity");
    }
  });
});
