import { describe, expect, it } from "vitest";
import { conditionUsages } from "#engine/rules/condition-usages.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import { evaluate } from "#engine/rules/evaluate.ts";
import { IssuesError } from "#engine/words/issue.ts";

const leaf = (value: number, params = {}) => ({ fact: "score", params, operator: "greaterThanInclusive", value });
/** One hundred conditions in twenty rules, all of them about one fact. */
const hundred = Array.from({ length: 20 }, (_, rule) => ({
  name: `r${rule}`,
  conditions: { all: Array.from({ length: 5 }, (_one, at) => leaf(rule * 5 + at, { of: "ada", window: "year" })) },
  event: { type: "hit", params: { rule } },
}));

describe("facts from a provider", () => {
  it("F20: the same fact asked 100 times in one run is fetched once, and the result says that the library evaluated", async () => {
    let fetches = 0;
    const score = async () => {
      fetches++;
      await Promise.resolve();
      return 50;
    };
    const said = await evaluate(hundred, { score });
    expect(fetches).toBe(1);
    expect(said.evaluatedBy).toBe("json-rules-engine");
    expect(said.events.length).toBe(10);
    await evaluate(hundred, { score });
    expect(fetches).toBe(2);
  });

  it("F20: params in another order are the same question, other params are another", async () => {
    const asked: unknown[] = [];
    const score = async (params: unknown) => {
      asked.push(params);
      return 5;
    };
    const conditions = { all: [leaf(1, { a: 1, b: 2 }), leaf(2, { b: 2, a: 1 }), leaf(3, { a: 2 })] };
    const { results } = await evaluate([{ conditions, event: { type: "hit" } }], { score });
    expect(results[0]?.result).toBe(true);
    expect(asked).toEqual([{ a: 1, b: 2 }, { a: 2 }]);
  });

  it("F20: what answers at once is compiled, also asked once; both evaluators agree", async () => {
    let fetches = 0;
    const now = await evaluate(hundred, { score: () => 50 + 0 * fetches++ });
    const later = await evaluate(hundred, { score: async () => 50 });
    expect(fetches).toBe(1);
    expect(now.evaluatedBy).toBe("compiled");
    expect(now.results.map(({ name, result }) => [name, result])).toEqual(
      later.results.map(({ name, result }) => [name, result]),
    );
  });

  it("a fact that fails is an issue, and a missing one beside it is named", async () => {
    const failing = evaluate(hundred, { score: () => Promise.reject(new Error("the warehouse is down")) });
    await expect(failing).rejects.toBeInstanceOf(IssuesError);
    await expect(failing).rejects.toThrow(/the warehouse is down/);
    const both = [
      { conditions: { all: [leaf(1), { fact: "gone", operator: "equal", value: 1 }] }, event: { type: "hit" } },
    ];
    const { results } = await evaluate(both, { score: async () => 5 });
    expect(results[0]?.result).toBe("not evaluated");
    expect(results[0]?.missing).toEqual([{ fact: "gone" }]);
  });
});

describe("named conditions", () => {
  const senior = (years: number) => ({ all: [{ fact: "years", operator: "greaterThanInclusive", value: years }] });
  const ruleset = (years: number): RulesetBody => ({
    conditions: {
      senior: senior(years),
      trusted: { all: [{ condition: "senior" }, { not: { fact: "complaints", operator: "greaterThan", value: 0 } }] },
      unused: { any: [] },
    },
    rules: [
      { name: "bonus", priority: 3, conditions: { any: [{ condition: "trusted" }] }, event: { type: "bonus" } },
      { name: "mentor", priority: 2, conditions: { condition: "senior" }, event: { type: "mentor" } },
      { name: "other", conditions: { all: [{ not: { condition: "nobody" } }] }, event: { type: "other" } },
    ],
  });

  it("F19: the usages list shows every place and every rule that an edit touches", () => {
    const usages = conditionUsages(ruleset(5));
    expect(usages.get("senior")).toEqual({
      direct: [
        { path: "/rules/1/conditions/condition", rule: 1 },
        { path: "/conditions/trusted/all/0/condition", within: "trusted" },
      ],
      rules: [0, 1],
    });
    expect(usages.get("trusted")?.rules).toEqual([0]);
    expect(usages.get("unused")).toEqual({ direct: [], rules: [] });
    expect(usages.get("nobody")?.direct).toEqual([{ path: "/rules/2/conditions/all/0/not/condition", rule: 2 }]);
    const circle = { conditions: { a: { any: [{ condition: "b" }] }, b: { any: [{ condition: "a" }] } }, rules: [] };
    expect(conditionUsages(circle).get("a")?.rules).toEqual([]);
  });

  it("F19: edited once, it changes every rule of the list and no other", () => {
    const { rules = [], ...rest } = ruleset(5);
    const [before, after] = [
      { ...rest, rules: rules.slice(0, 2) },
      { ...ruleset(10), rules: rules.slice(0, 2) },
    ];
    const read = (fact: string) => ({ years: 7, complaints: 0 })[fact];
    const results = (one: RulesetBody) =>
      compileRuleset(one)
        .decide(read)
        .verdicts.map(({ index, result }) => [index, result]);
    expect(results(before)).toEqual([
      [0, true],
      [1, true],
    ]);
    expect(results(after)).toEqual([
      [0, false],
      [1, false],
    ]);
  });
});
