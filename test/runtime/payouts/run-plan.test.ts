import { afterEach, describe, expect, it } from "vitest";
import { canonical } from "#engine/words/json.ts";
import { manualClock } from "../../../runtime/clock.ts";
import { cancelJob, jobView } from "../../../runtime/commands/jobs.ts";
import { runPlan } from "../../../runtime/commands/run-plan.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { tryPlan } from "../../../runtime/commands/try-plan.ts";
import { payoutRowsView, payoutRunsView, payoutRunView } from "../../../runtime/payouts/run-view.ts";
import { statementView } from "../../../runtime/payouts/statement-view.ts";
import { observationsStatements } from "../../../runtime/store/observations-write.ts";
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
  templateDocuments,
} from "./pay-world.ts";

const PLAN = "sales-quarter";
const quarter = { plan: PLAN, period: QUARTER };
const worlds: TestHost[] = [];
const open = async (...given: Parameters<typeof payWorld>) => {
  const world = await payWorld(...given);
  worlds.push(world);
  return world;
};
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.end();
});

/** Ana on target, Ben on target with a thin margin, nothing known of Lone. */
async function quarterWorld() {
  const world = await open();
  await observe(world.host, [...quarterOf("ana", "100", "0.31"), ...quarterOf("ben", "100", "0.22"), ...region]);
  return world;
}

