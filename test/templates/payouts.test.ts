import { describe, expect, test } from "vitest";
import { PayoutScenario, runPayoutScenario } from "#engine/incentive/payout-scenario.ts";
import { library, templates } from "./templates.ts";

for (const template of templates.filter((one) => one.scenarios.payouts !== undefined)) {
  describe(`payouts of template ${template.id}`, () => {
    for (const raw of template.scenarios.payouts ?? []) {
      const scenario = PayoutScenario.parse(raw);
      test(scenario.title, () => {
        expect(runPayoutScenario(scenario, library)).toEqual([]);
      });
    }
  });
}
