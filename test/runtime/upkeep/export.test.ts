import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { csvLine } from "../../../runtime/upkeep/csv-line.ts";
import { exportAll } from "../../../runtime/upkeep/export.ts";
import { importAll } from "../../../runtime/upkeep/import.ts";
import type { Manifest } from "../../../runtime/upkeep/manifest.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testConfig } from "../../support/test-runtime.ts";
import { livelyHost, openReview } from "./lively.ts";

const now = () => 1_700_000_000_000;
let world: TestHost;
let url: string;
let elsewhere: string;
let made: Manifest;
let folder: string;
beforeAll(async () => {
  world = await livelyHost();
  url = `file:${join(world.folder, "rondo.db")}`;
  elsewhere = mkdtempSync(join(tmpdir(), "rondo-export-"));
  folder = join(elsewhere, "export");
  // Bytes, line breaks, quotes, formulas and characters outside the basic plane must come through as they are.
  await world.host.db.write([
    { sql: "INSERT INTO import_content (import_no, seq, bytes) VALUES (1, 1, x'00ff10')" },
    { sql: "UPDATE profiles SET title = ? WHERE person = 'ana'", args: ['=1+1, "quoted"\nünïcode 🙂'] },
  ]);
  made = await exportAll(url, folder, { now, withAccounts: false });
});
afterAll(async () => {
  await world.end();
  rmSync(elsewhere, { recursive: true, force: true });
});

const lines = (file: string) => readFileSync(join(folder, file), "utf8").trimEnd().split("\n");

