import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OrganisationData } from "#engine/organisation/model.ts";
import type { Database } from "../../../runtime/db/client.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { generateDemo } from "../../../runtime/demo/generate.ts";
import { demoState, loadDemo } from "../../../runtime/demo/load.ts";
import { metricSeries, unitSeries } from "../../../runtime/store/metrics-series.ts";
import { loadOrganisation } from "../../../runtime/store/organisation-load.ts";
import { unitTree } from "../../../runtime/store/units-tree.ts";
import { emptyDatabase } from "../ingest/support.ts";

const NOW = Date.UTC(2026, 2, 10, 6);
const ON = "2026-03-10";
const OPTIONS = { seed: 1, anchorMonth: "2026-02" };
const SMALL = { ...OPTIONS, size: { regions: 2, managers: 4, locations: 12, representatives: 60 } };

const folder = mkdtempSync(join(tmpdir(), "rondo-demo-"));
let db: Database;
let data: OrganisationData;
const progress: [number, number, string][] = [];

beforeAll(async () => {
  db = await openDatabase(`file:${join(folder, "rondo.db")}`);
  await migrate(db, NOW);
  await loadDemo(db, OPTIONS, NOW, (done, total, what) => progress.push([done, total, what]));
  data = await loadOrganisation(db);
});
afterAll(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const first = async <T>(sql: string): Promise<T | undefined> => (await db.read<T>(sql))[0];

describe("Green Soft Technology", () => {
  it("is the same for the same seed and anchor month, on every machine", () => {
    const hash = createHash("sha256");
    const demo = generateDemo(OPTIONS);
    for (const file of demo.files) hash.update(file.name).update(file.content);
    hash.update(JSON.stringify([demo.grants, demo.queues, demo.personas]));
    expect(hash.digest("hex")).toBe("080acdfb81455f3ff67f353f98e0f377c68b70e8732c050642116eb50520fb91");
    expect(generateDemo({ ...SMALL, seed: 2 }).files).not.toEqual(generateDemo(SMALL).files);
  });

  it("is loaded through the import, with progress to the last row", () => {
    const [done, total] = progress.at(-1) ?? [0, 1];
    expect([done, total]).toEqual([79_070, 79_070]);
    expect(progress.every(([at], i) => i === 0 || at >= (progress[i - 1]?.[0] ?? 0))).toBe(true);
    expect(new Set(progress.map(([, , what]) => what)).size).toBe(8);
  });

  it("G1: 5,000 sales people, 50 of them managers of 99 each; 47 people of staff beyond", () => {
    const count = (role: string) => data.people.filter((person) => person.role === role).length;
    expect([count("sales"), count("sales-manager"), data.people.length]).toEqual([4_950, 50, 5_047]);
    const reports = Map.groupBy(data.assignments, (line) => line.manager);
    const spans = data.people
      .filter((person) => person.role === "sales-manager")
      .map((person) => reports.get(person.id)?.length);
    expect(spans).toEqual(Array.from({ length: 50 }, () => 99));
    expect(data.people.filter((person) => person.currency !== "INR" || (person.salaryMinor ?? 0) < 30_000_000)).toEqual(
      [],
    );
  });

  it("G2: 500 locations, ten a manager, in six regions, each with a head and an HR partner", async () => {
    const tree = await unitTree(db, ON);
    const level = (name: string) => tree.filter((unit) => unit.level === name);
    expect([level("region").length, level("location").length, level("team").length]).toEqual([6, 500, 502]);
    expect([...Map.groupBy(level("location"), (unit) => unit.head?.id).values()].map((list) => list.length)).toEqual(
      Array.from({ length: 50 }, () => 10),
    );
    for (const region of level("region")) {
      expect(region.head?.title).toContain("Regional head");
      expect(data.grants.filter((grant) => grant.role === "hr-partner" && grant.unit === region.id)).toHaveLength(1);
    }
    expect(tree[0]).toMatchObject({ id: "green-soft", people: 5_047 });
  });

  it("G3: the individual targets sum exactly to 1,500,000, and each one's months to their year", async () => {
    expect(
      await first(
        "SELECT count(*) AS n, sum(value) AS total, sum(value = '303') AS of303, sum(value = '304') AS of304 FROM observations WHERE metric = 'yearly-target'",
      ),
    ).toEqual({
      n: 4_950,
      total: 1_500_000,
      of303: 4_800,
      of304: 150,
    });
    const wrong = await db.read(
      `SELECT y.subject FROM observations AS y WHERE y.metric = 'yearly-target' AND CAST(y.value AS INTEGER) <>
         (SELECT sum(m.target) FROM observations AS m WHERE m.subject = y.subject AND m.metric = 'laptops-sold')`,
    );
    expect(wrong).toEqual([]);
  });

  it("has twelve months of sales and margins for every representative, and regions that are the sums of theirs", async () => {
    expect(
      await db.read(
        "SELECT metric, count(*) AS n FROM observations WHERE subject_kind = 'person' GROUP BY metric ORDER BY metric",
      ),
    ).toEqual([
      { metric: "gross-margin", n: 59_400 },
      { metric: "laptops-sold", n: 59_400 },
      { metric: "yearly-target", n: 4_950 },
    ]);
    for (const unit of ["green-soft", "region-north", "region-deccan"]) {
      const stored = await metricSeries(db, "laptops-sold", { kind: "unit", id: unit });
      const rolledUp = await unitSeries(db, "laptops-sold", unit, "sum", { on: ON });
      expect(rolledUp.map((point) => [point.value, point.target])).toEqual(
        stored.map((point) => [point.value, point.target]),
      );
      expect(stored).toHaveLength(12);
    }
  });

  it("G11: sales fall in the last quarter; what customers and employees say turned at least three months before", async () => {
    const values = async (metric: string) =>
      (await metricSeries(db, metric, { kind: "unit", id: "green-soft" })).map(
        (point) => Number(point.value) / Number(point.target ?? 1),
      );
    const sales = await values("laptops-sold");
    expect(Math.min(...sales.slice(0, 9))).toBeGreaterThan(0.97);
    expect(sales.slice(9).every((value, i) => value < (sales[8 + i] ?? 0) - 0.04)).toBe(true);
    expect(sales.at(-1)).toBeLessThan(0.82);
    const limit = (series: number[]) => {
      const base = series.slice(0, 5);
      const mean = base.reduce((a, b) => a + b, 0) / base.length;
      const sigma = Math.sqrt(base.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (base.length - 1));
      return { mean, sigma };
    };
    // The first month outside mean ± 3 standard deviations of the first five months.
    const alarm = (series: number[]) => {
      const { mean, sigma } = limit(series);
      return series.findIndex((value, i) => i >= 5 && Math.abs(value - mean) > 3 * Math.max(sigma, 0.001));
    };
    const salesAlarm = sales.findIndex((value) => value < 0.95);
    expect(salesAlarm).toBe(9);
    for (const metric of ["customer-retention", "complaint-ageing", "attrition", "training-gap"])
      expect([metric, alarm(await values(metric)) <= 6]).toEqual([metric, true]);
    const share = await values("market-share");
    expect(Math.max(...share) - Math.min(...share)).toBeLessThan(0.005);
  });

  it("G6, G9: complaints about representatives, some open beyond fifteen days; notes of which some name one case twice", async () => {
    const complaints = await first<{ n: number; open: number; old: number }>(
      `SELECT count(*) AS n, sum(json_extract(fields, '$.resolvedAt') IS NULL) AS open,
         sum(json_extract(fields, '$.resolvedAt') IS NULL AND date < '2026-02-14') AS old FROM records WHERE type = 'complaint'`,
    );
    expect(complaints?.n).toBe(986);
    expect(complaints?.open).toBeGreaterThan(50);
    expect(complaints?.old).toBeGreaterThan(5);
    const notes = await first<{ n: number; cases: number; verified: number }>(
      "SELECT count(*) AS n, count(DISTINCT json_extract(fields, '$.case')) AS cases, sum(json_extract(fields, '$.verified') = 1) AS verified FROM records WHERE type = 'thank-you'",
    );
    expect(notes?.n).toBe(1_507);
    expect(notes?.cases).toBeLessThan(1_507);
    expect(notes?.verified).toBeGreaterThan(1_000);
  });

  it("offers personas who exist, with the roles they are named for, and a technical-assistance queue", async () => {
    const personas = (await demoState(db))?.personas ?? [];
    expect(personas.map((persona) => persona.personId)).toEqual([
      "gs-hr-designer",
      "gs-hr-admin",
      "gs-head-north",
      "gs-m-01",
      "gs-r-0063",
      "gs-r-0097",
    ]);
    const ids = new Set(data.people.map((person) => person.id));
    expect(personas.every((persona) => ids.has(persona.personId) && persona.why !== "")).toBe(true);
    const roles = (person: string) => data.grants.filter((grant) => grant.person === person).map((grant) => grant.role);
    expect([roles("gs-hr-designer"), roles("gs-hr-admin")]).toEqual([["hr-designer"], ["hr-admin"]]);
    const lastQuarter = async (id: string) => {
      const points = (await metricSeries(db, "laptops-sold", { kind: "person", id })).slice(-3);
      return (
        points.reduce((sum, point) => sum + Number(point.value), 0) /
        points.reduce((sum, point) => sum + Number(point.target), 0)
      );
    };
    expect(await lastQuarter("gs-r-0063")).toBeGreaterThan(1);
    expect(await lastQuarter("gs-r-0097")).toBeLessThan(0.8);
    expect(data.queues.find((queue) => queue.id === "technical-assistance")?.members).toHaveLength(8);
    expect([data.timeZone, data.calendar, data.currency]).toEqual(["Asia/Kolkata", "india", "INR"]);
  });
});

describe("loading a demo", () => {
  it("is done once, goes on after a stop, and is refused where there are other people", async () => {
    const own = await emptyDatabase();
    const stop = new Error("stop");
    await expect(
      loadDemo(own, SMALL, NOW, (_, __, what) => {
        if (what === "complaints") throw stop;
      }),
    ).rejects.toBe(stop);
    expect((await demoState(own))?.state).toBe("loading");
    const loaded = await loadDemo(own, { seed: 99, anchorMonth: "2020-01" }, NOW + 1);
    expect(loaded).toMatchObject({ state: "loaded", seed: 1, anchorMonth: "2026-02" });
    expect(await own.read("SELECT count(*) AS n, count(DISTINCT person) AS people FROM profiles")).toEqual([
      { n: 103, people: 103 },
    ]);
    expect(await loadDemo(own, SMALL, NOW + 2)).toEqual(loaded);
    const other = await emptyDatabase();
    await other.write([{ sql: "INSERT INTO people (id, created_at) VALUES ('x', 1)" }]);
    await expect(loadDemo(other, SMALL, NOW)).rejects.toThrow(/only into an empty database/);
  });

  it("takes another number of regions", () => {
    const demo = generateDemo({ ...OPTIONS, size: { regions: 9 } });
    expect(demo.organisation.regions.map((region) => region.title)).toEqual([
      "North",
      "West",
      "South",
      "East",
      "Central",
      "Deccan",
      "North 2",
      "West 2",
      "South 2",
    ]);
    expect(demo.organisation.representatives).toHaveLength(4_950);
  });
});
