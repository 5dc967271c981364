import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { setParameter } from "../../../runtime/commands/set-parameter.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import type { EmbeddedHost } from "../../../runtime/hosts/embedded.ts";
import { anchorHeads } from "../../../runtime/store/anchors.ts";
import { lateReview, outlierRules, reviewForm, reviewWorkflow } from "../../support/review.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { as, salesMetric, type TestHost, testHost } from "../../support/test-runtime.ts";

/** A host with a bit of everything: cases under way and late, an edited parameter, ledger lines, anchors in the audit log. */
export async function livelyHost(): Promise<TestHost> {
  const world = await testHost({ documents: [salesMetric, reviewForm, outlierRules, lateReview, reviewWorkflow] });
  const { host } = world;
  for (const person of ["ana", "ben", "mia", "rolf"]) await openReview(host, person);
  await handIn(host, "ana", 4);
  await handIn(host, "ben", 3);
  await setParameter(host, as("hana"), "workflow", "annual-review", "selfDays", {
    value: 3,
    scope: "new",
    reason: "faster",
    expectedVersion: 0,
  });
  await host.moveClock(MONDAY + 9 * DAY);
  await host.db.write([
    {
      sql: `INSERT INTO payout_runs (id, plan, version, period, currency, status, started_at) VALUES ('run-1', 'bonus', 1, '2026-Q1', 'EUR', 'computed', 1)`,
    },
    {
      sql: `INSERT INTO ledger (id, run, plan, period, person, component, kind, amount_minor, currency, at)
            SELECT 'line-' || value, 'run-1', 'bonus', '2026-Q1', 'ana', 'sales', 'line', value * 100, 'EUR', 1 FROM json_each('[1,2,3]')`,
    },
  ]);
  await anchorHeads(host.db, host.audit, host.clock.now());
  return world;
}

/** Opens a person's review. */
export const openReview = (host: EmbeddedHost, id: string, period = "2026") =>
  startCase(host, SYSTEM, { workflow: "annual-review", subject: { kind: "person", id }, period });

/** Hands in the self review of a person. */
export async function handIn(host: EmbeddedHost, person: string, rating: number): Promise<void> {
  const [task] = await host.db.read<{ id: string; caseId: string }>(
    "SELECT t.id, t.case_id AS caseId FROM tasks AS t JOIN cases AS c ON c.id = t.case_id WHERE c.subject = ? AND t.status = 'open'",
    [person],
  );
  await command(host, as(person), task!.caseId, {
    command: { type: "complete", task: task!.id, outcome: "submitted", answers: { rating, why: "It went well" } },
  });
}
