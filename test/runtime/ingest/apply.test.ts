import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Database } from "../../../runtime/db/client.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { applyChecked, ImportBusyError, ImportConflictError, recoverImports } from "../../../runtime/ingest/apply.ts";
import { nothingChecked } from "../../../runtime/ingest/checked.ts";
import { applyImport, createImport, importFile, readImport } from "../../../runtime/ingest/import.ts";
import { loadOrganisation } from "../../../runtime/store/organisation-load.ts";
import { personFieldStatements } from "../../../runtime/store/people-write.ts";
import { CONTEXT, emptyDatabase, NOW } from "./support.ts";

const many = (count: number, unit: string) =>
  `id,name,unit\n${Array.from({ length: count }, (_, i) => `p${i},Person ${i},${unit}`).join("\n")}\n`;
const upload = (content: string) => ({ kind: "people" as const, fileName: "people.csv", content });
const count = async (db: Database, sql: string) => (await db.read<{ n: number }>(sql))[0]?.n;

describe("applying an import", () => {
  it("shows readers all of it or nothing, while slices are written and the event loop goes on", async () => {
    const db = await emptyDatabase();
    await importFile(db, upload(many(5_000, "Old")), CONTEXT);
    const created = await createImport(db, upload(many(6_000, "New")), CONTEXT);
    const seen = new Set<string>();
    let done = false;
    const look = async () => {
      while (!done) {
        const data = await loadOrganisation(db);
        seen.add(
          `${data.people.length} people, ${data.assignments.filter((line) => line.unit === "new").length} moved`,
        );
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const looking = look();
    const steps: [number, number][] = [];
    await applyImport(db, created.id, { skipRefused: false }, { ...CONTEXT, now: NOW + 86_400_000 }, (at, total) =>
      steps.push([at, total]),
    );
    const after = await loadOrganisation(db);
    done = true;
    await looking;
    expect(after.people).toHaveLength(6_000);
    expect([...seen].filter((view) => view !== "5000 people, 0 moved" && view !== "6000 people, 6000 moved")).toEqual(
      [],
    );
    expect(seen.has("5000 people, 0 moved")).toBe(true);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.every(([at], i) => i === 0 || at > (steps[i - 1]?.[0] ?? 0))).toBe(true);
    expect(steps.at(-1)?.[0]).toBe(steps.at(-1)?.[1]);
  });

  it("is a no-op the second time, and for the same file uploaded again", async () => {
    const db = await emptyDatabase();
    const created = await createImport(db, upload(many(10, "Sales")), CONTEXT);
    const first = await applyImport(db, created.id, { skipRefused: false }, CONTEXT);
    const rows = () =>
      db.read(
        "SELECT (SELECT count(*) FROM profiles) AS profiles, (SELECT count(*) FROM assignments) AS lines, (SELECT count(*) FROM units) AS units",
      );
    const before = await rows();
    expect(await applyImport(db, created.id, { skipRefused: false }, { ...CONTEXT, now: NOW + 1 })).toEqual(first);
    const again = await importFile(db, upload(many(10, "Sales")), { ...CONTEXT, now: NOW + 2 });
    expect(again.counts).toMatchObject({ added: 0, unchanged: 10 });
    expect(await rows()).toEqual(before);
    expect(await count(db, "SELECT count(*) AS n FROM import_content")).toBe(0);
  });

  it("takes the good rows and leaves the refused, unless the person chose all or nothing", async () => {
    const db = await emptyDatabase();
    const created = await createImport(db, upload("id,name\n1,Ada\n,Nobody\n2,Grace\n"), CONTEXT);
    await expect(applyImport(db, created.id, { skipRefused: false }, CONTEXT)).rejects.toThrow(
      /1 rows are refused, so nothing was taken/,
    );
    expect(await count(db, "SELECT count(*) AS n FROM people")).toBe(0);
    expect(await readImport(db, created.id, CONTEXT)).toMatchObject({ status: "failed" });
    const applied = await applyImport(db, created.id, { skipRefused: true }, CONTEXT);
    expect(applied).toMatchObject({ status: "applied", counts: { added: 2, refused: 1 } });
    expect(await count(db, "SELECT count(*) AS n FROM profiles")).toBe(2);
  });

  it("keeps what was known before, and when it changed", async () => {
    const db = await emptyDatabase();
    await importFile(db, upload("id,name,title\n1,Ada,Analyst\n"), CONTEXT);
    await importFile(db, upload("id,name,title\n1,Ada,Head\n"), { ...CONTEXT, now: NOW + 1_000 });
    expect((await loadOrganisation(db)).people[0]?.title).toBe("Head");
    expect((await loadOrganisation(db, { knownAt: NOW + 999 })).people[0]?.title).toBe("Analyst");
    expect((await loadOrganisation(db, { knownAt: NOW - 1 })).people).toEqual([]);
  });

  it("leaves one import at a time, and a failing one leaves nothing", async () => {
    const db = await emptyDatabase();
    await importFile(db, upload(many(10, "Sales")), CONTEXT);
    const before = await loadOrganisation(db);
    let inner: unknown;
    const failing = applyChecked(
      db,
      77,
      NOW,
      async () => {
        inner = await applyChecked(
          db,
          78,
          NOW,
          async () => nothingChecked(),
          () => [],
        ).catch((cause: unknown) => cause);
        const row = (i: number) => [
          `p${i}`,
          "X",
          null,
          "active",
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          "1",
          null,
          null,
          "{}",
          "",
        ];
        return {
          ...nothingChecked(),
          newPeople: ["fresh"],
          writes: [
            ...Array.from({ length: 3_000 }, (_, i) => ({
              table: "profiles" as const,
              keys: [[`p${i}`]],
              rows: [row(i)],
            })),
            { table: "profiles" as const, keys: [], rows: [row(0)] },
          ],
        };
      },
      () => [],
    );
    await expect(failing).rejects.toThrow(/UNIQUE/);
    expect(inner).toBeInstanceOf(ImportBusyError);
    expect(await loadOrganisation(db)).toEqual(before);
    expect(await count(db, "SELECT count(*) AS n FROM profiles")).toBe(10);
    expect(await count(db, "SELECT count(*) AS n FROM people")).toBe(10);
    expect(await count(db, "SELECT count(*) AS n FROM pending_imports")).toBe(0);
  });

  it("gives way to somebody who wrote the same row meanwhile, and takes nothing", async () => {
    const db = await emptyDatabase();
    await importFile(db, upload("id,name,title\n1,Ada,Analyst\n"), CONTEXT);
    const profile = [
      "1",
      "Ada",
      null,
      "active",
      "Head",
      null,
      null,
      null,
      null,
      null,
      null,
      "1",
      null,
      null,
      "{}",
      "1 ada head",
    ];
    const late = applyChecked(
      db,
      77,
      NOW + 5,
      async () => {
        await db.write(personFieldStatements("1", "rating", "4", NOW + 4));
        return { ...nothingChecked(), writes: [{ table: "profiles", keys: [["1"]], rows: [profile] }] };
      },
      () => [],
    );
    await expect(late).rejects.toThrow(ImportConflictError);
    expect((await loadOrganisation(db)).people[0]).toMatchObject({ title: "Analyst", fields: { rating: 4 } });
  });

  it("that could not even be taken back on a full disk keeps no other one waiting once there is room", async () => {
    const db = await emptyDatabase();
    await importFile(db, upload("id,name\n1,Ada\n"), CONTEXT);
    const write = db.write.bind(db);
    let full = false;
    db.write = (statements) => (full ? Promise.reject(new Error("SQLITE_FULL: disk is full")) : write(statements));
    const failed = importFile(db, upload(many(3_000, "New")), { ...CONTEXT, now: NOW + 1 }, () => {
      full = true;
    });
    await expect(failed).rejects.toThrow("SQLITE_FULL");
    full = false;
    expect(await count(db, "SELECT count(*) AS n FROM pending_imports")).toBe(1);
    expect((await loadOrganisation(db)).people).toHaveLength(1);
    await importFile(db, upload("id,name\n2,Ben\n"), { ...CONTEXT, now: NOW + 2 });
    expect((await loadOrganisation(db)).people.map(({ name }) => name).sort()).toEqual(["Ada", "Ben"]);
    expect(await count(db, "SELECT count(*) AS n FROM pending_imports")).toBe(0);
    expect(await count(db, "SELECT count(*) AS n FROM profiles")).toBe(2);
  });

  it("leaves nothing visible of an import that was killed, and the next start removes the rest", async () => {
    const folder = mkdtempSync(join(tmpdir(), "rondo-import-"));
    const url = `file:${join(folder, "rondo.db")}`;
    const runtime = (file: string) => JSON.stringify(join(import.meta.dirname, "../../../runtime", file));
    const setUp = await openDatabase(url);
    await migrate(setUp, NOW);
    await importFile(setUp, upload(many(3_000, "Old")), CONTEXT);
    const before = await loadOrganisation(setUp);
    setUp.close();
    const script = join(folder, "child.mjs");
    writeFileSync(
      script,
      `import { openDatabase } from ${runtime("db/open.ts")};
       import { importFile } from ${runtime("ingest/import.ts")};
       const db = await openDatabase(${JSON.stringify(url)});
       const content = "id,name,unit\\n" + Array.from({ length: 9000 }, (_, i) => "p" + i + ",Renamed " + i + ",New").join("\\n") + "\\n";
       await importFile(db, { kind: "people", fileName: "x.csv", content }, { now: ${NOW + 1}, by: null }, (done) => { if (done > 4000) process.kill(process.pid, "SIGKILL"); });`,
    );
    const signal = await new Promise((resolve) =>
      spawn(process.execPath, [script], { stdio: "inherit" }).once("exit", (_, by) => resolve(by)),
    );
    expect(signal).toBe("SIGKILL");
    const db = await openDatabase(url);
    expect(
      await count(db, "SELECT count(*) AS n FROM profiles WHERE import_no IN (SELECT no FROM pending_imports)"),
    ).toBeGreaterThan(2_000);
    expect(await loadOrganisation(db)).toEqual(before);
    expect(await recoverImports(db)).toBe(1);
    expect(await loadOrganisation(db)).toEqual(before);
    expect(await count(db, "SELECT count(*) AS n FROM profiles")).toBe(3_000);
    expect(await count(db, "SELECT count(*) AS n FROM profiles WHERE superseded_at IS NOT NULL")).toBe(0);
    expect(await count(db, "SELECT count(*) AS n FROM people")).toBe(3_000);
    expect(await db.read("SELECT status FROM imports ORDER BY no DESC LIMIT 1")).toEqual([{ status: "failed" }]);
    expect(await recoverImports(db)).toBe(0);
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
