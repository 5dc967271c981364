import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { compilePlan } from "#engine/incentive/compile-plan.ts";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import { parsePeriod } from "#engine/time/period.ts";
import type { Database } from "../../runtime/db/client.ts";
import { migrate } from "../../runtime/db/migrate.ts";
import { openDatabase } from "../../runtime/db/open.ts";
import { readVersions } from "../../runtime/db/versioned.ts";
import { computePayouts } from "../../runtime/payouts/compute-payouts.ts";
import { InputLoader } from "../../runtime/payouts/load-inputs.ts";
import { payeesOf } from "../../runtime/payouts/payees.ts";
import { planKit } from "../../runtime/payouts/plan-kit.ts";
import { assignmentsStatements } from "../../runtime/store/assignments-write.ts";
import { type Observation, observationsStatements } from "../../runtime/store/observations-write.ts";
import { loadOrganisation } from "../../runtime/store/organisation-load.ts";
import { organisationSettingsStatements } from "../../runtime/store/organisation-settings.ts";
import { bookPayouts } from "../../runtime/store/payout-booking.ts";
import { insertPayouts } from "../../runtime/store/payout-rows.ts";
import { peopleStatements } from "../../runtime/store/people-write.ts";
import { unitsStatements } from "../../runtime/store/units-write.ts";
import type { Figure } from "./figure.ts";

const PAYEES = 20_000;
const TEAM = 10;
const NOW = Date.UTC(2026, 3, 10, 6);
const PERIOD = parsePeriod("2026-Q1")!;
const MONTHS = [
  ["2026-01-01", "2026-02-01"],
  ["2026-02-01", "2026-03-01"],
  ["2026-03-01", "2026-04-01"],
] as const;
const STAMP = { recordedAt: NOW - 1, importNo: 0 };

/**
 * The quarterly sales bonus over 20,000 payees from a real file: loaded and computed with full traces, against reading the
 * same rows, both as the client gives them and by the fastest way we know; and the whole run, stored and booked. The longest
 * that others had to wait meanwhile is printed to stderr.
 */
