import {
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../runtime/db/client.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { reportText, type VerifyReport } from "../../../runtime/upkeep/report.ts";
import { verify } from "../../../runtime/upkeep/verify.ts";
import { verifyFile } from "../../../runtime/upkeep/verify-file.ts";
import type { TestHost } from "../../support/test-runtime.ts";
import { livelyHost } from "./lively.ts";

const now = () => 1_700_000_000_000;
let world: TestHost;
let whole: string;
let folder: string;
let n = 0;
beforeAll(async () => {
  world = await livelyHost();
  folder = mkdtempSync(join(tmpdir(), "rondo-verify-"));
  whole = join(folder, "whole.db");
  await world.host.db.read("VACUUM INTO ?", [whole]);
});
afterAll(async () => {
  await world.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A copy of the whole database, changed by somebody. */
async function tampered(...sql: string[]): Promise<VerifyReport> {
  const path = join(folder, `changed-${n++}.db`);
  copyFileSync(whole, path);
  const db: Database = await openDatabase(`file:${path}`);
  await db.write([{ sql: "PRAGMA foreign_keys = OFF" }]);
  await db.write(sql.map((one) => ({ sql: one })));
  const report = await verify(db, { now });
  db.close();
  return report;
}

const findings = (report: VerifyReport) =>
  report.checks.flatMap((check) => check.findings.map((one) => `${one.where}: ${one.words}`));

describe("a verification", () => {
  it("finds a whole database whole, says how much it looked at and how fast, and changes no byte", async () => {
    const before = readFileSync(whole);
    const report = await verifyFile(whole, { now });
    expect(findings(report)).toEqual([]);
    expect(report).toMatchObject({ ok: true, cases: 6, at: now() });
    expect(report.journalEntries).toBeGreaterThan(8);
    expect(report.entriesPerSecond).toBeGreaterThan(0);
    expect(report.checks.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        "structure",
        "chain",
        "replay",
        "projection",
        "audit",
        "anchors",
        "references",
        "versions",
        "orphans",
      ]),
    );
    for (const { looked, name } of report.checks) expect(looked, name).toBeGreaterThan(0);
    expect(reportText(report)).toContain("All is whole.");
    expect(readFileSync(whole).equals(before)).toBe(true);
  });

  it("runs beside a server that writes", async () => {
    const db = await openDatabase(`file:${join(world.folder, "rondo.db")}`, { readOnly: true });
    expect(findings(await verify(db, { now }))).toEqual([]);
    db.close();
  });

  it("R43, F63: names the journal row that was edited, whichever of its columns it was", async () => {
    const columns: [string, string][] = [
      ["entry", "replace(entry, '\"at\":', '\"at\": ')"],
      ["hash", "upper(hash)"],
      ["previous", "upper(previous) || '0'"],
      ["at", "at + 1"],
      ["by", "'mallory'"],
      ["type", "'event'"],
      ["late", "1 - late"],
      ["due_at", "ifnull(due_at, 0) + 1"],
    ];
    for (const [column, value] of columns) {
      const report = await tampered(
        `UPDATE journal SET ${column} = ${value} WHERE rowid = (SELECT rowid FROM journal WHERE seq = 2 AND case_id = (SELECT id FROM cases WHERE subject = 'ana'))`,
      );
      const [row] = await world.host.db.read<{ id: string }>("SELECT id FROM cases WHERE subject = 'ana'");
      expect(report.ok, column).toBe(false);
      expect(findings(report).join("\n"), column).toContain(`journal entry 2 of case ${row!.id}`);
    }
  });

  it("F63: a chain that was cut, or a row that was taken out of it, is named", async () => {
    const cut = findings(
      await tampered("DELETE FROM journal WHERE seq = 2 AND case_id = (SELECT id FROM cases WHERE subject = 'ben')"),
    ).join("\n");
    expect(cut).toMatch(/case .*: its chain does not end where the case says/);
    expect(cut).toMatch(/journal entries .* were anchored in audit entry \d+ and \d+ are there/);
    const middle = findings(
      await tampered("DELETE FROM journal WHERE seq = 1 AND case_id = (SELECT id FROM cases WHERE subject = 'ben')"),
    );
    expect(middle.join("\n")).toMatch(/journal entry 2 of case .*: the entry before it is missing/);
  });

  it("F63, DG8: an audit entry that was edited or removed is named, and a booked amount that was changed shows by its anchor", async () => {
    expect(findings(await tampered("UPDATE audit SET by = 'nobody' WHERE id = 3"))).toEqual([
      "audit entry 3: its content does not give its hash: it was changed",
    ]);
    expect(findings(await tampered("DELETE FROM audit WHERE id = 3"))).toEqual([
      "audit entry 4: it does not follow the entry before it: entries are missing or were changed",
    ]);
    expect(findings(await tampered("UPDATE ledger SET amount_minor = 90000 WHERE seq = 2"))).toEqual([
      expect.stringMatching(/^ledger lines 1 to 3: they were changed after audit entry \d+ anchored them$/),
    ]);
  });

  it("finds what would be lost or told wrongly without a word: a task nobody sees, a wait for nothing, who did what, an edited threshold", async () => {
    const lines = async (sql: string) => findings(await tampered(sql)).join("\n");
    expect(await lines("DELETE FROM task_people WHERE open = 1")).toMatch(
      /its task .+ of \w+, to do is not in the table/,
    );
    expect(await lines("UPDATE task_people SET person = 'ben' WHERE open = 1")).toContain(
      "of ben, to do, the snapshot has not",
    );
    expect(await lines("UPDATE tasks SET claimed_by = 'rolf' WHERE status = 'open'")).toContain(
      'its column "claimed_by" is "rolf" and should be empty',
    );
    const ladder = "(SELECT parent_effect FROM cases WHERE parent_effect IS NOT NULL)";
    expect(await lines(`DELETE FROM outbox WHERE id IN ${ladder}`)).toBe("");
    expect(await lines("UPDATE cases SET parent_effect = id || '/other' WHERE parent_effect IS NOT NULL")).toBe("");
    const both = await tampered(
      `DELETE FROM outbox WHERE id IN ${ladder}`,
      "UPDATE cases SET parent_effect = id || '/other' WHERE parent_effect IS NOT NULL",
    );
    expect(findings(both).join("\n")).toMatch(/it waits for \S+, and nothing is there that would answer/);
    expect(await lines("UPDATE tasks SET closed_by = 'rolf' WHERE status = 'done'")).toContain(
      "was done, and the table says",
    );
    expect(await lines("UPDATE timers SET parked = 'hidden'")).toContain("no incident says why: it would never fire");
    expect(await lines("UPDATE parameter_changes SET value = '4'")).toContain("knows another value");
    expect(await lines("DELETE FROM parameter_changes")).toContain(
      "the edit of a parameter that it tells of is not there",
    );
    expect(await lines("DELETE FROM payout_runs")).toContain("its run is not there");
    expect(await lines("DELETE FROM definitions WHERE kind = 'form'")).toContain("is a version of is not there");
  });

  it("says what a changed snapshot, column, timer, task or version should be", async () => {
    const lines = async (sql: string) => findings(await tampered(sql)).join("\n");
    expect(await lines("UPDATE cases SET state = replace(state, '2026', '2025') WHERE subject = 'ana'")).toContain(
      "its journal leads to another state",
    );
    expect(await lines("UPDATE cases SET status = 'closed' WHERE subject = 'ana'")).toContain(
      'its column "status" is "closed" and should be "open"',
    );
    expect(await lines("UPDATE tasks SET due_at = due_at + 1 WHERE status = 'open'")).toMatch(
      /its column "due_at" is \d+ and should be \d+/,
    );
    expect(await lines("DELETE FROM tasks WHERE status = 'open'")).toContain("is not in the table");
    expect(
      await lines("INSERT INTO timers SELECT case_id, 'ghost', 1, 5, 5, 'a', 'b', 1, NULL FROM journal LIMIT 1"),
    ).toContain("the table has the timer ghost/1");
    expect(
      await lines(
        "UPDATE versions SET document = replace(document, 'Annual review', 'Anual review') WHERE kind = 'workflow'",
      ),
    ).toContain("version 1 of workflow annual-review: its text does not give its hash");
  });

  it("finds rows that lead nowhere", async () => {
    const ofRolf = "case_id = (SELECT id FROM cases WHERE subject = 'rolf' AND kind = 'workflow')";
    const report = await tampered(
      `DELETE FROM tasks WHERE ${ofRolf}`,
      `DELETE FROM timers WHERE ${ofRolf}`,
      "UPDATE cases SET parent = NULL",
      "DELETE FROM units WHERE id = 'team-1'",
    );
    const lines = findings(report).join("\n");
    expect(lines).toMatch(/task_people .*: its task is not there/);
    expect(lines).toContain("assignments ana: it names a unit that is not there");
    expect(lines).toContain("1 open cases: nothing and nobody can move them on");
  });
});

describe("R23: damage to the file itself", () => {
  it("a truncated file is refused at opening, and a flipped bit in any journal entry is found", async () => {
    const size = statSync(whole).size;
    const short = join(folder, "short.db");
    copyFileSync(whole, short);
    truncateSync(short, Math.floor(size / 2 / 4096) * 4096);
    await expect(verifyFile(short, { now })).rejects.toThrow(/malformed/);
    // Every content of a journal row is under a hash: a flipped bit in the middle of one is found, wherever its page lies.
    const bytes = readFileSync(whole);
    const entries = await world.host.db.read<{ entry: string }>("SELECT entry FROM journal");
    // The last one: what lies before it in the file may be what SQLite left in the unused part of a page.
    const places = entries.map(({ entry }) => bytes.lastIndexOf(entry.slice(0, 100))).filter((place) => place > 0);
    expect(places.length).toBeGreaterThan(8);
    for (const place of places) {
      const path = join(folder, "flipped.db");
      writeFileSync(path, bytes);
      const handle = openSync(path, "r+");
      writeSync(handle, Buffer.from([bytes[place + 3]! ^ 1]), 0, 1, place + 3);
      expect((await verifyFile(path, { now })).ok, `byte ${place}`).toBe(false);
    }
  });

  it("a torn last frame of the log is dropped, and everything acknowledged before it is there and whole", async () => {
    const path = join(folder, "torn.db");
    const live = join(world.folder, "rondo.db");
    const { host } = world;
    await host.db.read("PRAGMA wal_checkpoint(TRUNCATE)");
    await host.db.write([{ sql: "INSERT INTO queues (id, title) VALUES ('q1', 'acknowledged')" }]);
    const acknowledged = statSync(`${live}-wal`).size;
    await host.db.write([{ sql: "INSERT INTO queues (id, title) VALUES ('q2', 'torn')" }]);
    copyFileSync(live, path);
    copyFileSync(`${live}-wal`, `${path}-wal`);
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(acknowledged);
    truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 100);
    const db = await openDatabase(`file:${path}`);
    expect(await db.read("SELECT id FROM queues WHERE id IN ('q1', 'q2')")).toEqual([{ id: "q1" }]);
    expect(findings(await verify(db, { now }))).toEqual([]);
    db.close();
  });
});
