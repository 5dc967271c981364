import { describe, expect, it } from "vitest";
import { compilePlan, computePayout, computePayouts } from "#engine/incentive/compile-plan.ts";
import type { PayoutInputs } from "#engine/incentive/inputs.ts";
import type { Curve, PlanDocument } from "#engine/incentive/plan.ts";
import { recomputePayout } from "#engine/incentive/recompute.ts";
import { lineInWords, statementInWords } from "#engine/incentive/statement.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { plainInputs, plainPlan, salesInputs, salesQuarter } from "./sales-plan.ts";

const withCurve = (curve: Curve, overrides: Partial<PlanDocument["components"] & object> = {}) =>
  plainPlan({ components: [{ ...plainPlan().components![0]!, curve, ...overrides }] });
const at = (attainment: string): PayoutInputs => plainInputs({ results: { sales: { attainment } } });
const identity = plainPlan().components![0]!.curve;

describe("a payout", () => {
  it("IN2: at 130 % of quota with 1.5x above target, marginal tiers pay 145,000 and whole-amount tiers 195,000", () => {
    const tiers = [
      { from: "0", rate: "1" },
      { from: "1", rate: "1.5" },
    ];
    expect(computePayout(withCurve({ kind: "marginal-tiers", tiers }), at("1.3")).totalMinor).toBe(14_500_000);
    expect(computePayout(withCurve({ kind: "whole-amount-tiers", tiers }), at("1.3")).totalMinor).toBe(19_500_000);
  });

  it("GO4: pays 50 / 100 / 150 % at threshold, target, stretch and nothing just below the threshold", () => {
    const plan = withCurve(salesQuarter.components![0]!.curve);
    const paid = ["0.7999", "0.8", "0.9", "1", "1.2", "1.3"].map((a) => computePayout(plan, at(a)).totalMinor);
    expect(paid).toEqual([0, 5_000_000, 7_500_000, 10_000_000, 15_000_000, 15_000_000]);
  });

  it("IN4: applies caps in a fixed order, component before plan, and prints it", () => {
    const two = [
      { ...plainPlan().components![0]!, id: "a", weight: "0.5", measure: "a", curve: identity, cap: "1.5" },
      { ...plainPlan().components![0]!, id: "b", weight: "0.5", measure: "b", curve: identity },
    ];
    const plan = plainPlan({ components: two, cap: { per: "plan", value: "1.4" } });
    const payout = computePayout(plan, plainInputs({ results: { a: { attainment: "3" }, b: { attainment: "2" } } }));
    // a: 150,000 capped to 75,000; b: 100,000; together 175,000 over the plan's 140,000, taken in proportion
    expect(payout.totalMinor).toBe(14_000_000);
    expect(payout.lines.map((line) => line.amountMinor)).toEqual([6_000_000, 8_000_000]);
    expect(payout.lines[0]!.trace.filter((step) => step.stage === "cap").map((step) => step.id)).toEqual([
      "a/cap-limit",
      "a/cap",
      "a/plan-cap",
    ]);
    expect(lineInWords(payout, payout.lines[0]!)).toContain("limited by its own cap and the cap of the plan");
  });

  it("IN4: a payout over the windfall limit waits whole in review, and is paid when the review approves it", () => {
    const plan = plainPlan({ windfall: { above: "1.8" } });
    const waiting = computePayout(plan, at("2"));
    expect(waiting).toMatchObject({
      status: "in review",
      totalMinor: 20_000_000,
      reviewMinor: 20_000_000,
      payableMinor: 0,
      heldMinor: 0,
    });
    expect(computePayout(plan, at("1.8")).status).toBe("computed");
    const approved = computePayout(plan, { ...at("2"), windfallReview: { approved: true, by: "grace" } });
    expect(approved).toMatchObject({ status: "computed", payableMinor: 20_000_000, reviewMinor: 0 });
    expect(computePayout(plan, { ...at("2"), windfallReview: { approved: false } }).status).toBe("in review");
  });

  it("IN5: a failed gate pays nothing, or the reduced rate, and the line says which gate and value", () => {
    const results = { ...salesInputs().results, "gross-margin": { actual: "0.22", target: "0.25" } };
    const payout = computePayout(salesQuarter, salesInputs({ results }));
    expect(payout.lines[0]!.amountMinor).toBe(0);
    const words = lineInWords(payout, payout.lines[0]!, { titles: { "gross-margin": "Gross margin" } });
    expect(words).toContain("gate not passed");
    expect(words).toMatch(/Gross margin.*0\.22.*below 0\.25/);

    const reduced = structuredClone(salesQuarter);
    reduced.components![0]!.gate!.else = "0.5";
    const half = computePayout(reduced, salesInputs({ results }));
    const full = computePayout(salesQuarter, salesInputs());
    expect(half.lines[0]!.amountMinor! * 2).toBe(full.lines[0]!.amountMinor);
  });

  it("IN5: a value exactly at the gate passes it", () => {
    const results = { ...salesInputs().results, "gross-margin": { actual: "0.25" } };
    expect(computePayout(salesQuarter, salesInputs({ results })).lines[0]!.amountMinor).toBeGreaterThan(0);
  });

  it("IN6: modifiers multiply in their order, each within its floor and ceiling", () => {
    const payout = (facts: Record<string, unknown>) => computePayout(salesQuarter, salesInputs({ facts }));
    const hand = { plain: 6000 * (0.7 * 1.5 + 0.3 * 0.8), floor: 0.5, raise: 1.1 };
    expect(payout({ "unit.nps": 20 }).totalMinor).toBe(Math.round(hand.plain * 100));
    expect(payout({ "unit.nps": 50 }).totalMinor).toBe(Math.round(hand.plain * hand.raise * 100));
    expect(payout({ "unit.nps": -5 }).totalMinor).toBe(Math.round(hand.plain * hand.floor * 100));
    const raised = payout({ "unit.nps": 50 });
    expect(raised.trace.find((step) => step.stage === "modifier")?.detail).toMatchObject({
      rule: "strong",
      event: "raise",
    });
  });

  it("IN7: teams of 110 % (70) and 90 % (30) give 104 %; with 120 % of one's own that is 110.4 % and 11,040.00", () => {
    const plan = plainPlan({
      targetIncentive: { amount: "10000" },
      components: [
        { id: "team", title: "Team", weight: "0.6", measure: "sales", credit: { to: "teams" }, curve: identity },
        { id: "own", title: "Own", weight: "0.4", measure: "sales", curve: identity },
      ],
    });
    const parts = [
      { team: "b", attainment: "0.9", weight: 30 },
      { team: "a", attainment: "1.1", weight: 70 },
    ];
    const payout = computePayout(plan, plainInputs({ results: { team: { parts }, own: { attainment: "1.2" } } }));
    expect(payout.lines[0]!.trace.find((step) => step.id === "team/attainment")?.result).toBe("1.04");
    expect(payout.attainment).toBe("1.104");
    expect(payout.totalMinor).toBe(1_104_000);
    expect(statementInWords(payout)[0]).toBe("Plain bonus, 2026, for ada: 11,040.00 USD.");
  });

  it("pays teams alike where the plan says equal", () => {
    const plan = plainPlan({
      components: [{ ...plainPlan().components![0]!, credit: { to: "teams", weights: "equal" } }],
    });
    const parts = [
      { team: "a", actual: 3, target: 2, weight: 9 },
      { team: "b", attainment: "0.5" },
    ];
    expect(computePayout(plan, plainInputs({ results: { sales: { parts } } })).attainment).toBe("1");
  });

  it("takes the target incentive from a share of salary, an amount, a fact, a parameter or what it is given", () => {
    const amount = (plan: Partial<PlanDocument>, inputs: Partial<PayoutInputs> = {}) =>
      computePayout(plainPlan(plan), plainInputs(inputs)).targetMinor;
    const salary = { targetIncentive: { shareOf: "salary" as const, value: "0.2" }, period: "quarter" as const };
    expect(amount(salary, { salaryMinor: 12_000_000 })).toBe(600_000);
    expect(amount(salary, { salaryMinor: 1_000_000, salaryPer: "month" })).toBe(600_000);
    expect(amount(salary, { salaryMinor: 3_000_000, salaryPer: "period" })).toBe(600_000);
    expect(amount({ targetIncentive: { fact: "person.target" } }, { facts: { "person.target": 12.5 } })).toBe(1_250);
    const declared = { targetIncentive: { amount: { parameter: "target" } }, parameters: { target: { default: 700 } } };
    expect(amount(declared)).toBe(70_000);
    expect(amount(declared, { parameters: { target: "800.50" } })).toBe(80_050);
    expect(amount({}, { targetIncentiveMinor: 99 })).toBe(99);
    expect(amount({ currency: "JPY", targetIncentive: { amount: "5000" } })).toBe(5_000);
    expect(amount({ currency: "KWD", targetIncentive: { amount: "5" } })).toBe(5_000);
  });

  it("holds a share back and releases it later", () => {
    const payout = computePayout(salesQuarter, salesInputs());
    expect(payout).toMatchObject({
      totalMinor: 774_000,
      heldMinor: 154_800,
      payableMinor: 619_200,
      release: { after: { days: 90 } },
    });
  });

  it("rounds once, so that lines sum to the total, by the policy of the plan", () => {
    const third = { weight: "0.333333333333", curve: identity };
    const plan = (rounding: "half-even" | "half-up" | "down") =>
      plainPlan({
        targetIncentive: { amount: "100.01" },
        rounding,
        components: ["a", "b", "c"].map((id) => ({ ...plainPlan().components![0]!, ...third, id, measure: "sales" })),
      });
    const payout = computePayout(plan("half-up"), plainInputs());
    expect(payout.totalMinor).toBe(10_001);
    expect(payout.lines.map((line) => line.amountMinor)).toEqual([3_334, 3_334, 3_333]);
    expect(computePayout(plan("down"), plainInputs()).totalMinor).toBe(10_000);
    const half = (rounding: "half-even" | "half-up") =>
      computePayout(plainPlan({ targetIncentive: { amount: "0.05" }, rounding }), at("0.5")).totalMinor;
    expect([half("half-even"), half("half-up")]).toEqual([2, 3]);
  });

  it("does not let the 40th digit of a third decide half a cent", () => {
    const plan = plainPlan({ targetIncentive: { amount: "0.045" }, rounding: "half-up" });
    const payout = computePayout(plan, plainInputs({ results: { sales: { actual: 1, target: 3 } } }));
    expect(payout.totalMinor).toBe(2); // 4.5 cents × 1/3 = 1.5 cents exactly
  });
});

