import { describe, expect, it } from "vitest";
import { computePayout } from "#engine/incentive/compile-plan.ts";
import { payoutDelta } from "#engine/incentive/payout-delta.ts";
import { summarisePayouts } from "#engine/incentive/payout-run.ts";
import { plainInputs, plainPlan, salesInputs, salesQuarter } from "./sales-plan.ts";

describe("a run of payouts", () => {
  it("sums amounts, counts everyone once, and names who could not be evaluated", () => {
    const plan = plainPlan({
      eligible: { all: [{ fact: "person.role", operator: "equal", value: "sales" }] },
      windfall: { above: "1.5" },
    });
    const person = (id: string, role: string, attainment?: string) =>
      computePayout(
        plan,
        plainInputs({ payee: { id, fields: { role } }, results: attainment ? { sales: { attainment } } : {} }),
      );
    const payouts = [
      ...Array.from({ length: 10 }, (_, index) => person(`p${index}`, "sales", String((index + 1) / 10))),
      person("w", "sales", "2"),
      person("s", "support", "1"),
      person("m", "sales"),
    ];
    const run = summarisePayouts(payouts, 4);
    expect(run).toMatchObject({ people: 13, computed: 10, inReview: 1, notEligible: 1, notEvaluated: 1 });
    expect(run.totalMinor).toBe(55_000_000 + 20_000_000);
    expect(run.payableMinor).toBe(55_000_000);
    expect(run.reviewMinor).toBe(20_000_000);
    expect(run.quantiles).toEqual({ p10: 2_000_000, p50: 6_000_000, p90: 10_000_000 });
    expect(run.histogram.map((bar) => bar.people)).toEqual([5, 5, 0, 1]);
    expect(run.issues).toEqual([{ person: "m", name: "m", reason: "There is no result of sales for 2026." }]);
  });

  it("has no quantiles and no bars where nobody has an amount, and one bar where all are equal", () => {
    expect(summarisePayouts([])).toMatchObject({ people: 0, quantiles: null, histogram: [] });
    const same = computePayout(plainPlan(), plainInputs());
    expect(summarisePayouts([same, same]).histogram).toEqual([
      { fromMinor: 10_000_000, toMinor: 10_000_001, people: 2 },
    ]);
  });
});

describe("a payout computed again", () => {
  it("IN13: gives the delta of each line with old, new and cause, and leaves the closed payout as it was", () => {
    const before = computePayout(salesQuarter, salesInputs());
    const closed = JSON.stringify(before);
    const results = { ...salesInputs().results, "laptops-sold": { actual: 303, target: 303, asOf: "2026-11-02" } };
    const delta = payoutDelta(before, computePayout(salesQuarter, salesInputs({ results })));
    expect(delta).toMatchObject({ oldMinor: 774_000, newMinor: 564_000, deltaMinor: -210_000, cause: [] });
    expect(delta!.lines).toEqual([
      {
        component: "units",
        title: "Laptops sold",
        oldMinor: 630_000,
        newMinor: 420_000,
        deltaMinor: -210_000,
        cause: ["actual of units/attainment: 364 → 303"],
      },
    ]);
    expect(JSON.stringify(before)).toBe(closed);
    const raised = payoutDelta(before, computePayout(salesQuarter, salesInputs({ facts: { "unit.nps": 60 } })));
    expect(raised!.cause).toEqual(["value of modifier/1: 1 → 1.1"]);
    expect(payoutDelta(before, computePayout(salesQuarter, salesInputs({ results: {} })))).toBeUndefined();
  });
});
