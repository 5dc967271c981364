import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@libsql/client";
import { afterEach, describe, expect, it } from "vitest";
import { type Database, DatabaseBusyError } from "../../../runtime/db/client.ts";
import { openDatabase } from "../../../runtime/db/open.ts";

const folders: string[] = [];
const open: Database[] = [];
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "rondo-db-"));
  folders.push(path);
  return path;
}
async function opened(url: string, options = {}): Promise<Database> {
  const db = await openDatabase(url, options);
  open.push(db);
  return db;
}
afterEach(() => {
  for (const db of open.splice(0)) db.close();
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

describe("a database file", () => {
  it("is created with its folder, in WAL mode, with synchronous FULL", async () => {
    const db = await opened(`file:${join(folder(), "deep", "rondo.db")}`);
    expect(await db.read("PRAGMA journal_mode")).toEqual([{ journal_mode: "wal" }]);
    expect(await db.read("PRAGMA synchronous")).toEqual([{ synchronous: 2 }]);
  });

  it("keeps synchronous FULL on whatever connection serves it: beside others, and after a failure", async () => {
    const db = await opened(`file:${join(folder(), "rondo.db")}`);
    await db.write([{ sql: "CREATE TABLE t (a INTEGER PRIMARY KEY)" }]);
    await db.read("PRAGMA synchronous = OFF");
    const many = await Promise.all(Array.from({ length: 30 }, () => db.read("SELECT 1 AS one")));
    expect(many).toHaveLength(30);
    await expect(db.write([{ sql: "INSERT INTO nowhere VALUES (1)" }])).rejects.toThrow(/nowhere/);
    const all = await Promise.all(Array.from({ length: 30 }, () => db.read("PRAGMA synchronous")));
    expect(all.every(([row]) => row?.synchronous === 2)).toBe(true);
  });

  it("writes all of a batch or nothing", async () => {
    const db = await opened(`file:${join(folder(), "rondo.db")}`);
    await db.write([{ sql: "CREATE TABLE t (a INTEGER PRIMARY KEY)" }]);
    const insert = { sql: "INSERT INTO t VALUES (?) RETURNING a", args: [1] };
    await expect(db.write([insert, insert])).rejects.toThrow(/UNIQUE/);
    expect(await db.read("SELECT count(*) AS n FROM t")).toEqual([{ n: 0 }]);
    expect(await db.write([insert])).toEqual([{ rows: [{ a: 1 }], changes: 0 }]);
  });

  it("R25: a write waits without blocking while another process writes, and then goes through", async () => {
    const url = `file:${join(folder(), "rondo.db")}`;
    const db = await opened(url);
    await db.write([{ sql: "CREATE TABLE t (a INTEGER PRIMARY KEY)" }]);
    const other = createClient({ url });
    const held = await other.transaction("write");
    let done = false;
    const write = db.write([{ sql: "INSERT INTO t VALUES (1)" }]).then(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(done).toBe(false);
    // Reads go on meanwhile.
    expect(await db.read("SELECT a FROM t")).toEqual([]);
    await held.rollback();
    const released = performance.now();
    await write;
    expect(performance.now() - released).toBeLessThan(1_000);
    expect(await db.read("SELECT a FROM t")).toEqual([{ a: 1 }]);
    other.close();
  });

  it("R25: a writer that never lets go ends in a clear error, and nothing was written", async () => {
    const url = `file:${join(folder(), "rondo.db")}`;
    const db = await opened(url, { patienceMs: 300 });
    await db.write([{ sql: "CREATE TABLE t (a INTEGER PRIMARY KEY)" }]);
    const other = createClient({ url });
    const held = await other.transaction("write");
    await expect(db.write([{ sql: "INSERT INTO t VALUES (1)" }])).rejects.toThrow(DatabaseBusyError);
    await held.rollback();
    other.close();
    expect(await db.read("SELECT a FROM t")).toEqual([]);
  });

  it("R25: the WAL is cut back once a long reader of another process has gone", async () => {
    const path = join(folder(), "rondo.db");
    const db = await opened(`file:${path}`);
    await db.write([{ sql: "CREATE TABLE t (a BLOB)" }]);
    const fill = () => db.write([{ sql: "INSERT INTO t VALUES (zeroblob(4000000))" }]);
    const other = createClient({ url: `file:${path}` });
    const reader = await other.transaction("read");
    await reader.execute("SELECT count(*) FROM t");
    for (let i = 0; i < 25; i++) await fill();
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(90_000_000);
    await reader.rollback();
    other.close();
    for (let i = 0; i < 3; i++) await fill();
    expect(statSync(`${path}-wal`).size).toBeLessThanOrEqual(67_108_864);
  });

  it("refuses writes when opened for reading", async () => {
    const url = `file:${join(folder(), "rondo.db")}`;
    await (await opened(url)).write([{ sql: "CREATE TABLE t (a)" }]);
    const reader = await opened(url, { readOnly: true });
    await expect(reader.write([{ sql: "INSERT INTO t VALUES (1)" }])).rejects.toThrow(/readonly/i);
    expect(await reader.read("SELECT a FROM t")).toEqual([]);
  });

  it("says which file is not a database", async () => {
    const path = join(folder(), "letter.db");
    writeFileSync(path, "Dear Sir or Madam, ".repeat(500));
    await expect(openDatabase(`file:${path}`)).rejects.toThrow(
      /Cannot use the database .*letter\.db: .*not a database/,
    );
  });
});