describe("a payout that lacks something", () => {
  it("is not evaluated, never zero, and names every missing result at once", () => {
    const payout = computePayout(salesQuarter, salesInputs({ results: { "gross-margin": { actual: 0.3 } } }));
    expect(payout.status).toBe("not evaluated");
    expect(payout.totalMinor).toBeNull();
    expect(payout.lines.map((line) => line.amountMinor)).toEqual([null, null]);
    expect(payout.missing.map((missing) => missing.name)).toEqual(["laptops-sold", "customer-retention"]);
    expect(payout.lines[0]!.missing).toEqual(["There is no result of laptops-sold for the third quarter of 2026."]);
    expect(statementInWords(payout)).toContain(
      "There is no result of customer-retention for the third quarter of 2026.",
    );
  });

  it.each([
    ["a stale result", { state: "stale", actual: 1, target: 1 }, "is stale"],
    ["no actual value", { target: 1 }, "no actual value"],
    ["no target", { actual: 1 }, "no target"],
    ["a target of zero", { actual: 1, target: 0 }, "target above zero"],
    ["a number that is none", { actual: "many", target: 1 }, "no actual value"],
    ["an infinite number", { actual: Number.POSITIVE_INFINITY, target: 1 }, "no actual value"],
    ["no teams", { parts: [] }, "no team"],
    [
      "a team without a weight",
      {
        parts: [
          { team: "a", attainment: 1 },
          { team: "b", attainment: 1 },
        ],
      },
      "no weight",
    ],
    [
      "a team twice",
      {
        parts: [
          { team: "a", attainment: 1, weight: 1 },
          { team: "a", attainment: 1, weight: 1 },
        ],
      },
      "twice",
    ],
  ])("names %s", (_, result, words) => {
    const payout = computePayout(plainPlan(), plainInputs({ results: { sales: result } }));
    expect(payout.status).toBe("not evaluated");
    expect(payout.missing[0]!.message).toContain(words);
  });

  it("names the fact that a gate, eligibility or a modifier needs", () => {
    const without = (inputs: Partial<PayoutInputs>) => computePayout(salesQuarter, salesInputs(inputs)).missing;
    const { "gross-margin": _, ...results } = salesInputs().results!;
    expect(without({ results })).toMatchObject([{ kind: "fact", name: "gross-margin", component: "units" }]);
    expect(without({ payee: { id: "ada" } })).toMatchObject([{ kind: "fact", name: "person.role" }]);
    expect(without({ facts: {} })).toMatchObject([{ kind: "fact", name: "unit.nps" }]);
    expect(without({ salaryMinor: null })).toMatchObject([{ kind: "input", name: "salary" }]);
  });

  it("names a parameter without a value", () => {
    const plan = plainPlan({ targetIncentive: { amount: { parameter: "target" } } });
    expect(computePayout(plan, plainInputs()).missing).toMatchObject([{ kind: "parameter", name: "target" }]);
    const text = computePayout(plan, plainInputs({ parameters: { target: "lots" } }));
    expect(text.missing[0]!.message).toContain("not a number");
  });

  it("pays nothing to who is not eligible, and says why", () => {
    const payout = computePayout(salesQuarter, salesInputs({ payee: { id: "bo", fields: { role: "support" } } }));
    expect(payout).toMatchObject({ status: "not eligible", totalMinor: 0, lines: [] });
    expect(statementInWords(payout).join(" ")).toContain("support");
  });

  it("throws issues only for a plan that nobody could compute", () => {
    expect(() => compilePlan(salesQuarter, {})).toThrow(IssuesError);
    expect(() => compilePlan(plainPlan({ clawback: { on: "lost", schedule: [] } }))).toThrow(/transactions/);
  });
});