describe("an export", () => {
  it("holds every table as JSON Lines and what is tabular as CSV, counted and hashed in its manifest", () => {
    expect(made.tables.map(({ table }) => table)).toEqual(
      expect.arrayContaining([
        "cases",
        "journal",
        "timers",
        "tasks",
        "versions",
        "ledger",
        "audit",
        "observations",
        "outbox",
      ]),
    );
    for (const { file, rows, table } of made.tables) {
      const text = readFileSync(join(folder, file), "utf8");
      expect(text === "" ? 0 : text.trimEnd().split("\n").length, table).toBe(rows);
    }
    expect(JSON.parse(lines("tables/cases.jsonl")[0]!)).toMatchObject({
      kind: "workflow",
      definition: "annual-review",
    });
    const csv = parse(readFileSync(join(folder, "csv/profiles.csv")), { columns: true }) as Record<string, string>[];
    expect(csv).toHaveLength(7);
    expect(csv.find(({ person }) => person === "ana")?.title).toBe('\'=1+1, "quoted"\nünïcode 🙂');
    expect(csvLine(["a,b", null, -5, "-5", "+x"])).toBe('"a,b",,-5,-5,\'+x\r\n');
  });

  it("leaves out who can sign in, sessions and what belongs to one server, unless accounts are asked for", async () => {
    const names = made.tables.map(({ table }) => table);
    for (const table of [
      "user",
      "account",
      "session",
      "verification",
      "api_keys",
      "server_lease",
      "setup_links",
      "upkeep",
    ]) {
      expect(names).not.toContain(table);
    }
    expect(made.tables.find(({ table }) => table === "people")?.columns).not.toContain("user_id");
    const withAccounts = await exportAll(url, join(elsewhere, "accounts"), { now, withAccounts: true });
    expect(withAccounts.tables.map(({ table }) => table)).toEqual(
      expect.arrayContaining(["user", "account", "api_keys"]),
    );
    expect(withAccounts.tables.map(({ table }) => table)).not.toContain("session");
  });

  it("is of one moment though the server writes, and leaves nothing behind when it is refused", async () => {
    let writing = true;
    let n = 0;
    const writer = (async () => {
      while (writing) await openReview(world.host, "mia", String(2200 + n++));
    })();
    const during = await exportAll(url, join(elsewhere, "during"), { now, withAccounts: false });
    writing = false;
    await writer;
    const rows = (table: string) =>
      readFileSync(join(elsewhere, "during", `tables/${table}.jsonl`), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const entries = new Map<unknown, number>();
    for (const { case_id: id } of rows("journal")) entries.set(id, (entries.get(id) ?? 0) + 1);
    for (const { id, revision } of rows("cases")) expect(entries.get(id)).toBe(revision);
    expect(during.rows).toBeGreaterThan(made.rows);
    await expect(exportAll(url, folder, { now, withAccounts: false })).rejects.toThrow(/exists already/);
    expect(readdirSync(elsewhere).filter((name) => name.includes("partial"))).toEqual([]);
  });
});

describe("an import", () => {
  it("IG6: export, wipe, import: every table is equal by hash, the history verifies, and the cases go on", async () => {
    const place = join(elsewhere, "new");
    mkdirSync(place);
    const target = `file:${join(place, "rondo.db")}`;
    const done = await importAll(folder, target, { now });
    expect(done).toMatchObject({ hash: made.hash, rows: made.rows, report: { ok: true } });
    const again = await exportAll(target, join(elsewhere, "again"), { now, withAccounts: false });
    expect(again.tables).toEqual(made.tables);
    expect(readdirSync(place).filter((name) => /importing|compared/.test(name))).toEqual([]);

    const host = await openHost(testConfig(place), { clock: manualClock(MONDAY + 9 * DAY) });
    await host.start();
    expect(await violations(host)).toEqual([]);
    expect(await openReview(host, "dora")).toMatchObject({ existing: false });
    expect(await openReview(host, "rolf")).toMatchObject({ existing: true });
    await host.stop();
    expect(await bytesIn(target)).toEqual([{ bytes: "00FF10" }]);
  });

  it("fills a new, empty system too, and refuses one that holds anything or is in use", async () => {
    const empty = join(elsewhere, "empty.db");
    const db = await openDatabase(`file:${empty}`);
    await migrate(db, 1);
    db.close();
    expect((await importAll(folder, `file:${empty}`, { now })).hash).toBe(made.hash);
    await expect(importAll(folder, `file:${empty}`, { now })).rejects.toThrow(/is not empty \(it has rows in "\w+"\)/);
    await expect(importAll(folder, url, { now })).rejects.toThrow(/in use by another Rondo server/);
    await expect(importAll(elsewhere, `file:${join(elsewhere, "x.db")}`, { now })).rejects.toThrow(/no manifest/);
  });

  it("refuses a damaged export naming the file and the line, and puts nothing in place", async () => {
    const target = `file:${join(elsewhere, "damaged.db")}`;
    const path = join(folder, "tables/journal.jsonl");
    const whole = readFileSync(path);
    const all = whole.toString("utf8").trimEnd().split("\n");
    const attempt = async (text: string) => {
      writeFileSync(path, text);
      const refused = await importAll(folder, target, { now }).then(
        () => "it was accepted",
        (cause: Error) => cause.message,
      );
      writeFileSync(path, whole);
      return refused;
    };
    const changed = all.map((line, i) => (i === 4 ? line.replace(/"at":(\d+)/, '"at":1') : line));
    expect(await attempt(`${changed.join("\n")}\n`)).toMatch(
      /^tables\/journal\.jsonl, line 5, was changed after the export/,
    );
    expect(await attempt(`${all.slice(0, 3).join("\n")}\n`)).toMatch(
      new RegExp(`ends after line 3; ${all.length} lines were exported`),
    );
    expect(await attempt(`${whole.toString("utf8")}{}\n`)).toMatch(/goes on after line/);
    const manifest = join(folder, "manifest.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace(/"rows": \d+,\n {6}"sha256"/, '"rows": 1,\n      "sha256"'));
    await expect(importAll(folder, target, { now })).rejects.toThrow(/manifest\.json was changed/);
    writeFileSync(manifest, text.replace(/"schema": \d+/, '"schema": 9999'));
    await expect(importAll(folder, target, { now })).rejects.toThrow(/newer Rondo \(schema 9999/);
    writeFileSync(manifest, text);
    expect(readdirSync(elsewhere).filter((name) => name.startsWith("damaged.db") && !name.endsWith(".lock"))).toEqual(
      [],
    );
  });
});

async function bytesIn(target: string): Promise<unknown[]> {
  const db = await openDatabase(target);
  try {
    return await db.read("SELECT hex(bytes) AS bytes FROM import_content");
  } finally {
    db.close();
  }
}
