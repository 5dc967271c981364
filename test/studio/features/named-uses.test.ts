import { describe, expect, it } from "vitest";
import type { Json } from "#engine/words/json.ts";
import { namesIn, withName } from "../../../studio/features/rules/conditions/tree.ts";
import { documentsDecidingBy, usesOfName } from "../../../studio/features/rules/named-uses.ts";
import { testFacts, valuesOfTest, withUse } from "../../../studio/features/rules/try/inputs.ts";

const senior: Json = { all: [{ fact: "person.grade", operator: "equal", value: "S" }] };
const best: Json = { any: [{ condition: "senior" }, { fact: "case.rating", operator: "equal", value: 5 }] };
const top: Json = { all: [{ condition: "best" }] };
const ruleset: Json = {
  kind: "ruleset",
  id: "bonus",
  conditions: { senior, best },
  rules: [
    { name: "top", conditions: top, event: { type: "paid" } },
    { conditions: { not: { condition: "senior" } }, event: { type: "unpaid" } },
  ],
};

describe("named conditions", () => {
  it("F19: list every rule, condition and document that one edit touches", () => {
    expect(usesOfName(ruleset, "senior")).toEqual(["“top”", "rule 2", "the condition “best”"]);
    expect(usesOfName(ruleset, "best")).toEqual(["“top”"]);
    const others: Json[] = [
      { kind: "workflow", id: "w", title: "Review", steps: { d: { kind: "decision", rules: "bonus" } } },
      { kind: "plan", id: "p", title: "Plan", modifiers: [{ rules: "bonus" }] },
      { kind: "workflow", id: "v", title: "Other", steps: { d: { kind: "decision", rules: "else" } } },
    ];
    expect(documentsDecidingBy("bonus", others).map(({ title }) => title)).toEqual(["Review", "Plan"]);
  });

  it("are renamed and taken apart wherever they are referred to", () => {
    const renamed = withName(top, "best", "very best");
    expect(namesIn(renamed)).toEqual(["very best"]);
    expect(withName(best, "senior", senior)).toEqual({
      any: [senior, { fact: "case.rating", operator: "equal", value: 5 }],
    });
  });
});

describe("a test saved from the live strip", () => {
  const sold = { id: "sold", of: "$subject", window: "$period" };
  const kept = { id: "kept", of: "$subject", window: "previous-quarter" };
  const input = (fact: string, params?: Record<string, string>, parts: string[] = []) => ({
    key: JSON.stringify([fact, params ?? null]),
    fact,
    params,
    parts,
  });

  it("names each fact as shortly as tells it from the others, and gives the same facts back", () => {
    const one = [input("case.rating"), input("metric", sold, ["attainment"])];
    const values = new Map<string, never>([
      [one[0]!.key, 4 as never],
      [one[1]!.key, { attainment: 0.7, state: "final", causes: {} } as never],
    ]);
    expect(testFacts(one, values)).toEqual({ "case.rating": 4, metric: { attainment: 0.7 } });
    const two = [...one, input("metric", kept)];
    const more = new Map([...values, [two[2]!.key, 3 as never]]);
    const facts = testFacts(two, more);
    expect(facts).toEqual({ "case.rating": 4, "metric.sold": { attainment: 0.7 }, "metric.kept": 3 });
    expect([...valuesOfTest(two, facts).values()]).toEqual([4, { attainment: 0.7 }, 3]);
  });

  it("sets a part of a value and leaves the rest of it", () => {
    const values = withUse(new Map(), { fact: "metric", params: sold, path: "$.attainment" }, 0.8);
    const both = withUse(values, { fact: "metric", params: sold, path: "$.target" }, 10);
    expect([...both.values()]).toEqual([{ attainment: 0.8, target: 10 }]);
  });
});
