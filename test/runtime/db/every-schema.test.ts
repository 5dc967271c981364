import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { AMENDMENTS } from "../../../runtime/db/amended.ts";
import type { Database } from "../../../runtime/db/client.ts";
import { migrate, newestMigration } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { verify } from "../../../runtime/upkeep/verify.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { testConfig } from "../../support/test-runtime.ts";
import { handIn, openReview } from "../upkeep/lively.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const MIGRATIONS = join(import.meta.dirname, "../../../runtime/db/migrations");
const folders: string[] = [];
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "rondo-schema-"));
  folders.push(path);
  return path;
}
afterAll(() => {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
});
/**
 * Written in the middle of the first issue, before the journal had the form that it closed with: their schema, rows and chains
 * are held to, their snapshots are not. Every fixture after them is held to all of it.
 */
const BEFORE_THE_JOURNAL = new Set(["schema-30d5212.sql", "schema-3e3c654.sql"]);
const fixtures = readdirSync(FIXTURES).filter((name) => name.endsWith(".sql"));

/** A database as it was written then. */
async function openFixture(name: string, place = folder()): Promise<{ db: Database; place: string }> {
  const db = await openDatabase(`file:${join(place, "rondo.db")}`);
  const lines = readFileSync(join(FIXTURES, name), "utf8").trimEnd().split("\n");
  await db.write([{ sql: "PRAGMA defer_foreign_keys = ON" }, ...lines.map((sql) => ({ sql }))]);
  return { db, place };
}

/** Tables with their columns, and indexes: what a schema is, whatever the road to it. */
async function shape(db: Database): Promise<string[]> {
  const columns = await db.read<{ said: string }>(
    `SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || ifnull(c.dflt_value, '') AS said
     FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'`,
  );
  const indexes = await db.read<{ said: string }>(
    "SELECT tbl_name || ': ' || sql AS said FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
  );
  return [...columns, ...indexes].map(({ said }) => said.replaceAll(/\s+/g, " ").trim()).sort();
}

describe("a database of every earlier version", () => {
  it("is here for each edit of a migration and for the version that the first issue ended with", () => {
    expect(fixtures.length).toBeGreaterThanOrEqual(6);
    const all = fixtures.map((name) => readFileSync(join(FIXTURES, name), "utf8")).join("\n");
    for (const { name, was } of AMENDMENTS) expect(all, `${name} as it was`).toContain(was);
  });

  it.each(
    fixtures,
  )("R33, R05: %s is brought to the schema of a new database, with all its rows, and verifies", async (name) => {
    const { db } = await openFixture(name);
    const count = async (table: string) => (await db.read<{ n: number }>(`SELECT count(*) AS n FROM ${table}`))[0]!.n;
    const there = ["people", "profiles", "assignments", "observations", "imports"];
    const before = await Promise.all(there.map(count));
    expect((await migrate(db, 2)).version).toBe(newestMigration());
    expect(await Promise.all(there.map(count))).toEqual(before);
    const fresh = await openDatabase(`file:${join(folder(), "fresh.db")}`);
    await migrate(fresh, 2);
    expect(await shape(db)).toEqual(await shape(fresh));
    const report = await verify(db, { now: () => 3 });
    const held = report.checks.filter((check) => check.name !== "replay" || !BEFORE_THE_JOURNAL.has(name));
    expect(held.flatMap(({ findings }) => findings)).toEqual([]);
    fresh.close();
    db.close();
  });

  const withCases = fixtures.filter((name) =>
    readFileSync(join(FIXTURES, name), "utf8").includes('INSERT INTO "cases"'),
  );
  it.each(
    withCases.filter((name) => !BEFORE_THE_JOURNAL.has(name)),
  )("R33: cases of %s restore from the snapshots of that day and go on", async (name) => {
    const { db, place } = await openFixture(name);
    db.close();
    const host = await openHost(testConfig(place), { clock: manualClock(MONDAY + 10 * DAY) });
    await host.start();
    expect(await violations(host)).toEqual([]);
    await handIn(host, "mia", 4);
    await host.moveClock(MONDAY + 30 * DAY);
    expect(await openReview(host, "dora", "2027")).toMatchObject({ existing: false });
    expect(await violations(host)).toEqual([]);
    const [moved] = await host.db.read<{ revision: number }>(
      "SELECT revision FROM cases WHERE subject = 'mia' AND kind = 'workflow'",
    );
    expect(moved!.revision).toBeGreaterThan(2);
    await host.stop();
  });
});

describe("a downgrade", () => {
  it("R34: is refused by every earlier version with what to do, and changes nothing", async () => {
    const db = await openDatabase(`file:${join(folder(), "rondo.db")}`);
    await migrate(db, 1);
    const before = await shape(db);
    const files = readdirSync(MIGRATIONS).sort();
    for (let version = 1; version < files.length; version++) {
      const earlier = folder();
      for (const file of files.slice(0, version)) cpSync(join(MIGRATIONS, file), join(earlier, file));
      await expect(migrate(db, 2, earlier)).rejects.toThrow(
        /written by a newer Rondo .* Start the newer version, or restore a backup made before the upgrade. Nothing was changed\./,
      );
    }
    expect(await shape(db)).toEqual(before);
    expect(await db.read("SELECT DISTINCT applied_at FROM migrations")).toEqual([{ applied_at: 1 }]);
    db.close();
  });

  it("shows a case that was paused when it was late as paused and no longer as late", async () => {
    const { db } = await openFixture("schema-c77e319.sql");
    const halted = `json_set(state, '$.halted', json('{"since":1,"reason":"leave","by":null}'))`;
    await db.write([
      { sql: `UPDATE cases SET state = ${halted}, overdue = 1, due_at = 5 WHERE subject = 'mia' AND status = 'open'` },
    ]);
    const others = "SELECT id, due_at, overdue FROM cases WHERE subject <> 'mia' ORDER BY id";
    const before = await db.read(others);
    await migrate(db, MONDAY);
    const paused = await db.read(
      "SELECT DISTINCT due_at, overdue FROM cases WHERE subject = 'mia' AND status = 'open'",
    );
    expect(paused).toEqual([{ due_at: null, overdue: 0 }]);
    expect(await db.read(others)).toEqual(before);
    await db.close();
  });
});