describe("proration", () => {
  const proration = { hire: "days", leave: "days", fte: "share", paidLeave: ["maternity"] } as const;
  const plan = plainPlan({
    proration: { ...proration, paidLeave: ["maternity"] },
    targetIncentive: { amount: "9200" },
  });
  const quarter = { id: "2026-Q3", from: "2026-07-01", to: "2026-10-01" };
  const total = (segments: PayoutInputs["segments"]) =>
    computePayout(plan, plainInputs({ period: quarter, segments })).totalMinor;

  it("IN12: three segments by day count sum exactly to the whole", () => {
    const segments = [
      { from: "2026-07-01", to: "2026-07-18" },
      { from: "2026-07-18", to: "2026-09-02" },
      { from: "2026-09-02", to: "2026-10-01" },
    ];
    expect(total(segments)).toBe(920_000);
    expect(total(segments.toReversed())).toBe(920_000);
    const parts = segments.map((segment) => total([segment])!);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(920_000);
  });

  it("IN12: counts hire, leave by type, full-time share, and a target that changed", () => {
    expect(total([{ from: "2026-08-01", to: "2030-01-01" }])).toBe(610_000); // 61 of 92 days
    expect(total([{ from: "2020-01-01", to: "2026-10-01", fte: "0.5" }])).toBe(460_000);
    const leave = (type: string) =>
      total([
        { from: "2026-07-01", to: "2026-09-01" },
        { from: "2026-09-01", to: "2026-10-01", leave: type },
      ]);
    expect(leave("unpaid")).toBe(620_000);
    expect(leave("maternity")).toBe(920_000);
    expect(
      total([
        { from: "2026-07-01", to: "2026-08-01" },
        { from: "2026-08-01", to: "2026-10-01", targetIncentiveMinor: 1_840_000 },
      ]),
    ).toBe(310_000 + 1_220_000);
    expect(total([])).toBe(0);
  });

  it("IN12: a plan without proration pays the whole whoever was there", () => {
    const whole = computePayout(
      plainPlan(),
      plainInputs({ segments: [{ from: "2026-06-01", to: "2027-01-01", fte: "0.5" }] }),
    );
    expect(whole.totalMinor).toBe(10_000_000);
  });

  it("refuses segments that overlap or are no dates", () => {
    const lacks = (segments: PayoutInputs["segments"]) =>
      computePayout(plan, plainInputs({ period: quarter, segments })).missing[0]?.message;
    expect(
      lacks([
        { from: "2026-07-01", to: "2026-08-02" },
        { from: "2026-08-01", to: "2026-10-01" },
      ]),
    ).toContain("overlap on 2026-08-01");
    expect(lacks([{ from: "2026-02-30", to: "2026-08-02" }])).toContain("cannot be read");
  });
});