describe("a run of the quarterly sales bonus", () => {
  it("pays from stored results: the team takes the figures of its region, and the statement names it", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, quarter);
    expect(job).toMatchObject({ status: "done", kind: "payout" });
    const statement = await statementView(host.db, job.id, "ana");
    expect(statement).toMatchObject({
      status: "computed",
      totalMinor: 2_400_000,
      heldMinor: 480_000,
      payableMinor: 1_920_000,
    });
    expect(statement!.lines.map(({ component, amountMinor }) => [component, amountMinor])).toEqual([
      ["units", 1_680_000],
      ["retention", 720_000],
    ]);
    expect(statement!.sources.map(({ title, value }) => [title, value])).toEqual([
      ["Laptops sold", "300"],
      ["Customer retention, Team 1 (figures of South)", "0.93"],
      ["Gross margin", "0.31"],
      ["Net promoter score, Team 1", "30"],
    ]);
  });

  it("IN5: says on the statement which gate failed, with the value, and pays the reduced rate", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, quarter);
    const statement = await statementView(host.db, job.id, "ben");
    expect(statement!.totalMinor).toBe(840_000 + 720_000);
    expect(statement!.lines[0]!.words).toMatch(/gate not passed \(Gross margin.*0\.22.*0\.25.*\), paid at 50 %/);
  });

  it("IN16: every stored line recomputes from its stored trace to the cent, and a changed cent is noticed", async () => {
    const { host } = await open(payOrganisation(60));
    const people = payOrganisation(60).people.filter(({ role, id }) => role === "sales" && id !== "lone");
    const odd = people.flatMap(({ id }, i) => quarterOf(id, String(71 + i), (0.2 + i / 300).toFixed(4)));
    await observe(host, [...odd, ...region]);
    const job = await runToEnd(host, quarter);
    let lines = 0;
    for (const { id } of people) {
      const statement = await statementView(host.db, job.id, id);
      expect(statement!.status).toBe("computed");
      expect(statement!.differences).toEqual([]);
      expect(statement!.recomputedMinor).toBe(statement!.totalMinor);
      lines += statement!.lines.length;
    }
    expect(lines).toBe(people.length * 2);
    await host.db.write([
      {
        sql: `UPDATE payouts SET payout = json_set(payout, '$.lines[0].amountMinor', (payout ->> '$.lines[0].amountMinor') + 1) WHERE run = ? AND person = 'ana'`,
        args: [job.id],
      },
    ]);
    const forged = await statementView(host.db, job.id, "ana");
    expect(forged!.differences.length).toBeGreaterThan(0);
  });

  it("IN18: the order in which results were stored changes no cent and no trace", async () => {
    const people = ["ana", "ben", "lone"];
    const all = [...people.flatMap((id, i) => quarterOf(id, String(87 + i * 13), "0.2617")), ...region];
    const answers: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const { host } = await open();
      const shuffled = all.map((one, i) => ({ one, by: (i * 7919 * (turn + 3)) % 101 })).sort((a, b) => a.by - b.by);
      for (const { one } of shuffled) await observe(host, [one]);
      const job = await runToEnd(host, quarter);
      const payouts = await Promise.all(
        people.map(async (id) => (await readStoredPayout(host.db, job.id, id))!.payout),
      );
      answers.push(canonical(payouts));
    }
    expect(new Set(answers).size).toBe(1);
  });

  it("lists who could not be evaluated with the reason, books nothing for them, and never shows a zero", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, quarter);
    const run = (await payoutRunView(host.db, job.id))!;
    expect(run.issues.map(({ person }) => person)).toEqual(["lone"]);
    expect(run.issues[0]!.reason).toContain("laptops-sold");
    expect(run).toMatchObject({ notEvaluated: 1, totalMinor: 2_400_000 + 1_560_000 });
    const rows = await payoutRowsView(host.db, job.id, { on: "2025-12-31" });
    const lone = rows.items.find(({ person }) => person.id === "lone")!;
    expect(lone).toMatchObject({ status: "not evaluated", amountMinor: null });
    expect(lone.reason).toContain("laptops-sold");
    expect((await ledger(host, PLAN)).filter(({ person }) => person === "lone")).toEqual([]);
    const statement = (await statementView(host.db, job.id, "lone"))!;
    expect([statement.totalMinor, statement.payableMinor, statement.recomputedMinor]).toEqual([null, null, null]);
  });

  it("counts who is not on the plan, and sums up quantiles, bars and regions that add up", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, quarter);
    const run = (await payoutRunView(host.db, job.id))!;
    expect(run.people).toBe(payOrganisation().people.length);
    expect(run.notEligible).toBe(run.people - 3);
    expect(run.quantiles).toEqual({ p10: 1_560_000, p50: 1_560_000, p90: 2_400_000 });
    expect(run.histogram.reduce((sum, bar) => sum + bar.people, 0)).toBe(2);
    expect(run.byUnit).toEqual([{ unit: "south", title: "South", people: 2, totalMinor: 3_960_000 }]);
    expect((await payoutRunsView(host.db, PLAN)).map(({ id }) => id)).toEqual([job.id]);
  });

  it("reports progress up to everyone, and ends with a sentence", async () => {
    const { host } = await open(payOrganisation(300));
    await observe(host, region);
    const seen: number[] = [];
    host.events.listen(({ topic, revision }) => {
      if (topic === "job" && revision < Number.MAX_SAFE_INTEGER) seen.push(revision);
    });
    const job = await runToEnd(host, quarter);
    const everyone = payOrganisation(300).people.length;
    expect(job).toMatchObject({ status: "done", done: everyone, total: everyone });
    expect(new Set(seen).size).toBeGreaterThan(2);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
    expect(job.message).toContain("303 not evaluated");
  });

  it("is the same run for the same key, and refuses another request with that key", async () => {
    const { host } = await quarterWorld();
    const first = await runToEnd(host, { ...quarter, key: "key-00001" });
    const again = await runPlan(host, SYSTEM, { ...quarter, key: "key-00001" });
    expect(again.id).toBe(first.id);
    await expect(runPlan(host, SYSTEM, { ...quarter, period: "2025-Q3", key: "key-00001" })).rejects.toMatchObject({
      code: "key-reused",
    });
    expect(await payoutRunsView(host.db)).toHaveLength(1);
  });

  it("refuses what cannot be run, with the way out, and leaves nothing behind", async () => {
    const { host } = await quarterWorld();
    await expect(runPlan(host, SYSTEM, { plan: "nothing", period: QUARTER })).rejects.toMatchObject({
      code: "not-live",
    });
    await expect(runPlan(host, SYSTEM, { plan: PLAN, period: "2025-12" })).rejects.toThrow(/pays by quarter.*2026-Q3/);
    await expect(runPlan(host, SYSTEM, { ...quarter, unit: "nowhere" })).rejects.toMatchObject({ code: "not-found" });
    expect(await payoutRunsView(host.db)).toEqual([]);
  });

  it("refuses a second run of the plan and period while one is under way", async () => {
    const { host } = await quarterWorld();
    await runPlan(host, SYSTEM, quarter);
    await expect(runPlan(host, SYSTEM, quarter)).rejects.toMatchObject({ code: "conflict" });
    await host.idle();
    expect((await runToEnd(host, quarter)).status).toBe("done");
  });

  it("of a unit pays those who belong to it", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, { ...quarter, unit: "team-1" });
    const rows = await payoutRowsView(host.db, job.id, { on: "2025-12-31" });
    expect(rows.items.map(({ person }) => person.id).sort()).toEqual(["ana", "ben", "mia"]);
  });

  it("shows a page of its people, searched by name and narrowed to a unit and to whom the reader may see", async () => {
    const { host } = await quarterWorld();
    const job = await runToEnd(host, quarter);
    const on = "2025-12-31";
    const page = await payoutRowsView(host.db, job.id, { on, limit: 2 });
    expect(page.items.map(({ person, amountMinor }) => [person.id, amountMinor])).toEqual([
      ["ana", 2_400_000],
      ["ben", 1_560_000],
    ]);
    expect((await payoutRowsView(host.db, job.id, { on, limit: 2, cursor: page.next! })).items).toHaveLength(2);
    expect((await payoutRowsView(host.db, job.id, { on, q: "ben" })).items.map(({ person }) => person.id)).toEqual([
      "ben",
    ]);
    expect((await payoutRowsView(host.db, job.id, { on, unit: "south" })).total).toBe(4);
    expect((await payoutRowsView(host.db, job.id, { on, visible: ["ana"] })).total).toBe(1);
  });
});

