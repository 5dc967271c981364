import { describe, expect, it } from "vitest";
import { computePayout } from "#engine/incentive/compile-plan.ts";
import type { PayoutInputs, Transaction } from "#engine/incentive/inputs.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { recomputePayout } from "#engine/incentive/recompute.ts";
import { lineInWords, statementInWords } from "#engine/incentive/statement.ts";

const commission = (overrides: Partial<PlanDocument> = {}): PlanDocument => ({
  id: "margin-commission",
  title: "Commission on gross margin",
  currency: "USD",
  period: "month",
  basis: "transaction",
  transaction: "deal",
  amount: "$.grossMargin",
  rate: {
    by: "$.marginShare",
    kind: "whole-amount",
    bands: [{ below: "0.10", rate: "0" }, { below: "0.25", rate: "0.04" }, { rate: "0.07" }],
  },
  credit: { splits: "$.credits" },
  order: ["date", "id"],
  ...overrides,
});

const deal = (
  id: string,
  date: string,
  grossMargin: number | string,
  marginShare: number,
  share: number | string = 1,
): Transaction => ({
  id,
  date,
  fields: {
    grossMargin,
    marginShare,
    credits: [
      { person: "ada", share },
      ...(Number(share) === 1 ? [] : [{ person: "bo", share: String(1 - Number(share)) }]),
    ],
  },
});

const inputs = (transactions: Transaction[], overrides: Partial<PayoutInputs> = {}): PayoutInputs => ({
  payee: { id: "ada", name: "Ada Brook" },
  period: { id: "2026-07", from: "2026-07-01", to: "2026-08-01" },
  transactions,
  ...overrides,
});

const amounts = (plan: PlanDocument, given: PayoutInputs) =>
  computePayout(plan, given).lines.map((line) => line.amountMinor);

describe("a plan on transactions", () => {
  it("IN5: pays each deal the rate of its margin band, nothing under the floor, the boundary at the higher band", () => {
    const deals = [
      deal("d1", "2026-07-03", 10_000, 0.0999),
      deal("d2", "2026-07-04", 10_000, 0.1),
      deal("d3", "2026-07-05", 10_000, 0.25),
    ];
    expect(amounts(commission(), inputs(deals))).toEqual([0, 40_000, 70_000]);
  });

  it("pays marginal bands slice by slice, exactly, where the band is of the amount itself", () => {
    const plan = commission({
      rate: {
        by: "$.grossMargin",
        kind: "marginal",
        bands: [{ below: "1000", rate: "0.1" }, { below: "3000", rate: "0.2" }, { rate: "0.3" }],
      },
    });
    expect(
      amounts(plan, inputs([deal("d1", "2026-07-03", "4000", 0.3), deal("d2", "2026-07-04", "999.99", 0.3)])),
    ).toEqual([10_000 + 40_000 + 30_000, 10_000]);
  });

  it("IN8: credits the payee's split, which must sum to 1 unless the plan overlays", () => {
    expect(amounts(commission(), inputs([deal("d1", "2026-07-03", 10_000, 0.3, "0.25")]))).toEqual([17_500]);
    const wrong = deal("d1", "2026-07-03", 10_000, 0.3);
    wrong.fields.credits = [
      { person: "ada", share: 0.7 },
      { person: "bo", share: 0.7 },
    ];
    const refused = computePayout(commission(), inputs([wrong]));
    expect(refused.status).toBe("not evaluated");
    expect(refused.missing[0]!.message).toBe("The credits of the transaction d1 sum to 1.4, not to 1.");
    expect(amounts(commission({ credit: { splits: "$.credits", overlay: true } }), inputs([wrong]))).toEqual([49_000]);
  });

  it("leaves out deals in which the payee has no credit", () => {
    const other = deal("d1", "2026-07-03", 10_000, 0.3);
    other.fields.credits = [{ person: "bo", share: 1 }];
    expect(computePayout(commission(), inputs([other]))).toMatchObject({
      status: "computed",
      totalMinor: 0,
      lines: [],
    });
  });

  it("IN4: caps each deal, then uses the cap of the plan up in the order of date and id, whatever the input's", () => {
    const plan = commission({
      cap: [
        { per: "plan", value: "1000" },
        { per: "deal", value: "600" },
      ],
    });
    const deals = [
      deal("d3", "2026-07-05", 10_000, 0.3),
      deal("d1", "2026-07-03", 10_000, 0.3),
      deal("d2", "2026-07-03", 5_000, 0.3),
    ];
    const payout = computePayout(plan, inputs(deals));
    expect(payout.lines.map((line) => [line.component, line.amountMinor])).toEqual([
      ["d1", 60_000],
      ["d2", 35_000],
      ["d3", 5_000],
    ]);
    expect(amounts(plan, inputs(deals.toReversed()))).toEqual([60_000, 35_000, 5_000]);
    expect(recomputePayout(payout).differences).toEqual([]);
  });

  it("rounds by the running total, so that many odd deals still sum to the total", () => {
    const deals = Array.from({ length: 300 }, (_, index) => deal(`d${index}`, "2026-07-03", "0.33", 0.3));
    const payout = computePayout(commission(), inputs(deals));
    expect(payout.totalMinor).toBe(693); // 300 × 2.31 cents
    expect(payout.lines.reduce((sum, line) => sum + line.amountMinor!, 0)).toBe(693);
    expect(recomputePayout(payout).differences).toEqual([]);
  });

  it("lets a returned deal take back what it paid", () => {
    expect(
      computePayout(commission(), inputs([deal("d1", "2026-07-03", 100, 0.3), deal("d2", "2026-07-09", -100, 0.3)]))
        .totalMinor,
    ).toBe(0);
  });

  it.each([
    ["no margin", { marginShare: 0.3, credits: [{ person: "ada", share: 1 }] }, "$.grossMargin"],
    ["no credits", { grossMargin: 1, marginShare: 0.3 }, "no credits"],
    ["a credit without a share", { grossMargin: 1, marginShare: 0.3, credits: [{ person: "ada" }] }, "share"],
  ])("names a deal with %s", (_, fields, words) => {
    const payout = computePayout(commission(), inputs([{ id: "d1", date: "2026-07-03", fields }]));
    expect(payout.status).toBe("not evaluated");
    expect(payout.missing[0]!.message).toContain(words);
  });

  it("names deals that are missing, given twice or without a date", () => {
    const lacks = (given: PayoutInputs) => computePayout(commission(), given).missing[0]?.message;
    expect(lacks({ ...inputs([]), transactions: undefined })).toContain("no deal records");
    expect(lacks(inputs([deal("d1", "2026-07-03", 1, 0.3), deal("d1", "2026-07-03", 1, 0.3)]))).toContain("twice");
    expect(lacks(inputs([deal("d1", "soon", 1, 0.3)]))).toContain("no date");
  });

  it("says a deal in words", () => {
    const payout = computePayout(commission(), inputs([deal("d1", "2026-07-03", 10_000, 0.3, "0.5")]));
    expect(lineInWords(payout, payout.lines[0]!)).toBe("d1: 10,000 at 7 %, credited 50 % = 350.00 USD.");
  });
});

