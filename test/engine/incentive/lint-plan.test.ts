import { describe, expect, it } from "vitest";
import { lintPlan } from "#engine/incentive/lint-plan.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { factsOfPlan } from "#engine/incentive/plan-facts.ts";
import { planInWords } from "#engine/incentive/plan-words.ts";
import { unsupportedPlanParts } from "#engine/incentive/unsupported.ts";
import { npsModifier, plainPlan, salesQuarter } from "./sales-plan.ts";

const found = (plan: PlanDocument & { uses?: string[] }) =>
  lintPlan(plan).map((issue) => `${issue.code} ${issue.path}`);
const part = plainPlan().components![0]!;

describe("the checks on a plan", () => {
  it("find nothing but the intended threshold in the plan of the handbook", () => {
    expect(found(salesQuarter)).toEqual(["curve-cliff /components/0/curve/points/0"]);
    expect(unsupportedPlanParts(salesQuarter)).toEqual([]);
  });

  it("find weights that do not sum to 1 exactly, in decimals", () => {
    const weighted = (...weights: string[]) =>
      plainPlan({ components: weights.map((weight, index) => ({ ...part, id: `c${index}`, weight })) });
    expect(found(weighted("0.1", "0.2", "0.7"))).toEqual([]);
    expect(found(weighted("0.3", "0.6"))).toEqual(["weights-sum /components"]);
    expect(found(weighted("0.333333333333", "0.333333333333", "0.333333333333"))).toEqual(["weights-sum /components"]);
  });

  it("take parameters by their defaults, and find those that nobody declared", () => {
    const plan = plainPlan({ components: [{ ...part, weight: { parameter: "w" } }] });
    expect(found({ ...plan, parameters: { w: { default: 0.9 } } })).toEqual(["weights-sum /components"]);
    expect(found(plan)).toEqual(["unknown-parameter /components/0/weight"]);
    expect(found({ ...plan, uses: ["sheet"] })).toEqual([]);
  });

  it("find duplicate ids, negative rates, rates above the whole, limits that never bite", () => {
    expect(
      found(
        plainPlan({
          components: [
            { ...part, weight: "0.5" },
            { ...part, weight: "0.5" },
          ],
        }),
      ),
    ).toContain("duplicate-id /components/1/id");
    expect(found(plainPlan({ targetIncentive: { amount: "-5" } }))).toEqual(["negative-rate /targetIncentive/amount"]);
    expect(found(plainPlan({ holdback: { share: "20", release: { after: { days: 1 } } } }))).toEqual([
      "rate-above-one /holdback/share",
    ]);
    expect(found(plainPlan({ cap: { per: "plan", value: "1.5" }, windfall: { above: "1.8" } }))).toEqual([
      "limit-never-reached /windfall/above",
    ]);
    expect(found(plainPlan({ cap: { per: "plan", value: "1.5" }, components: [{ ...part, cap: "2" }] }))).toEqual([
      "limit-never-reached /components/0/cap",
    ]);
    expect(found(plainPlan({ modifiers: [{ rules: "m", factor: "$.f", floor: "2", ceiling: "1" }] }))).toEqual([
      "floor-above-ceiling /modifiers/0/floor",
    ]);
    expect(
      found(
        plainPlan({
          cap: [
            { per: "plan", value: "1" },
            { per: "plan", value: "2" },
          ],
        }),
      ),
    ).toContain("cap-twice /cap/1");
  });

  it("IN3: hold a plan to its promise to be diminishing", () => {
    const tiers = [
      { from: "0", rate: "1" },
      { from: "1", rate: "1.5" },
    ];
    const plan = plainPlan({ diminishing: true, components: [{ ...part, curve: { kind: "marginal-tiers", tiers } }] });
    expect(found(plan)).toEqual(["curve-not-diminishing /components/0/curve"]);
  });

  it("find bands out of order, an open band in the middle and a last band that is closed", () => {
    const banded = (...below: (string | undefined)[]): PlanDocument => ({
      id: "p",
      title: "P",
      currency: "USD",
      period: "month",
      basis: "transaction",
      transaction: "deal",
      rate: {
        by: "$.m",
        kind: "whole-amount",
        bands: below.map((end) => ({ rate: "0.1", ...(end ? { below: end } : {}) })),
      },
    });
    expect(found(banded("1", "2", undefined))).toEqual([]);
    expect(found(banded("2", "1", undefined))).toEqual(["band-unsorted /rate/bands/1/below"]);
    expect(found(banded(undefined, "1", undefined))).toEqual(["band-open /rate/bands/0/below"]);
    expect(found(banded("1", "2"))).toEqual(["band-closed /rate/bands/1/below"]);
  });

  it("refuse what cannot run, with the place and the way out", () => {
    const misplaced = plainPlan({
      clawback: { on: "lost", schedule: [{ within: { workingDays: 3 }, share: "1" }] },
      cap: { per: "deal", value: "1" },
    });
    const issues = unsupportedPlanParts(misplaced);
    expect(issues.map((issue) => issue.path)).toEqual(["/clawback", "/cap/per", "/clawback/schedule/0/within"]);
    expect(issues.every((issue) => issue.severity === "error" && issue.hint)).toBe(true);
    expect(found(plainPlan({ modifiers: [{ rules: "m", factor: "$..f" }] }))).toEqual([
      "not-supported /modifiers/0/factor",
    ]);
  });
});

describe("a plan in words", () => {
  it("IN2: says every part in plain English and names the kind of tier", () => {
    const words = planInWords(salesQuarter, { "laptops-sold": "Laptops sold", "gross-margin": "Gross margin" });
    expect(words[0]).toBe("Quarterly sales bonus pays in USD for each quarter.");
    expect(words.join(" ")).toContain(
      "Laptops sold pays in full only if Gross margin is at least 0.25; otherwise it pays nothing.",
    );
    expect(words).toContain("20 % is held back and released after 90 days.");
    const tiers = [
      { from: "0", rate: "1" },
      { from: "1", rate: "1.5" },
    ];
    const named = (kind: "marginal-tiers" | "whole-amount-tiers") =>
      planInWords(plainPlan({ components: [{ ...part, curve: { kind, tiers } }] })).join(" ");
    expect(named("marginal-tiers")).toContain("(marginal tiers)");
    expect(named("whole-amount-tiers")).toContain("(whole-amount tiers)");
  });
});

describe("what a plan reads", () => {
  it("is known without running it", () => {
    expect(factsOfPlan(salesQuarter, { "nps-modifier": npsModifier })).toEqual({
      measures: [
        { component: "units", measure: "laptops-sold", credit: { to: "individual" } },
        { component: "retention", measure: "customer-retention", credit: { to: "teams", weights: "assignment" } },
      ],
      facts: [
        { fact: "person.role" },
        { fact: "metric", params: { id: "gross-margin", of: "$subject", window: "$period" }, path: "$.value" },
        { fact: "unit.nps" },
      ],
      rulesets: ["nps-modifier"],
      parameters: [],
    });
  });

  it("includes parameters of rates and of conditions", () => {
    const plan = plainPlan({
      eligible: { all: [{ fact: "person.tenure", operator: "greaterThan", value: { fact: "parameter.months" } }] },
      cap: { per: "plan", value: { parameter: "most" } },
    });
    expect(factsOfPlan(plan).parameters.toSorted()).toEqual(["months", "most"]);
    expect(factsOfPlan(plan).facts).toEqual([{ fact: "person.tenure" }, { fact: "parameter.months" }]);
  });
});
