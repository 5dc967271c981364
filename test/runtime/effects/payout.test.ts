import { afterEach, describe, expect, it } from "vitest";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { observationsStatements } from "../../../runtime/store/observations-write.ts";
import { violations } from "../../support/invariants.ts";
import { MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const sold = {
  kind: "metric",
  schema: 1,
  id: "sold",
  title: "Sold",
  unit: "count",
  scale: 0,
  direction: "higher",
  grain: "quarter",
  aggregate: "sum",
};
const plan = {
  kind: "plan",
  schema: 1,
  id: "bonus",
  title: "Bonus",
  currency: "EUR",
  period: "quarter",
  basis: "attainment",
  targetIncentive: { shareOf: "salary", value: "0.2" },
  components: [
    {
      id: "units",
      title: "Units",
      weight: "1",
      measure: "sold",
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
    },
  ],
};
const review = {
  kind: "workflow",
  schema: 1,
  id: "pay-out",
  title: "Pay out",
  subject: "person",
  start: "pay",
  steps: {
    pay: { kind: "payout", title: "Pay", plan: "bonus", on: { done: "paid", failed: "not-paid" } },
    paid: { kind: "end", title: "Paid", outcome: "paid" },
    "not-paid": { kind: "end", title: "Not paid", outcome: "not-paid" },
  },
};

describe("a payout asked for by a case", () => {
  it("is computed from what is stored, booked once, and answered to the case; without a result nothing is booked", async () => {
    world = await testHost({ documents: [sold, plan, review] });
    const { host } = world;
    const observation = {
      metric: "sold",
      subjectKind: "person" as const,
      subject: "ana",
      periodFrom: "2025-10-01",
      periodTo: "2026-01-01",
      value: "110",
      target: "100",
      state: "final" as const,
    };
    await host.db.write(observationsStatements([observation], { recordedAt: MONDAY - 1, importNo: 0 }));
    for (const id of ["ana", "ben"]) {
      await startCase(host, SYSTEM, { workflow: "pay-out", subject: { kind: "person", id }, period: "2025-Q4" });
    }
    await host.worker.settle();
    await host.worker.settle();
    expect(await host.db.read("SELECT subject, outcome FROM cases ORDER BY subject")).toEqual([
      { subject: "ana", outcome: "paid" },
      { subject: "ben", outcome: "not-paid" },
    ]);
    // 60,000.00 a year, a fifth of a quarter of it is 3,000.00; 110 % pays 1.25 times that.
    expect(await host.db.read("SELECT person, period, kind, amount_minor AS amount, currency FROM ledger")).toEqual([
      { person: "ana", period: "2025-Q4", kind: "line", amount: 375_000, currency: "EUR" },
    ]);
    expect(await violations(host)).toEqual([]);
  });
});
