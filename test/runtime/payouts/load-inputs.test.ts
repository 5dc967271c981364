import { afterEach, describe, expect, it } from "vitest";
import { payOne } from "../../../runtime/commands/pay-one.ts";
import { payoutRunsView } from "../../../runtime/payouts/run-view.ts";
import { statementView } from "../../../runtime/payouts/statement-view.ts";
import { readStoredPayout } from "../../../runtime/store/payout-rows.ts";
import type { TestHost } from "../../support/test-runtime.ts";
import {
  booked,
  ledger,
  monthly,
  observe,
  payOrganisation,
  payWorld,
  QUARTER,
  quarterOf,
  region,
  runToEnd,
} from "./pay-world.ts";

const PLAN = "sales-quarter";
const worlds: TestHost[] = [];
const open = async (organisation = payOrganisation()) => {
  const world = await payWorld(organisation);
  worlds.push(world);
  return world.host;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.end();
});

describe("what a payout is computed from", () => {
  it("IN7: counts two teams by the share of work in each, a change in the middle by its days", async () => {
    const organisation = payOrganisation();
    const own = organisation.assignments.filter(({ person }) => person !== "ana" && person !== "ben");
    const line = organisation.assignments.find(({ person }) => person === "ana")!;
    const north = { id: "north", title: "North", level: "team", parent: "company", timeZone: null, calendar: null };
    const host = await open({
      ...organisation,
      units: [...organisation.units, north],
      assignments: [
        ...own,
        { ...line, weight: "0.7" },
        { ...line, unit: "north", manager: "rolf", kind: "matrix", weight: "0.3" },
        // Ben moves on 1 December: 61 days in the one team, 31 in the other.
        { ...line, person: "ben", validTo: "2025-12-01" },
        { ...line, person: "ben", unit: "north", validFrom: "2025-12-01" },
      ],
    });
    await observe(host, [
      ...quarterOf("ana", "100", "0.3"),
      ...quarterOf("ben", "100", "0.3"),
      ...monthly("customer-retention", "team-1", "0.95", null, "unit"),
      ...monthly("customer-retention", "north", "0.85", null, "unit"),
      ...monthly("nps", "company", "30", null, "unit"),
    ]);
    const job = await runToEnd(host, { plan: PLAN, period: QUARTER });
    const parts = async (person: string) =>
      (await readStoredPayout(host.db, job.id, person))!.inputs.results!.retention!.parts!.map(({ team, weight }) => [
        team,
        weight,
      ]);
    expect(await parts("ana")).toEqual([
      ["north", "0.3"],
      ["team-1", "0.7"],
    ]);
    expect(await parts("ben")).toEqual([
      ["north", "31"],
      ["team-1", "61"],
    ]);
    expect((await statementView(host.db, job.id, "ana"))!.differences).toEqual([]);
  });

  it("IN12: prorates by the days employed in the period", async () => {
    const organisation = payOrganisation();
    const host = await open({
      ...organisation,
      people: organisation.people.map((one) => (one.id === "ana" ? { ...one, hireDate: "2025-11-16" } : one)),
    });
    await observe(host, [...quarterOf("ana", "100", "0.3"), ...region]);
    const job = await runToEnd(host, { plan: PLAN, period: QUARTER });
    // 46 of 92 days.
    expect((await statementView(host.db, job.id, "ana"))!.totalMinor).toBe(1_200_000);
  });

  it("takes the company's result for the company and never the payee's own, the team's from its people", async () => {
    const host = await open();
    const year = (subject: string, value: string, kind: "person" | "unit" = "person") =>
      Array.from({ length: 12 }, (_, month) => {
        const [from, to] = [Date.UTC(2025, month, 1), Date.UTC(2025, month + 1, 1)].map((at) =>
          new Date(at).toISOString().slice(0, 10),
        );
        return { ...monthly("laptops-sold", subject, value, "100", kind)[0]!, periodFrom: from!, periodTo: to! };
      });
    // Ana 130 %, Ben 90 %: their team together 110 %; the company says 92 % of itself.
    await observe(host, [...year("ana", "130"), ...year("ben", "90")]);
    const before = await runToEnd(host, { plan: "annual-bonus", period: "2025" });
    expect((await statementView(host.db, before.id, "ana"))!.words.join(" ")).toContain(
      "Company result multiplies the payout by 1.2",
    );
    await host.moveClock(host.clock.now() + 1_000);
    await observe(host, year("company", "92", "unit"));
    const job = await runToEnd(host, { plan: "annual-bonus", period: "2025" });
    const statement = (await statementView(host.db, job.id, "ana"))!;
    // 15 % of 480,000.00 × 1.45 × 0.8 (company) × 1.1 (unit).
    expect(statement.totalMinor).toBe(9_187_200);
    expect(statement.words.join(" ")).toContain("Unit result multiplies the payout by 1.1");
  });
});

describe("a payout of one person", () => {
  it("is what a run gives, is booked once however often its statements are committed, and is no run of its own in lists", async () => {
    const host = await open();
    await observe(host, [...quarterOf("ana", "100", "0.3"), ...region]);
    const request = { run: "case-1/4/0", plan: PLAN, period: QUARTER, person: "ana", by: null };
    const { payout, statements } = await payOne(host, request);
    expect(payout.payableMinor).toBe(1_920_000);
    expect(await ledger(host, PLAN)).toEqual([]);
    await host.db.write(statements);
    await host.db.write((await payOne(host, request)).statements);
    expect(await booked(host, PLAN, QUARTER, "ana")).toBe(1_920_000);
    expect(await payoutRunsView(host.db, PLAN)).toEqual([]);
    const job = await runToEnd(host, { plan: PLAN, period: QUARTER });
    expect(await booked(host, PLAN, QUARTER, "ana")).toBe(1_920_000);
    expect((await readStoredPayout(host.db, job.id, "ana"))!.payout).toEqual(payout);
  });
});
