import type { PayoutInputs } from "#engine/incentive/inputs.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";

/** The plan of FORMATS 5, whole: gate, teams, modifier, cap, holdback and windfall. */
export const salesQuarter: PlanDocument = {
  id: "sales-quarter",
  title: "Quarterly sales bonus",
  currency: "USD",
  period: "quarter",
  basis: "attainment",
  eligible: { all: [{ fact: "person.role", operator: "equal", value: "sales" }] },
  targetIncentive: { shareOf: "salary", value: "0.20" },
  components: [
    {
      id: "units",
      title: "Laptops sold",
      weight: "0.7",
      measure: "laptops-sold",
      credit: { to: "individual" },
      curve: {
        kind: "linear",
        points: [
          ["0.8", "0.5"],
          ["1", "1"],
          ["1.2", "1.5"],
        ],
        below: "zero",
        above: "flat",
      },
      gate: {
        when: {
          all: [
            {
              fact: "metric",
              params: { id: "gross-margin", of: "$subject", window: "$period" },
              path: "$.value",
              operator: "greaterThanInclusive",
              value: 0.25,
            },
          ],
        },
        else: "0",
      },
    },
    {
      id: "retention",
      title: "Customer retention",
      weight: "0.3",
      measure: "customer-retention",
      credit: { to: "teams", weights: "assignment" },
      curve: {
        kind: "linear",
        points: [
          ["0.9", "0"],
          ["1", "1"],
        ],
      },
    },
  ],
  modifiers: [{ rules: "nps-modifier", factor: "$.factor", floor: "0.5", ceiling: "1.2" }],
  cap: { per: "plan", value: "2" },
  holdback: { share: "0.2", release: { after: { days: 90 } } },
  windfall: { above: "1.8" },
  rounding: "half-even",
};

const nps = (operator: string, value: number) => ({ fact: "unit.nps", operator, value });

/** NPS from 50 pays a tenth more, below 0 half. */
export const npsModifier: RulesetBody = {
  missing: "not-evaluated",
  rules: [
    {
      name: "strong",
      priority: 2,
      conditions: { all: [nps("greaterThanInclusive", 50)] },
      event: { type: "raise", params: { factor: 1.1 } },
    },
    {
      name: "poor",
      priority: 1,
      conditions: { all: [nps("lessThan", 0)] },
      event: { type: "lower", params: { factor: 0.4 } },
    },
  ],
};

/** A representative on 120,000.00 a year, so a quarterly target incentive of 6,000.00. */
export function salesInputs(overrides: Partial<PayoutInputs> = {}): PayoutInputs {
  return {
    payee: { id: "ada", name: "Ada Brook", fields: { role: "sales" } },
    period: { id: "2026-Q3", from: "2026-07-01", to: "2026-10-01" },
    salaryMinor: 12_000_000,
    results: {
      "laptops-sold": { actual: 364, target: 303, unit: "count", asOf: "2026-10-02", state: "ok" },
      "customer-retention": {
        parts: [
          { team: "north", attainment: "1.02", weight: "0.6" },
          { team: "south", attainment: "0.92", weight: "0.4" },
        ],
      },
      "gross-margin": { actual: "0.31", target: "0.25" },
    },
    facts: { "unit.nps": 20 },
    rulesets: { "nps-modifier": npsModifier },
    ...overrides,
  };
}

/** A plan of one component that pays its target incentive along a curve; the smallest plan that a test can be about. */
export function plainPlan(overrides: Partial<PlanDocument> = {}): PlanDocument {
  return {
    id: "plain",
    title: "Plain bonus",
    currency: "USD",
    period: "year",
    basis: "attainment",
    targetIncentive: { amount: "100000" },
    components: [
      {
        id: "sales",
        title: "Sales",
        weight: "1",
        measure: "sales",
        curve: {
          kind: "linear",
          points: [
            ["0", "0"],
            ["1", "1"],
          ],
          above: "extend",
        },
      },
    ],
    ...overrides,
  };
}

export function plainInputs(overrides: Partial<PayoutInputs> = {}): PayoutInputs {
  return {
    payee: { id: "ada" },
    period: { id: "2026", from: "2026-01-01", to: "2027-01-01" },
    results: { sales: { attainment: "1" } },
    ...overrides,
  };
}
