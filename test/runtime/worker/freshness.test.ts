import { afterEach, describe, expect, it } from "vitest";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { observationsStatements } from "../../../runtime/store/observations-write.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testHost } from "../../support/test-runtime.ts";

let world: TestHost;
afterEach(() => world.end());

const laptops = {
  kind: "metric",
  schema: 1,
  id: "laptops",
  title: "Laptops",
  unit: "count",
  scale: 0,
  direction: "higher",
  grain: "month",
  aggregate: "sum",
  refresh: { every: "FREQ=MONTHLY", staleAfter: { days: 5 } },
};
const behind = {
  kind: "ruleset",
  schema: 1,
  id: "behind",
  missing: "not-evaluated",
  title: "Behind plan",
  rules: [
    {
      name: "behind",
      conditions: {
        all: [
          {
            fact: "metric",
            params: { id: "laptops", of: "$subject", window: "$period" },
            path: "$.attainment",
            operator: "lessThan",
            value: 0.8,
          },
        ],
      },
      event: { type: "behind" },
    },
  ],
};
const end = (outcome: string) => ({ kind: "end", title: outcome, outcome });
const judge = {
  kind: "workflow",
  schema: 1,
  id: "judge",
  title: "Judge",
  subject: "person",
  key: ["subject", "period"],
  start: "decide",
  steps: {
    decide: {
      kind: "decision",
      title: "Behind plan?",
      rules: "behind",
      on: { behind: "behind", "not-evaluated": "unknown", otherwise: "ok" },
    },
    behind: end("behind"),
    unknown: end("not-evaluated"),
    ok: end("ok"),
  },
};
const chase = {
  kind: "workflow",
  schema: 1,
  id: "chase-feed",
  title: "Chase the feed",
  subject: "metric",
  triggers: [{ on: "metric.stale", metric: "laptops" }],
  start: "ask",
  steps: {
    ask: { kind: "approval", title: "Why has it stopped?", actor: { role: "hr-admin" }, on: { approved: "end" } },
    end: end("done"),
  },
};

/** January's value of Ana: the data reach up to 1 February; February's are due on 1 March. */
const value = (month: string, next: string) => ({
  metric: "laptops",
  subjectKind: "person" as const,
  subject: "ana",
  periodFrom: `${month}-01`,
  periodTo: `${next}-01`,
  value: "90",
  target: "100",
  state: "final" as const,
});
/** 6 March 2026, 00:00 in Berlin: the promise of the first of March and five days. */
const LIMIT = Date.UTC(2026, 2, 5, 23);

describe("a feed that stops", () => {
  it("KA4: is said one tick after the promise, once, also over a restart; a rule answers not evaluated, not ok; new data make a new promise", async () => {
    world = await testHost({ documents: [laptops, behind, judge, chase] });
    let { host } = world;
    await host.db.write(observationsStatements([value("2026-01", "2026-02")], { recordedAt: MONDAY, importNo: 0 }));
    host.events.emit({ topic: "observations", id: "laptops", revision: 0 });
    const chasing = async () =>
      await host.db.read<{ subject: string; at: number }>(
        "SELECT subject, opened_at AS at FROM cases WHERE definition = 'chase-feed'",
      );
    const verdict = async (period: string) => {
      const { caseId } = await startCase(host, SYSTEM, {
        workflow: "judge",
        subject: { kind: "person", id: "ana" },
        period,
      });
      await host.worker.settle();
      const [row] = await host.db.read<{ outcome: string }>("SELECT outcome FROM cases WHERE id = ?", [caseId]);
      return row!.outcome;
    };
    await host.moveClock(LIMIT);
    expect(await chasing()).toEqual([]);
    expect(await verdict("2026-Q1")).toBe("ok");
    await host.moveClock(LIMIT + 1);
    expect(await chasing()).toEqual([{ subject: "laptops", at: LIMIT + 1 }]);
    expect(await verdict("2026")).toBe("not-evaluated");
    host = await world.restart();
    await host.moveClock(LIMIT + 20 * DAY);
    expect(await chasing()).toHaveLength(1);
    // The feed comes back, and stops again.
    await host.db.write(
      observationsStatements([value("2026-02", "2026-03"), value("2026-03", "2026-04")], {
        recordedAt: host.clock.now(),
        importNo: 0,
      }),
    );
    host.events.emit({ topic: "observations", id: "laptops", revision: 1 });
    expect(await verdict("2026-H1")).toBe("ok");
    await host.moveClock(LIMIT + 80 * DAY);
    const [said] = await host.db.read<{ n: number }>(
      "SELECT count(*) AS n FROM outbox WHERE kind = 'announce' AND id LIKE 'stale/laptops/%'",
    );
    expect(said!.n).toBe(2);
  });
});