describe("a ramp", () => {
  const plan = plainPlan({
    period: "month",
    ramp: [
      { month: 1, quota: "0.5" },
      { month: 2, quota: "0.8" },
    ],
  });
  const month = (from: string, to: string) => ({ id: from.slice(0, 7), from, to });
  const attained = (period: PayoutInputs["period"]) =>
    computePayout(
      plan,
      plainInputs({
        period,
        payee: { id: "ada", hireDate: "2026-03-10" },
        results: { sales: { actual: 40, target: 100 } },
      }),
    ).attainment;

  it("IN9: lowers the quota of new hires by month of employment", () => {
    expect(attained(month("2026-03-01", "2026-04-01"))).toBe("0.8");
    expect(attained(month("2026-04-01", "2026-05-01"))).toBe("0.5");
    expect(attained(month("2026-05-01", "2026-06-01"))).toBe("0.4");
  });

  it("needs the hire date", () => {
    expect(computePayout(plan, plainInputs()).missing).toMatchObject([{ name: "person.hireDate" }]);
  });
});

describe("a statement", () => {
  it("IN16: says each line as anyone understands it, and the order of calculation", () => {
    const payout = computePayout(salesQuarter, salesInputs());
    const words = statementInWords(payout, { people: { ada: "Ada Brook" }, titles: { "nps-modifier": "Promoters" } });
    expect(words).toContain(
      "Laptops sold: 364 of 303, 120.13 % of target → 150 % of this part → weight 70 % → × 1 = 6,300.00 USD.",
    );
    expect(words).toContain("Target incentive of the period: 6,000.00 USD.");
    expect(words).toContain("Held back until released: 1,548.00 USD.");
    expect(words.at(-1)).toBe(
      "Order of calculation: eligibility → attainment → curve → gate → weight → target incentive → proration → modifier → cap → windfall → holdback → rounding.",
    );
    expect(recomputePayout(payout).differences).toEqual([]);
  });
});

