import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { computePayout } from "#engine/incentive/compile-plan.ts";
import type { MeasureResult, PayoutInputs } from "#engine/incentive/inputs.ts";
import { lintCurve } from "#engine/incentive/lint-curve.ts";
import { lintPlan } from "#engine/incentive/lint-plan.ts";
import type { Payout } from "#engine/incentive/payout.ts";
import { type Curve, PlanBody, type PlanDocument } from "#engine/incentive/plan.ts";
import { planInWords } from "#engine/incentive/plan-words.ts";
import { recomputePayout, traceOfLine } from "#engine/incentive/recompute.ts";
import { apportion } from "#engine/incentive/rounding.ts";
import { statementInWords } from "#engine/incentive/statement.ts";
import { unsupportedPlanParts } from "#engine/incentive/unsupported.ts";
import { Decimal } from "#engine/words/decimal.ts";
import { canonical } from "#engine/words/json.ts";
import { plainInputs, plainPlan, salesInputs, salesQuarter } from "./sales-plan.ts";

const decimal = (max: number, places = 2) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((n) => new Decimal(n).dividedBy(10 ** places).toFixed());

const curve: fc.Arbitrary<Curve> = fc
  .tuple(
    fc.constantFrom("linear", "steps", "marginal-tiers", "whole-amount-tiers"),
    fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 200 }), decimal(3)), {
      selector: ([x]) => x,
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom("zero", "flat", "extend"),
    fc.constantFrom("flat", "extend"),
  )
  .map(([kind, raw, below, above]): Curve => {
    const points = raw.toSorted((a, b) => a[0] - b[0]).map(([x, y]): [string, string] => [String(x / 100), y]);
    if (kind === "linear") return { kind, points, below, above };
    if (kind === "steps") return { kind, points, below: below === "extend" ? "zero" : below };
    return { kind, tiers: points.map(([from, rate]) => ({ from, rate })) };
  });

const result: fc.Arbitrary<MeasureResult> = fc.oneof(
  fc.record({ attainment: decimal(3, 4) }),
  fc.record({ actual: decimal(500), target: decimal(300) }),
  fc.record({
    parts: fc.uniqueArray(
      fc.record({ team: fc.constantFrom("a", "b", "c"), attainment: decimal(2, 3), weight: decimal(1) }),
      {
        selector: (part) => part.team,
        minLength: 1,
      },
    ),
  }),
);

/** A plan with up to four components of equal weight, and inputs for it; most can be computed. */
const scenario: fc.Arbitrary<{ plan: PlanDocument; inputs: PayoutInputs }> = fc
  .record({
    parts: fc.array(fc.record({ curve, result, cap: fc.option(decimal(2), { nil: undefined }) }), {
      minLength: 1,
      maxLength: 4,
    }),
    amount: decimal(100_000),
    planCap: fc.option(decimal(2), { nil: undefined }),
    windfall: fc.option(decimal(2), { nil: undefined }),
    hold: fc.option(decimal(1), { nil: undefined }),
    rounding: fc.constantFrom("half-even", "half-up", "down"),
    currency: fc.constantFrom("USD", "JPY", "KWD"),
    joined: fc.integer({ min: 1, max: 27 }),
  })
  .map(({ parts, amount, planCap, windfall, hold, rounding, currency, joined }) => {
    const plan = plainPlan({
      currency,
      rounding,
      targetIncentive: { amount },
      proration: { hire: "days", fte: "share" },
      components: parts.map((part, index) => ({
        id: `c${index}`,
        title: `Part ${index}`,
        measure: `m${index}`,
        weight: ["1", "0.5", "0.333333333333", "0.25"][parts.length - 1]!,
        curve: part.curve,
        ...(part.cap === undefined ? {} : { cap: part.cap }),
      })),
      ...(planCap === undefined ? {} : { cap: { per: "plan", value: planCap } }),
      ...(windfall === undefined ? {} : { windfall: { above: windfall } }),
      ...(hold === undefined ? {} : { holdback: { share: hold, release: { after: { days: 90 } } } }),
    });
    const inputs = plainInputs({
      results: Object.fromEntries(parts.map((part, index) => [`m${index}`, part.result])),
      segments: [{ from: `2026-01-${String(joined).padStart(2, "0")}`, to: "2027-01-01", fte: "0.8" }],
    });
    return { plan, inputs };
  });

const sum = (amounts: (number | null)[]) => amounts.reduce((all: number, amount) => all + (amount ?? 0), 0);
const stored = (payout: Payout) => JSON.parse(JSON.stringify(payout)) as Payout;