describe("a run computed again", () => {
  it("IN13: books differences only, with their cause, and leaves the earlier payout as it was", async () => {
    const { host } = await quarterWorld();
    const first = await runToEnd(host, quarter);
    const closed = canonical(await readStoredPayout(host.db, first.id, "ana"));
    const lines = await ledger(host, PLAN);
    expect(lines.every(({ kind }) => kind === "line")).toBe(true);
    expect(await booked(host, PLAN, QUARTER, "ana")).toBe(1_920_000);

    // 85 of 100 a month instead of 100: the sales part falls from 100 % to 62.5 %.
    await host.moveClock(host.clock.now() + 1_000);
    await observe(host, monthly("laptops-sold", "ana", "85", "100"));
    const second = await runToEnd(host, quarter);
    const later = (await ledger(host, PLAN)).slice(lines.length);
    expect(later.map(({ person, component, kind, amountMinor }) => [person, component, kind, amountMinor])).toEqual([
      ["ana", "held back", "delta", 126_000],
      ["ana", "units", "delta", -630_000],
    ]);
    expect(later[1]!.cause).toContain("actual of units/attainment: 300 → 255");
    expect(await booked(host, PLAN, QUARTER, "ana")).toBe(
      (await statementView(host.db, second.id, "ana"))!.payableMinor,
    );
    expect((await statementView(host.db, second.id, "ana"))!.delta).toMatchObject({
      oldMinor: 2_400_000,
      deltaMinor: -630_000,
    });
    expect(canonical(await readStoredPayout(host.db, first.id, "ana"))).toBe(closed);
  });

  it("on unchanged data books nothing", async () => {
    const { host } = await quarterWorld();
    await runToEnd(host, quarter);
    const before = await ledger(host, PLAN);
    await runToEnd(host, quarter);
    expect(await ledger(host, PLAN)).toEqual(before);
  });

  it("keeps what is booked while a payout lacks something or waits for review", async () => {
    const { host } = await quarterWorld();
    await runToEnd(host, quarter);
    await host.moveClock(host.clock.now() + 1_000);
    const [month] = monthly("laptops-sold", "ana", "100", "100");
    await host.db.write([
      {
        sql: "UPDATE observations SET superseded_at = ? WHERE subject = 'ana' AND metric = 'laptops-sold' AND period_from = ?",
        args: [host.clock.now(), month!.periodFrom],
      },
    ]);
    await observe(host, [
      ...monthly("laptops-sold", "ben", "200", "100"),
      ...monthly("gross-margin", "ben", "0.3"),
      ...monthly("customer-retention", "south", "0.99", null, "unit"),
      ...monthly("nps", "south", "45", null, "unit"),
    ]);
    const job = await runToEnd(host, quarter);
    expect((await statementView(host.db, job.id, "ana"))!.status).toBe("not evaluated");
    expect((await statementView(host.db, job.id, "ben"))!.status).toBe("in review");
    expect(await booked(host, PLAN, QUARTER, "ana")).toBe(1_920_000);
    expect(await booked(host, PLAN, QUARTER, "ben")).toBe(1_248_000);
    expect((await payoutRunView(host.db, job.id))!).toMatchObject({ inReview: 1, notEvaluated: 2 });
  });

  it("with a parameter that an admin has changed meanwhile uses the new value; the earlier run keeps its own", async () => {
    const { host } = await quarterWorld();
    const first = await runToEnd(host, quarter);
    await host.moveClock(host.clock.now() + 1_000);
    await host.db.write([
      {
        sql: "INSERT INTO parameter_changes (kind, id, name, version, old, value, scope, reason, by, at) VALUES ('plan', ?, 'marginFloor', 1, '0.25', '0.2', 'new', 'test', NULL, ?)",
        args: [PLAN, host.clock.now()],
      },
    ]);
    await host.parameters.refresh();
    const second = await runToEnd(host, quarter);
    expect((await statementView(host.db, first.id, "ben"))!.totalMinor).toBe(1_560_000);
    expect((await statementView(host.db, second.id, "ben"))!.totalMinor).toBe(2_400_000);
  });
});

