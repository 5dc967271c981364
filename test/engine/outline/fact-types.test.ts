import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { whyNot } from "#engine/rules/analyse/why-not.ts";
import { failingComparisons } from "#engine/rules/failing.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { factValueInWords, valueInWords } from "#engine/rules/words.ts";

const read = (document: object): Definition => {
  const parsed = parse({ schema: 1, ...document });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return parsed.definition;
};
const metric = (id: string, title: string, unit: string) =>
  read({ kind: "metric", id, title, unit, scale: 2, direction: "higher", grain: "month", aggregate: "mean" });

const review = read({
  kind: "workflow",
  id: "review",
  title: "Review",
  subject: "person",
  parameters: { low: { title: "Low attainment", type: "percent", default: 0.8 } },
  data: {
    reached: { type: "number" },
    bonus: { type: "percent", title: "Bonus share" },
    rating: { type: "number" },
    mixed: { type: "number" },
  },
  start: "keep",
  steps: {
    keep: {
      kind: "record",
      title: "Keep",
      set: {
        reached: { fact: "metric", params: { id: "sales", of: "$subject" }, path: "$.attainment" },
        mixed: { fact: "case.reached" },
      },
      on: { done: { to: "done", set: { mixed: 4, rating: 3 } } },
    },
    done: { kind: "end", title: "Done" },
  },
});
const catalogue = catalogueOf([
  metric("sales", "Sales", "INR"),
  metric("margin", "Gross margin", "fraction"),
  metric("nps", "NPS", "percent"),
  metric("laptops", "Laptops", "count"),
]);
const wording = wordingOf(review, catalogue);
const said = (fact: string, value: number, params?: { id: string }, path?: string) =>
  valueInWords(value, wording.rules.type?.({ fact, ...(params ? { params } : {}), ...(path ? { path } : {}) }));

describe("what kind of value a fact is", () => {
  it("a parameter by its type, a metric's parts by its unit, case data by its field or by what is written into it", () => {
    expect(said("parameter.low", 0.8)).toBe("80 %");
    expect(said("metric", 0.84, { id: "sales" }, "$.attainment")).toBe("84 %");
    expect(said("metric", 1200, { id: "sales" }, "$.value")).toBe("1200 INR");
    expect(said("metric", 0.25, { id: "margin" }, "$.value")).toBe("25 %");
    expect(said("metric", 62, { id: "nps" }, "$.target")).toBe("62 %");
    expect(said("metric", 12, { id: "laptops" }, "$.value")).toBe("12");
    expect(said("case.bonus", 0.125)).toBe("12.5 %");
    expect(said("case.reached", 0.8)).toBe("80 %");
    expect(said("case.rating", 4)).toBe("4");
    expect(said("case.mixed", 4)).toBe("4");
    expect(said("case.unknown", 0.5)).toBe("0.5");
  });

  it("F65: why and why not? say 80 % where the person would", () => {
    const conditions = {
      all: [
        {
          fact: "metric",
          params: { id: "sales" },
          path: "$.attainment",
          operator: "greaterThanInclusive",
          value: { fact: "parameter.low" },
        },
      ],
    };
    const facts = (fact: string) => (fact === "metric" ? { value: 720, attainment: 0.72 } : 0.8);
    expect(wording.condition(conditions)).toBe("sales attainment is at least “Low attainment” (80 %)");
    const [failing] = failingComparisons(explainConditions(conditions, facts), wording.rules);
    expect([failing!.words, failing!.needed]).toEqual([
      "Sales attainment was 72 %; it needs to be at least 80 % (“Low attainment” (80 %)) (8 points away).",
      "at least 80 % (“Low attainment” (80 %))",
    ]);
    const { title, type } = wording.rules;
    const found = whyNot(conditions, facts, true, { ...(title && { title }), ...(type && { type }) });
    expect(found.words).toBe("Would have been so if sales attainment were at least 80 % (it was 72 %).");
  });

  it("a value with parts is said part by part", () => {
    const whole = {
      n: 12,
      gap: -280,
      value: 720,
      target: 1000,
      attainment: 0.72,
      exact: { value: "720" },
      state: "final",
    };
    expect(factValueInWords({ fact: "metric", params: { id: "sales" } }, whole, wording.rules)).toBe(
      "value 720 INR, target 1000 INR, attainment 72 %, state final",
    );
  });
});