/** The same JSON with the members of every record in another order. */
function shuffled<T>(value: T, next: () => number): T {
  if (Array.isArray(value)) return value.map((part) => shuffled(part, next)) as T;
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).map(([key, part]) => ({ key, part: shuffled(part, next), by: next() }));
  return Object.fromEntries(members.sort((a, b) => a.by - b.by).map(({ key, part }) => [key, part])) as T;
}

/** A plan without what means nothing on its basis. */
function ofItsBasis<Plan extends { basis: string }>(plan: Plan): Plan {
  const foreign = plan.basis === "attainment" ? ["rate", "cap"] : ["components", "ramp"];
  return Object.fromEntries(Object.entries(plan).filter(([key]) => !foreign.includes(key))) as Plan;
}

describe("any plan and any results", () => {
  it("IN16: are computed or named as missing, add up, and recompute to the cent from the stored trace alone", () => {
    fc.assert(
      fc.property(scenario, ({ plan, inputs }) => {
        const payout = computePayout(plan, inputs);
        expect(recomputePayout(stored(payout)).differences).toEqual([]);
        expect(statementInWords(payout).every((words) => words.length > 0)).toBe(true);
        if (payout.totalMinor === null) {
          expect(payout.missing.length).toBeGreaterThan(0);
          return;
        }
        expect(sum(payout.lines.map((line) => line.amountMinor))).toBe(payout.totalMinor);
        expect(payout.payableMinor! + payout.heldMinor! + payout.reviewMinor!).toBe(payout.totalMinor);
        expect(payout.totalMinor).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });

  it("IN4: never exceed a cap", () => {
    fc.assert(
      fc.property(scenario, ({ plan, inputs }) => {
        const payout = computePayout(plan, inputs);
        if (payout.totalMinor === null) return;
        const prorated = new Decimal(payout.trace.find((step) => step.id === "prorated")!.result);
        const most = (factor: string | undefined) =>
          factor === undefined ? undefined : prorated.times(factor).plus(1).toNumber();
        const planCap = plan.cap && !Array.isArray(plan.cap) ? most(plan.cap.value as string) : undefined;
        if (planCap !== undefined) expect(payout.totalMinor).toBeLessThanOrEqual(planCap);
        for (const [index, component] of plan.components!.entries()) {
          const cap =
            component.cap && most(new Decimal(component.cap as string).times(component.weight as string).toFixed());
          if (cap) expect(payout.lines[index]!.amountMinor).toBeLessThanOrEqual(cap);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("pay no less for more attainment, where the curve does not fall", () => {
    fc.assert(
      fc.property(curve, decimal(3, 4), decimal(1, 4), (any, from, more) => {
        fc.pre(!lintCurve(any).some((issue) => issue.code === "curve-falls"));
        const plan = plainPlan({ components: [{ ...plainPlan().components![0]!, curve: any }] });
        const paid = (attainment: string) =>
          computePayout(plan, plainInputs({ results: { sales: { attainment } } })).totalMinor!;
        expect(paid(new Decimal(from).plus(more).toFixed())).toBeGreaterThanOrEqual(paid(from));
      }),
      { numRuns: 300 },
    );
  });

  it("never make the checks, the words or the computation throw", () => {
    const rate = fc.oneof(decimal(3), fc.constant({ parameter: "rate" }), fc.constant("-1"));
    const document = fc.record(
      {
        id: fc.constant("p"),
        title: fc.constant("P"),
        currency: fc.constantFrom("USD", "XXX"),
        period: fc.constantFrom("month", "quarter", "half-year", "year"),
        basis: fc.constantFrom("attainment", "transaction"),
        targetIncentive: fc.oneof(
          fc.record({ amount: rate }),
          fc.record({ shareOf: fc.constant("salary"), value: rate }),
          fc.constant({ fact: "person.target" }),
        ),
        components: fc.array(
          fc.record({
            id: fc.constantFrom("a", "b", "c"),
            title: fc.constant("C"),
            weight: rate,
            measure: fc.constant("sales"),
            curve,
          }),
          { maxLength: 3 },
        ),
        rate: fc.record({
          by: fc.constantFrom("$.m", "$..m"),
          kind: fc.constantFrom("marginal", "whole-amount"),
          bands: fc.array(fc.record({ rate, below: rate }), { minLength: 1, maxLength: 3 }),
        }),
        cap: fc.record({ per: fc.constantFrom("plan", "deal"), value: rate }),
        windfall: fc.record({ above: rate }),
        draw: fc.record({ amount: rate, recoverable: fc.boolean() }),
        ramp: fc.array(fc.record({ month: fc.integer({ min: 1, max: 3 }), quota: decimal(1) }), { maxLength: 3 }),
      },
      { requiredKeys: ["id", "title", "currency", "period", "basis"] },
    );
    // Half of them without the parts that belong to the other basis: else hardly any could be computed at all.
    const some = fc.tuple(document, fc.boolean()).map(([plan, tidy]) => (tidy ? ofItsBasis(plan) : plan));
    let computed = 0;
    fc.assert(
      fc.property(some, result, (plan, sales) => {
        expect(PlanBody.safeParse(plan).success).toBe(true);
        const made = plan as PlanDocument;
        expect(lintPlan(made).every((issue) => issue.message.length > 0)).toBe(true);
        expect(planInWords(made).length).toBeGreaterThan(1);
        if (unsupportedPlanParts(made).length > 0) return;
        computed++;
        const transactions = [{ id: "d1", date: "2026-02-01", fields: { m: 0.2, amount: 10 } }];
        const payout = computePayout(made, plainInputs({ results: { sales }, transactions, salaryMinor: 100 }));
        expect(recomputePayout(stored(payout)).differences).toEqual([]);
      }),
      { numRuns: 500 },
    );
    expect(computed).toBeGreaterThan(60);
  });
});

it("a plan that pays nothing pays nothing under any cap, a negative one too", () => {
  const plan = {
    kind: "plan",
    schema: 1,
    id: "p",
    title: "P",
    currency: "USD",
    period: "month",
    basis: "attainment",
    targetIncentive: { amount: "0.01" },
    components: [
      {
        id: "a",
        title: "C",
        weight: "-1",
        measure: "sales",
        curve: { kind: "linear", points: [["0", "0"]], below: "zero", above: "flat" },
      },
    ],
    cap: { per: "plan", value: "-1" },
  } as unknown as PlanDocument;
  const sales = { parts: [{ team: "a", attainment: "0", weight: "0.01" }] };
  const payout = computePayout(plan, plainInputs({ results: { sales }, salaryMinor: 100 }));
  expect(payout.totalMinor).toBe(0);
  expect(recomputePayout(stored(payout)).differences).toEqual([]);
});

describe("the order in which inputs are written", () => {
  it("IN18: shuffled 100 times gives the same payout to the last byte", () => {
    let seed = 7;
    const next = () => (seed = (seed * 16_807) % 2_147_483_647);
    const inputs = salesInputs({
      segments: [
        { from: "2026-07-01", to: "2026-08-15" },
        { from: "2026-08-15", to: "2026-10-01", salaryMinor: 13_333_333 },
      ],
    });
    const first = canonical(computePayout(salesQuarter, inputs));
    for (let run = 0; run < 100; run++) {
      const other = shuffled(inputs, next);
      other.segments = other.segments!.toSorted(() => (next() % 2 === 0 ? 1 : -1));
      const retention = other.results!["customer-retention"]!;
      retention.parts = retention.parts!.toReversed();
      expect(canonical(computePayout(shuffled(salesQuarter, next), other))).toBe(first);
    }
  });
});

describe("a stored payout", () => {
  it("IN16: opens each line to all the steps it stands on, and shows when a number was changed", () => {
    const payout = computePayout(salesQuarter, salesInputs());
    const steps = traceOfLine(payout, "units").map((step) => step.id);
    for (const step of ["units/attainment", "target", "modifier/1", "total", "units/line"])
      expect(steps).toContain(step);

    const altered = stored(payout);
    altered.lines[0]!.amountMinor = 999;
    expect(recomputePayout(altered).differences[0]).toBe("The line units gives 630000, not 999.");
    const leaf = stored(payout);
    leaf.lines[0]!.trace.find((step) => step.id === "units/attainment")!.inputs.actual = "100";
    expect(recomputePayout(leaf).differences.length).toBeGreaterThan(3);
    const loop = stored(payout);
    loop.trace.find((step) => step.id === "sum")!.inputs.terms = [{ from: "sum" }];
    expect(recomputePayout(loop).differences).toContain("The step sum cannot be followed.");
  });
});

describe("a bonus pool", () => {
  it("IN7: is given out whole and never over-allocated by rounding", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(decimal(100), { minLength: 1, maxLength: 30 }),
        (pool, weights) => {
          const shares = apportion(
            new Decimal(pool),
            weights.map((weight) => new Decimal(weight)),
          );
          const all = weights.every((weight) => Number(weight) === 0) ? 0 : pool;
          expect(sum(shares.map((share) => share.toNumber()))).toBe(all);
          expect(shares.every((share) => share.isInteger() && share.gte(0))).toBe(true);
        },
      ),
    );
  });
});