describe("a run that does not reach its end", () => {
  it("that is cancelled has booked nothing", async () => {
    const { host } = await open(payOrganisation(300));
    await observe(host, [...payOrganisation(300).people.flatMap(({ id }) => quarterOf(id, "100", "0.3")), ...region]);
    const job = await runPlan(host, SYSTEM, quarter);
    await cancelJob(host, SYSTEM, job.id);
    await host.idle();
    expect((await payoutRunView(host.db, job.id))!.status).toBe("failed");
    expect(await ledger(host, PLAN)).toEqual([]);
    expect((await runToEnd(host, quarter)).status).toBe("done");
  });

  it("goes on after a stop with what was known when it began, and pays everyone once", async () => {
    const world = await open(payOrganisation(300));
    // Lone is in no region, so nothing is known of customers there.
    const everyone = payOrganisation(300).people.filter(({ role, id }) => role === "sales" && id !== "lone");
    await observe(world.host, [...everyone.flatMap(({ id }) => quarterOf(id, "100", "0.3")), ...region]);
    const job = await runPlan(world.host, SYSTEM, quarter);
    await new Promise<void>((resolve) => {
      world.host.events.listen(({ topic, revision }) => {
        if (topic === "job" && revision >= 40 && revision < 1_000) resolve();
      });
    });
    // Known only after the run began, so nothing of it may be seen, before the stop or after it.
    const late = everyone.flatMap(({ id }) => monthly("laptops-sold", id, "10", "100"));
    await world.host.db.write(observationsStatements(late, { recordedAt: world.host.clock.now() + 1, importNo: 0 }));
    const before = await jobView(world.host, job.id);
    expect(before.status).toBe("running");
    expect(before.done).toBeLessThan(before.total);
    const clock = manualClock(world.host.clock.now() + 60_000);
    const host = await world.restart(clock);
    await host.idle();
    expect(await jobView(host, job.id)).toMatchObject({ status: "done", done: payOrganisation(300).people.length });
    const entries = await ledger(host, PLAN);
    expect(entries.filter(({ component }) => component === "units")).toHaveLength(everyone.length);
    expect(entries.every(({ kind }) => kind === "line")).toBe(true);
    expect((await payoutRunView(host.db, job.id))!).toMatchObject({
      status: "computed",
      totalMinor: everyone.length * 2_400_000,
    });
  });
});

describe("a plan tried for one person", () => {
  it("gives the statement that a run would give, and books nothing", async () => {
    const { host } = await quarterWorld();
    const document = templateDocuments(PLAN).find((one) => (one as { kind: string }).kind === "plan")!;
    const tried = await tryPlan(host, { document, person: "ben", period: QUARTER });
    const job = await runToEnd(host, quarter);
    const { run: _run, plan: _plan, payout: _payout, ...rest } = (await statementView(host.db, job.id, "ben"))!;
    expect(tried).toMatchObject(rest);
    expect([tried.run, tried.plan.version]).toEqual([null, null]);
  });

  it("says what is wrong with a draft instead of guessing", async () => {
    const { host } = await quarterWorld();
    await expect(tryPlan(host, { document: { kind: "plan" }, person: "ana", period: QUARTER })).rejects.toMatchObject({
      code: "has-problems",
    });
    const document = templateDocuments(PLAN).find((one) => (one as { kind: string }).kind === "plan")!;
    await expect(tryPlan(host, { document, person: "nobody", period: QUARTER })).rejects.toMatchObject({
      code: "not-found",
    });
    expect(await ledger(host, PLAN)).toEqual([]);
  });
});