describe("a batch", () => {
  it("gives the payouts of single computations", () => {
    const inputs = ["1", "1.1", "0.2"].map((a) => at(a));
    expect(computePayouts(plainPlan(), inputs)).toEqual(inputs.map((one) => computePayout(plainPlan(), one)));
  });
});

describe("what a payout takes from elsewhere", () => {
  it("holds a result that comes without a target against the plan's own, and says so on the trace", () => {
    const [sales] = plainPlan().components!;
    const plan = plainPlan({
      parameters: { goal: { default: "0.8" } },
      components: [{ ...sales!, target: { parameter: "goal" } }],
    });
    const given = computePayout(plan, plainInputs({ results: { sales: { actual: "0.6" } } }));
    expect(given.totalMinor).toBe(7_500_000);
    expect(given.lines[0]!.trace[0]!.detail).toMatchObject({ targetOf: "plan", parameter: "goal" });
    const own = computePayout(plan, plainInputs({ results: { sales: { actual: "0.6", target: "0.6" } } }));
    expect(own.totalMinor).toBe(10_000_000);
    expect(recomputePayout(given).differences).toEqual([]);
  });

  it("never converts a salary in another currency: it is missing, by name", () => {
    const payout = computePayout(salesQuarter, salesInputs({ salaryCurrency: "INR" }));
    expect(payout).toMatchObject({ status: "not evaluated", totalMinor: null });
    expect(payout.missing.map(({ name }) => name)).toEqual(["salaryCurrency"]);
    expect(computePayout(salesQuarter, salesInputs({ salaryCurrency: "USD" })).status).toBe("computed");
  });

  it("reads found facts by name and params, the payee and the unit bound, whatever the order of the params", () => {
    const plan = plainPlan({
      eligible: {
        all: [
          {
            fact: "metric",
            params: { id: "nps", of: "$unit", window: "$period" },
            path: "$.value",
            operator: "equal",
            value: 7,
          },
        ],
      },
    });
    const payee = { id: "ada", fields: { unit: "north" } };
    const fact = (of: string) => ({ fact: "metric", params: { window: "2026", of, id: "nps" }, value: { value: 7 } });
    const paid = (of: string) => computePayout(plan, plainInputs({ payee, facts: [fact(of)] })).status;
    expect([paid("north"), paid("south")]).toEqual(["computed", "not evaluated"]);
  });

  it("never takes the payee's own result for the organisation's", () => {
    const of = (params: Record<string, string>) =>
      plainPlan({ eligible: { all: [{ fact: "metric", params, path: "$.attainment", operator: "equal", value: 1 }] } });
    expect(computePayout(of({ id: "sales", of: "$subject" }), plainInputs()).status).toBe("computed");
    expect(computePayout(of({ id: "sales" }), plainInputs()).status).toBe("not evaluated");
  });
});