describe("a draw", () => {
  const earned = (amount: number) => inputs([deal("d1", "2026-07-03", amount, 0.3)]);
  const plan = commission({
    draw: { amount: "2000", recoverable: true, recoverAtMost: "300" },
    rate: { by: "$.marginShare", kind: "whole-amount", bands: [{ rate: "1" }] },
  });

  it("IN9: a recoverable draw of 2,000 on 1,500 earned carries 500 and recovers it up to the limit", () => {
    const first = computePayout(plan, earned(1_500));
    expect(first).toMatchObject({ totalMinor: 150_000, payableMinor: 200_000, balances: { drawMinor: 50_000 } });
    const second = computePayout(plan, { ...earned(3_000), balances: first.balances });
    expect(second).toMatchObject({ totalMinor: 300_000, payableMinor: 270_000, balances: { drawMinor: 20_000 } });
    const third = computePayout(plan, { ...earned(2_100), balances: second.balances });
    expect(third).toMatchObject({ payableMinor: 200_000, balances: { drawMinor: 10_000 } });
    for (const payout of [first, second, third]) expect(recomputePayout(payout).differences).toEqual([]);
    expect(statementInWords(first)).toContain("Draw advance: 500.00 USD.");
  });

  it("does not carry what is not recoverable", () => {
    const guarantee = { ...plan, draw: { amount: "2000", recoverable: false } };
    expect(computePayout(guarantee, earned(1_500))).toMatchObject({
      payableMinor: 200_000,
      balances: { drawMinor: 0 },
    });
  });
});

describe("a clawback", () => {
  const schedule = [
    { within: { days: 180 }, share: "0.25" },
    { within: { days: 60 }, share: "0.5" },
  ];
  const plan = commission({ clawback: { on: "customer-lost", schedule } });
  const lost = (happenedOn: string) => ({
    id: "r1",
    payment: "pay-7",
    transaction: "d9",
    on: "customer-lost",
    paidOn: "2026-05-01",
    happenedOn,
    paidMinor: 1_000_000,
  });
  const taken = (happenedOn: string) => computePayout(plan, inputs([], { reversals: [lost(happenedOn)] })).adjustments;

  it("IN10: 10,000 paid and a customer lost on day 60 of a 50 % schedule take 5,000 back, linked to the payment", () => {
    expect(taken("2026-06-30")).toMatchObject([
      { kind: "clawback", amountMinor: -500_000, payment: "pay-7", transaction: "d9" },
    ]);
    expect(taken("2026-07-01")).toMatchObject([{ amountMinor: -250_000 }]);
    expect(taken("2026-10-28")).toMatchObject([{ amountMinor: -250_000 }]);
    expect(taken("2026-10-29")).toEqual([]);
  });

  it("IN10: carries what is over the limit of the period, and recovers it first the next time", () => {
    const limited = commission({ clawback: { on: "customer-lost", schedule, limit: { perPeriod: "0.5" } } });
    const deals = [deal("d1", "2026-07-03", 100_000, 0.3)]; // earns 7,000.00
    const first = computePayout(limited, inputs(deals, { reversals: [lost("2026-06-30")] }));
    expect(first).toMatchObject({ payableMinor: 350_000, balances: { clawbackMinor: 150_000 } });
    const second = computePayout(limited, inputs(deals, { balances: first.balances }));
    expect(second).toMatchObject({ payableMinor: 550_000, balances: { clawbackMinor: 0 } });
    expect(second.adjustments[0]).toMatchObject({ kind: "clawback carried", amountMinor: -150_000 });
    for (const payout of [first, second]) expect(recomputePayout(payout).differences).toEqual([]);
  });

  it("ignores other events", () => {
    const other = { ...lost("2026-06-30"), on: "customer-moved" };
    expect(computePayout(plan, inputs([], { reversals: [other] })).adjustments).toEqual([]);
  });
});
