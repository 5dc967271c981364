import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { MigrationError, migrate, readMigrations } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";

const folders: string[] = [];
function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "rondo-migrate-"));
  folders.push(path);
  return path;
}
afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A folder of migrations, each a table with its own number. */
function migrationsOf(count: number): string {
  const path = folder();
  for (let n = 1; n <= count; n++) {
    const name = String(n).padStart(4, "0");
    writeFileSync(
      join(path, `${name}-table-${n}.sql`),
      `--! adds a table\nCREATE TABLE t${n} (a TEXT); -- as we go\nINSERT INTO t${n} VALUES ('x;y');\n`.replace(
        " -- as we go",
        "",
      ),
    );
  }
  return path;
}

describe("migrations", () => {
  it("apply our own schema to an empty database, once", async () => {
    const db = await openDatabase(`file:${join(folder(), "rondo.db")}`);
    const first = await migrate(db, 1_000);
    expect(first.applied.slice(0, 2)).toEqual(["0001-organisation", "0002-observations-and-records"]);
    expect((await migrate(db, 2_000)).applied).toEqual([]);
    const [row] = await db.read("SELECT applied_at FROM migrations WHERE number = 1");
    expect(row).toEqual({ applied_at: 1_000 });
    db.close();
  });

  it("leave nothing of a migration that fails half-way", async () => {
    const path = migrationsOf(1);
    writeFileSync(join(path, "0002-broken.sql"), "CREATE TABLE fine (a);\nINSERT INTO nowhere VALUES (1);\n");
    const db = await openDatabase(`file:${join(folder(), "rondo.db")}`);
    await expect(migrate(db, 1, path)).rejects.toThrow(/nowhere/);
    expect(await db.read("SELECT name FROM sqlite_master WHERE name IN ('t1', 'fine')")).toEqual([{ name: "t1" }]);
    db.close();
  });

  it("R34: a database of a newer version is refused with what to do, and stays as it was", async () => {
    const url = `file:${join(folder(), "rondo.db")}`;
    const db = await openDatabase(url);
    await migrate(db, 1, migrationsOf(3));
    await expect(migrate(db, 2, migrationsOf(2))).rejects.toThrow(
      /written by a newer Rondo \(it has migration 0003-table-3, this version ends at 0002-table-2\)/,
    );
    expect(await db.read("SELECT count(*) AS n FROM migrations")).toEqual([{ n: 3 }]);
    db.close();
  });

  it("refuses a migration that was edited after it was applied, and two with one number", async () => {
    const path = migrationsOf(1);
    const db = await openDatabase(`file:${join(folder(), "rondo.db")}`);
    await migrate(db, 1, path);
    writeFileSync(join(path, "0001-table-1.sql"), "CREATE TABLE t1 (b);\n");
    await expect(migrate(db, 1, path)).rejects.toThrow(/0001-table-1 was changed/);
    db.close();
    writeFileSync(join(path, "0001-again.sql"), "CREATE TABLE t2 (b);\n");
    expect(() => readMigrations(path)).toThrow(MigrationError);
  });

  it("R05: killed at any moment, the schema is before or after a migration, and the next start completes it", async () => {
    const path = migrationsOf(60);
    const script = join(folder(), "migrate-child.mjs");
    const source = (file: string) => JSON.stringify(join(import.meta.dirname, "../../../runtime/db", file));
    writeFileSync(
      script,
      `import { openDatabase } from ${source("open.ts")};
       import { migrate } from ${source("migrate.ts")};
       const db = await openDatabase(process.argv[2]);
       process.stdout.write("go");
       await migrate(db, 1, process.argv[3]);`,
    );
    let partial = 0;
    for (let round = 0; round < 6; round++) {
      const url = `file:${join(folder(), "rondo.db")}`;
      await new Promise<void>((resolve, reject) => {
        const child = spawn(process.execPath, [script, url, path], { stdio: ["ignore", "pipe", "inherit"] });
        child.stdout.once("data", () => setTimeout(() => child.kill("SIGKILL"), 2 + round * 9));
        child.once("exit", () => resolve());
        child.once("error", reject);
      });
      const db = await openDatabase(url);
      const count = async (sql: string) => (await db.read<{ n: number }>(sql))[0]?.n ?? 0;
      const tables = await count(
        "SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name GLOB 't[0-9]*'",
      );
      const known = await count("SELECT count(*) AS n FROM sqlite_master WHERE name = 'migrations'");
      const rows = known ? await count("SELECT count(*) AS n FROM migrations") : 0;
      expect(tables).toBe(rows);
      if (rows < 60) partial++;
      for (let n = 1; n <= tables; n++) expect(await count(`SELECT count(*) AS n FROM t${n}`)).toBe(1);
      expect((await migrate(db, 2, path)).version).toBe(60);
      expect(await count("SELECT count(*) AS n FROM t60")).toBe(1);
      db.close();
    }
    expect(partial).toBeGreaterThan(0);
  });
});
