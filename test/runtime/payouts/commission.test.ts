import { afterEach, describe, expect, it } from "vitest";
import { statementView } from "../../../runtime/payouts/statement-view.ts";
import type { TestHost } from "../../support/test-runtime.ts";
import { booked, deal, ledger, payWorld, record, runToEnd } from "./pay-world.ts";

const PLAN = "margin-commission";
const DAY = 86_400_000;
const worlds: TestHost[] = [];
const open = async () => {
  const world = await payWorld();
  worlds.push(world);
  return world.host;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.end();
});

const mine = [{ person: "ana", share: "1" }];
const shared = [
  { person: "ana", share: "0.6" },
  { person: "ben", share: "0.4" },
];
const lost = (dealId: string, lostOn: string) => ({
  id: `lost-${dealId}`,
  type: "customer-lost",
  aboutKind: null,
  about: null,
  date: lostOn,
  fields: { deal: dealId, lostOn },
});

describe("commission on deals", () => {
  it("IN8: pays a shared deal to each by their share, from the deals of the quarter only", async () => {
    const host = await open();
    await record(host, [
      deal("d1", "2025-10-01", "100000", 0.3, shared),
      deal("d2", "2025-12-31", "50000", 0.2, mine),
      deal("d3", "2026-01-01", "50000", 0.2, mine),
      deal("d4", "2025-11-11", "70000", 0.09, mine),
    ]);
    const job = await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    const ana = (await statementView(host.db, job.id, "ana"))!;
    expect(ana.lines.map(({ component, amountMinor }) => [component, amountMinor])).toEqual([
      ["d1", 420_000],
      ["d4", 0],
      ["d2", 200_000],
    ]);
    expect((await statementView(host.db, job.id, "ben"))!.totalMinor).toBe(280_000);
  });

  it("IN8: removing a member of a split re-credits by delta, and the deal is paid once", async () => {
    const host = await open();
    await record(host, [deal("d1", "2025-10-01", "100000", 0.3, shared)]);
    await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    await host.moveClock(host.clock.now() + 1_000);
    await record(host, [deal("d1", "2025-10-01", "100000", 0.3, mine)]);
    await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    const deltas = (await ledger(host, PLAN)).filter(({ kind }) => kind === "delta");
    expect(deltas.map(({ person, component, amountMinor }) => [person, component, amountMinor])).toEqual([
      ["ana", "d1", 280_000],
      ["ben", "d1", -280_000],
    ]);
    expect(await booked(host, PLAN, "2025-Q4", "ana")).toBe(700_000);
    expect(await booked(host, PLAN, "2025-Q4", "ben")).toBe(0);
  });

  it("names a deal that nobody is credited with, and one whose credits are wrong makes its person's payout wait", async () => {
    const host = await open();
    await record(host, [
      { ...deal("d1", "2025-10-01", "100000", 0.3, []), about: null, aboutKind: null },
      deal("d2", "2025-10-02", "100000", 0.3, [{ person: "ana", share: "0.5" }]),
    ]);
    const job = await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    const [stray] = await host.db.read<{ summary: string }>("SELECT summary FROM payout_runs WHERE id = ?", [job.id]);
    const { issues } = JSON.parse(stray!.summary) as { issues: { person: string; reason: string }[] };
    expect(issues.map(({ person }) => person)).toEqual(["d1", "ana"]);
    expect(issues[0]!.reason).toContain("$.credits");
    expect(issues[1]!.reason).toContain("sum to 0.5, not to 1");
  });

  it("IN10: takes back a share of what was paid when the customer is lost, once, linked to the payment", async () => {
    const host = await open();
    await record(host, [deal("d1", "2025-12-01", "1000000", 0.3, mine)]);
    const first = await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    const [paid] = await ledger(host, PLAN);
    expect(paid).toMatchObject({ component: "d1", amountMinor: 7_000_000 });
    // Paid on 2 March; lost on 30 April, within 60 days: half of it.
    await host.moveClock(host.clock.now() + 120 * DAY);
    await record(host, [lost("d1", "2026-04-30"), deal("d2", "2026-04-10", "2000000", 0.3, mine)]);
    const second = await runToEnd(host, { plan: PLAN, period: "2026-Q2" });
    const statement = (await statementView(host.db, second.id, "ana"))!;
    expect(statement).toMatchObject({ totalMinor: 14_000_000, payableMinor: 10_500_000, differences: [] });
    const taken = (await ledger(host, PLAN)).find(({ payment }) => payment !== null)!;
    expect(taken).toMatchObject({ run: second.id, amountMinor: -3_500_000, payment: `${first.id}/ana/d1` });
    // The same run again, and the next quarter, take nothing more.
    const entries = (await ledger(host, PLAN)).length;
    await runToEnd(host, { plan: PLAN, period: "2026-Q2" });
    expect(await ledger(host, PLAN)).toHaveLength(entries);
    await host.moveClock(host.clock.now() + 100 * DAY);
    const third = await runToEnd(host, { plan: PLAN, period: "2026-Q3" });
    expect((await statementView(host.db, third.id, "ana"))!.payableMinor).toBe(0);
  });

  it("IN10: what is over the limit of a quarter is carried into the next", async () => {
    const host = await open();
    await record(host, [deal("d1", "2025-12-01", "1000000", 0.3, mine)]);
    await runToEnd(host, { plan: PLAN, period: "2025-Q4" });
    await host.moveClock(host.clock.now() + 120 * DAY);
    await record(host, [lost("d1", "2026-04-30"), deal("d2", "2026-04-10", "400000", 0.3, mine)]);
    const second = await runToEnd(host, { plan: PLAN, period: "2026-Q2" });
    // Earned 28,000.00; at most half of it is taken of the 35,000.00 that are due.
    expect((await statementView(host.db, second.id, "ana"))!.payableMinor).toBe(1_400_000);
    await host.moveClock(host.clock.now() + 100 * DAY);
    await record(host, [deal("d3", "2026-07-10", "1000000", 0.3, mine)]);
    const third = await runToEnd(host, { plan: PLAN, period: "2026-Q3" });
    expect((await statementView(host.db, third.id, "ana"))!.payableMinor).toBe(7_000_000 - 2_100_000);
  });
});
