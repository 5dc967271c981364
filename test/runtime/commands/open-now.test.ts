import { afterEach, expect, it } from "vitest";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { setParameter } from "../../../runtime/commands/set-parameter.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { violations } from "../../support/invariants.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { as, salesMetric, type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

it("ES8: a threshold changed for open cases at once moves their timers, is on each journal, and reaches no case of another process", async () => {
  world = await testHost({ documents: [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow] });
  const { host } = world;
  const begin = (id: string) =>
    startCase(host, SYSTEM, { workflow: "annual-review", subject: { kind: "person", id }, period: "2026" });
  const cases = [await begin("ana"), await begin("ben")];
  await setParameter(host, as("hana"), "workflow", "annual-review", "selfDays", {
    value: 2,
    scope: "open-now",
    reason: "reviews are due earlier",
    expectedVersion: 0,
  });
  await host.moveClock(MONDAY + DAY);
  const due = await host.db.read<{ at: number; generation: number }>(
    "SELECT due_at AS at, generation FROM timers ORDER BY case_id",
  );
  expect(due).toEqual([
    { at: MONDAY + 2 * DAY, generation: 2 },
    { at: MONDAY + 2 * DAY, generation: 2 },
  ]);
  const journal = await host.db.read<{ n: number }>("SELECT count(*) AS n FROM journal WHERE case_id = ? AND seq = 2", [
    cases[0]!.caseId,
  ]);
  expect(journal).toEqual([{ n: 1 }]);
  await host.moveClock(MONDAY + 3 * DAY);
  const ladders = await host.db.read<{ n: number }>("SELECT count(*) AS n FROM cases WHERE definition = 'late-review'");
  expect(ladders).toEqual([{ n: 2 }]);
  expect(await violations(host)).toEqual([]);
});
