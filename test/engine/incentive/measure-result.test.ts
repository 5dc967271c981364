import { expect, it } from "vitest";
import { computePayout } from "#engine/incentive/compile-plan.ts";
import { measureResult, type PaidFact } from "#engine/incentive/measure-result.ts";
import { plainInputs, plainPlan } from "./sales-plan.ts";

const paid = (fact: PaidFact, direction: "higher" | "lower") =>
  computePayout(plainPlan(), plainInputs({ results: { sales: measureResult(fact, { unit: "count", direction }) } }));

it("pays on the unrounded result of a metric, dividing on the trace where more is better", () => {
  const payout = paid(
    { exact: { value: "1", target: "3", attainment: "0.3333" }, stale: false, state: "final" },
    "higher",
  );
  expect(payout.totalMinor).toBe(3_333_333);
  expect(payout.lines[0]!.trace[0]).toMatchObject({ formula: "ratio", inputs: { actual: "1", target: "3" } });
});

it("takes the metric's own attainment where less is better, and never divides without one", () => {
  const exact = { value: "5", target: "10" };
  expect(paid({ exact: { ...exact, attainment: "1.5" }, stale: false }, "lower").totalMinor).toBe(15_000_000);
  expect(paid({ exact, stale: false }, "lower").status).toBe("not evaluated");
  expect(paid({ exact: { value: "-5", target: "-10", attainment: "1.5" }, stale: false }, "higher").totalMinor).toBe(
    15_000_000,
  );
});

it("does not pay on a stale metric", () => {
  const payout = paid({ exact: { value: "1", target: "1" }, stale: true, state: "provisional" }, "higher");
  expect(payout.missing[0]!.message).toBe("The result of sales is stale; it cannot be paid on.");
});
