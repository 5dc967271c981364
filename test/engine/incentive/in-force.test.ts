import { expect, it } from "vitest";
import { computePayout } from "#engine/incentive/compile-plan.ts";
import type { PayoutInputs } from "#engine/incentive/inputs.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";
import { salesInputs, salesQuarter } from "./sales-plan.ts";

it("F46: a modifier's rule in force for one quarter is used for its payouts and for no others, whenever they are computed", () => {
  const campaign: RulesetBody = {
    rules: [
      {
        name: "campaign",
        valid: { from: "2026-07-01", to: "2026-09-30" },
        conditions: { all: [] },
        event: { type: "raise", params: { factor: 1.1 } },
      },
    ],
  };
  const paid = (period: PayoutInputs["period"], ruleset: RulesetBody) =>
    computePayout(salesQuarter, salesInputs({ period, rulesets: { "nps-modifier": ruleset } })).totalMinor ??
    Number.NaN;
  const always: RulesetBody = {
    rules: [{ ...campaign.rules?.[0], valid: undefined } as NonNullable<RulesetBody["rules"]>[number]],
  };
  const [summer, autumn] = [
    { id: "2026-Q3", from: "2026-07-01", to: "2026-10-01" },
    { id: "2026-Q4", from: "2026-10-01", to: "2027-01-01" },
  ];
  expect(paid(summer, campaign)).toBe(paid(summer, always));
  expect(paid(autumn, campaign)).toBe(paid(autumn, { rules: [] }));
  expect(paid(autumn, campaign)).toBeLessThan(paid(autumn, always));
});