export async function bench(payees = PAYEES): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "rondo-bench-"));
  const db = await openDatabase(`file:${join(folder, "rondo.db")}`);
  try {
    await migrate(db, NOW);
    await fill(db, payees);
    const directory = buildDirectory(await loadOrganisation(db));
    const plainly = await best(() => readPlainly(db));
    const quickly = await best(() => readQuickly(db));
    const waits = monitorEventLoopDelay({ resolution: 1 });
    waits.enable();
    const computed = await best(() => computeAll(db, directory, payees));
    waits.disable();
    const [whole] = [await timed(() => runAll(db, directory, payees))];
    const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
    console.error(`payouts: others waited at most ${ms(waits.max)} ms, p99 ${ms(waits.percentile(99))} ms`);
    const name = `${payees.toLocaleString("en")} payees with traces`;
    return [
      figure(`${name}, against reading the rows`, computed, plainly),
      figure(`${name}, against reading the rows as JSON`, computed, quickly),
      figure(`${name}, stored and booked, against reading the rows`, whole, plainly),
    ];
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const figure = (name: string, ours: number, theirs: number): Figure => ({
  bench: "payouts",
  name,
  ours: Math.round(ours),
  theirs: Math.round(theirs),
  ratio: Number((ours / theirs).toFixed(2)),
  unit: "ms",
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const best = async (work: () => Promise<unknown>) => Math.min(await timed(work), await timed(work));

const idOf = (i: number) => `p-${String(i).padStart(6, "0")}`;
const teamOf = (i: number) => `team-${Math.floor(i / TEAM)}`;

async function fill(db: Database, payees: number): Promise<void> {
  const teams = Array.from({ length: Math.ceil(payees / TEAM) }, (_, i) => `team-${i}`);
  const regions = Array.from({ length: 20 }, (_, i) => `region-${i}`);
  const unit = (id: string, level: string, parent: string | null) => ({
    id,
    title: id,
    level,
    parent,
    timeZone: null,
    calendar: null,
  });
  await db.write(organisationSettingsStatements({ timeZone: "Asia/Kolkata", calendar: "india", currency: "INR" }));
  await db.write(
    unitsStatements(
      [
        unit("company", "company", null),
        ...regions.map((id) => unit(id, "region", "company")),
        ...teams.map((id, i) => unit(id, "team", regions[i % regions.length]!)),
      ],
      STAMP,
    ),
  );
  await db.write(
    observationsStatements(
      regions.flatMap((id) => [
        ...monthly("customer-retention", id, "0.93", null, "unit"),
        ...monthly("nps", id, "35", null, "unit"),
      ]),
      STAMP,
    ),
  );
  for (let at = 0; at < payees; at += 1_000) {
    const some = Array.from({ length: Math.min(1_000, payees - at) }, (_, n) => at + n);
    await db.write([
      ...peopleStatements(
        some.map((i) => ({
          id: idOf(i),
          name: `Person ${i}`,
          email: null,
          status: "active",
          title: "Sales representative",
          role: "sales",
          grade: null,
          hireDate: "2020-01-01",
          endDate: null,
          timeZone: null,
          calendar: null,
          fte: "1",
          salaryMinor: 40_000_000 + i,
          currency: "INR",
          fields: {},
        })),
        STAMP,
      ),
      ...assignmentsStatements(
        some.map((i) => ({
          person: idOf(i),
          unit: teamOf(i),
          manager: null,
          kind: "primary",
          weight: "1",
          validFrom: "2020-01-01",
          validTo: null,
        })),
        STAMP,
      ),
      ...observationsStatements(
        some.flatMap((i) => [
          ...monthly("laptops-sold", idOf(i), String(20 + (i % 17)), "28"),
          ...monthly("gross-margin", idOf(i), (0.2 + (i % 13) / 100).toFixed(4), null),
        ]),
        STAMP,
      ),
    ]);
  }
}

function monthly(
  metric: string,
  subject: string,
  value: string,
  target: string | null,
  subjectKind: Observation["subjectKind"] = "person",
): Observation[] {
  return MONTHS.map(([periodFrom, periodTo]) => ({
    metric,
    subjectKind,
    subject,
    periodFrom,
    periodTo,
    value,
    target,
    state: "final",
  }));
}

/** What anybody would do: the rows of the quarter, page by page, as the client gives them. */
async function readPlainly(db: Database): Promise<number> {
  let rows = 0;
  for (const table of ["observations", "profiles", "assignments"]) {
    for (let after = 0; ; ) {
      const page = await db.read<{ rowid: number }>(
        `SELECT rowid, * FROM ${table} WHERE rowid > ? AND superseded_at IS NULL ORDER BY rowid LIMIT 2000`,
        [after],
      );
      rows += page.length;
      if (page.length < 2_000) break;
      after = page.at(-1)!.rowid;
    }
  }
  return rows;
}

/** The same rows as arrays that SQLite makes itself. */
async function readQuickly(db: Database): Promise<number> {
  const observations = await readVersions(db, "observations", [
    "t.metric",
    "t.subject",
    "t.period_from",
    "t.period_to",
    "t.value",
    "t.target",
    "t.state",
  ]);
  const { people } = await loadOrganisation(db);
  return observations.length + people.length;
}

function documents(): Definition[] {
  const root = join(import.meta.dirname, "../../templates");
  return ["green-soft", "sales-quarter"].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((file) => file.endsWith(".json") && file !== "scenarios.json")
      .map((file) => {
        const parsed = parse(JSON.parse(readFileSync(join(root, folder, file), "utf8")));
        if (!parsed.ok) throw new Error(`${folder}/${file} does not parse`);
        return parsed.definition;
      }),
  );
}

function prepared(db: Database, directory: Directory, run: string) {
  const catalogue = catalogueOf(documents());
  const plan = catalogue.find("plan", "sales-quarter");
  if (!plan) throw new Error("there is no plan to measure");
  const kit = planKit(plan, catalogue, () => undefined);
  const calendars = calendarSet(catalogue.all("calendar"), "india");
  const loader = new InputLoader({ db, directory, calendars, kit, period: PERIOD, knownAt: NOW });
  const compute = compilePlan(kit.plan, kit.rulesets);
  return {
    db,
    directory,
    loader,
    compute,
    run: { id: run, plan: plan.id, period: PERIOD.id, currency: plan.currency },
  };
}

/** Loads and computes everybody; throws unless all of them have an amount. */
async function computeAll(db: Database, directory: Directory, payees: number): Promise<void> {
  const computing = prepared(db, directory, "nowhere");
  let computed = 0;
  for await (const { rows } of computePayouts(computing, payeesOf(directory, PERIOD))) {
    computed += rows.filter(({ payout }) => payout.totalMinor !== null).length;
  }
  if (computed !== payees) throw new Error(`${computed} of ${payees} payouts were computed`);
}

async function runAll(db: Database, directory: Directory, payees: number): Promise<void> {
  const { run, ...computing } = prepared(db, directory, "whole");
  const people = payeesOf(directory, PERIOD);
  for await (const { rows } of computePayouts({ ...computing, run }, people))
    await db.write(insertPayouts(run.id, rows));
  for (let at = 0; at < people.length; at += 100) {
    await db.write([bookPayouts(run, people[at - 1] ?? "", people[Math.min(at + 100, people.length) - 1]!, NOW)]);
  }
  const [booked] = await db.read<{ n: number }>("SELECT count(DISTINCT person) AS n FROM ledger WHERE run = ?", [
    run.id,
  ]);
  if (booked?.n !== payees) throw new Error(`${booked?.n} of ${payees} people were booked`);
}
