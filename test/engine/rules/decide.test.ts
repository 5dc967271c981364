import { describe, expect, it } from "vitest";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";

const below = (fact: string, value: number) => ({ all: [{ fact, operator: "lessThan", value }] });
const rules: NonNullable<RulesetBody["rules"]> = [
  { name: "watch", conditions: below("attainment", 0.9), event: { type: "watch" } },
  {
    name: "plan",
    priority: 10,
    conditions: below("attainment", 0.8),
    event: { type: "mitigate", params: { gap: { fact: "gap" }, level: 2 } },
  },
  {
    name: "complaints",
    priority: 10,
    conditions: { all: [{ fact: "complaints", operator: "greaterThan", value: 3 }] },
    event: { type: "care" },
  },
];
const decide = (facts: Record<string, unknown>, missing?: RulesetBody["missing"]) =>
  compileRuleset({ rules, ...(missing && { missing }) }).decide((fact) => facts[fact]);

describe("a rule set", () => {
  it("F18: the highest priority wins, then the first; every verdict is told", () => {
    const decision = decide({ attainment: 0.7, complaints: 9, gap: 0.1 });
    expect(decision.winner).toEqual({
      rule: "plan",
      index: 1,
      event: { type: "mitigate", params: { gap: 0.1, level: 2 } },
    });
    expect(decision.outcome).toBe("mitigate");
    expect(decision.verdicts.map(({ name, result }) => [name, result])).toEqual([
      ["plan", true],
      ["complaints", true],
      ["watch", true],
    ]);
    expect(decide({ attainment: 0.85, complaints: 9 }).outcome).toBe("care");
    expect(decide({ attainment: 0.85, complaints: 0 }).outcome).toBe("watch");
    expect(decide({ attainment: 0.95, complaints: 0 })).toMatchObject({
      winner: null,
      outcome: "otherwise",
      blocked: false,
    });
  });

  it("KA2: a missing fact that could change the winner leaves the decision open, and is named", () => {
    expect(decide({ attainment: 0.85 })).toMatchObject({
      winner: null,
      outcome: "not-evaluated",
      blocked: false,
      missing: [{ fact: "complaints" }],
    });
    expect(decide({ complaints: 9, attainment: 0.95 }).outcome).toBe("care");
    expect(decide({ attainment: 0.7, gap: 0.1 }).outcome).toBe("mitigate");
    expect(decide({ attainment: 0.7, complaints: 0 })).toMatchObject({
      outcome: "not-evaluated",
      missing: [{ fact: "gap" }],
    });
  });

  it("KA2: the author says whether missing facts answer, block, or count as false", () => {
    expect(decide({ attainment: 0.85 }, "block")).toMatchObject({ outcome: "not-evaluated", blocked: true });
    expect(decide({ attainment: 0.85 }, "skip")).toMatchObject({ outcome: "watch", blocked: false });
  });

  it("lists what it reads: conditions and event params", () => {
    expect(compileRuleset({ rules }).facts).toEqual([{ fact: "attainment" }, { fact: "gap" }, { fact: "complaints" }]);
  });

  const table: NonNullable<RulesetBody["table"]> = {
    hitPolicy: "first",
    columns: [
      { fact: "attainment", type: "percent" },
      { fact: "grade", type: "text" },
    ],
    outputs: [{ name: "event" }, { name: "rate" }],
    rows: [
      { cells: [">= 120%", "L5"], out: ["double", 2] },
      { cells: [">= 100%", "-"], out: ["full", 1] },
    ],
  };

  it("decides by a table: an output called event names the event, the others are its params", () => {
    const { decide: ask } = compileRuleset({ table });
    expect(ask((fact) => ({ attainment: 1.3, grade: "L5" })[fact])).toMatchObject({
      winner: { rule: "row 1", event: { type: "double", params: { rate: 2 } } },
    });
    expect(ask((fact) => ({ attainment: 0.9, grade: "L5" })[fact])).toMatchObject({
      winner: null,
      outcome: "otherwise",
    });
    expect(ask((fact) => ({ attainment: 1.3 })[fact as "attainment"])).toMatchObject({
      outcome: "not-evaluated",
      missing: [{ fact: "grade" }],
    });
    expect(ask((fact) => ({ attainment: 1.1 })[fact as "attainment"])).toMatchObject({ outcome: "full" });
    const skipping = compileRuleset({ table, missing: "skip" });
    expect(skipping.decide((fact) => ({ attainment: 1.3 })[fact as "attainment"]).outcome).toBe("full");
  });

  it("says so when rows of a unique table contradict each other", () => {
    const { decide: ask } = compileRuleset({ table: { ...table, hitPolicy: "unique" } });
    expect(ask((fact) => ({ attainment: 1.3, grade: "L5" })[fact])).toMatchObject({
      outcome: "not-evaluated",
      problem: { code: "unique-violation" },
    });
  });

  it("adds up under collect-sum without the dust of binary fractions", () => {
    const sum = compileRuleset({
      table: {
        ...table,
        hitPolicy: "collect-sum",
        outputs: [{ name: "rate" }],
        rows: [
          { cells: ["-", "-"], out: [0.1] },
          { cells: ["-", "-"], out: [0.2] },
        ],
      },
    });
    expect(sum.decide((fact) => ({ attainment: 1, grade: "x" })[fact]).winner?.event).toEqual({
      type: "matched",
      params: { rate: 0.3 },
    });
  });
});
