import { execFile } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manualClock } from "../../../runtime/clock.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { openHost } from "../../../runtime/hosts/embedded.ts";
import { type BackupNote, backUp } from "../../../runtime/upkeep/backup.ts";
import { restore } from "../../../runtime/upkeep/restore.ts";
import { violations } from "../../support/invariants.ts";
import { DAY, MONDAY } from "../../support/small-world.ts";
import { type TestHost, testConfig } from "../../support/test-runtime.ts";
import { livelyHost, openReview } from "./lively.ts";

const CLI = join(import.meta.dirname, "../../../runtime/upkeep/cli.ts");
const now = () => 1_700_000_000_000;
let world: TestHost;
let url: string;
let elsewhere: string;
beforeAll(async () => {
  world = await livelyHost();
  url = `file:${join(world.folder, "rondo.db")}`;
  elsewhere = mkdtempSync(join(tmpdir(), "rondo-elsewhere-"));
});
afterAll(async () => {
  await world.end();
  rmSync(elsewhere, { recursive: true, force: true });
});

/** Runs an upkeep command as an operator does; answers its exit code and what it said. */
async function cli(args: string[], db = url): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [CLI, ...args], {
      env: { ...process.env, RONDO_DB: db },
    });
    return { code: 0, out: stdout, err: stderr };
  } catch (cause) {
    const { code, stdout, stderr } = cause as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

describe("a backup", () => {
  it("R26: made by its own process while the server writes, restored on another host: all that was acknowledged before it is there, and verifies", async () => {
    const { host } = world;
    let writing = true;
    const acknowledged: string[] = [];
    const writer = (async () => {
      for (let n = 0; writing; n++) acknowledged.push((await openReview(host, "ana", String(2100 + n))).caseId);
    })();
    while (acknowledged.length < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = [...acknowledged];
    const to = join(elsewhere, "backup.db");
    const made = await cli(["backup", to]);
    const during = acknowledged.length - before.length;
    writing = false;
    await writer;
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining("verified by replay") });
    expect(during).toBeGreaterThan(10);
    const note = JSON.parse(readFileSync(`${to}.json`, "utf8")) as BackupNote;
    expect(note.report).toMatchObject({ ok: true });

    const target = join(elsewhere, "host-2", "rondo.db");
    expect(await cli(["restore", to, target])).toMatchObject({
      code: 0,
      out: expect.stringContaining("All is whole."),
    });
    const second = await openHost(testConfig(join(elsewhere, "host-2")), { clock: manualClock(MONDAY + 9 * DAY) });
    await second.start();
    const there = new Set((await second.db.read<{ id: string }>("SELECT id FROM cases")).map(({ id }) => id));
    expect(before.filter((id) => !there.has(id))).toEqual([]);
    expect(await violations(second)).toEqual([]);
    // It goes on from there.
    expect(await openReview(second, "ben", "2030")).toMatchObject({ existing: false });
    await second.stop();
    const [row] = await host.db.read("SELECT ok, words FROM upkeep WHERE kind = 'backup'");
    expect(row).toMatchObject({ ok: 1, words: expect.stringContaining("verified by replay") });
  }, 60_000);

  it("leaves nothing under its name where the database does not verify, and says what is wrong", async () => {
    const path = join(elsewhere, "bad", "rondo.db");
    mkdirSync(join(elsewhere, "bad"));
    await world.host.db.read("VACUUM INTO ?", [path]);
    const db = await openDatabase(`file:${path}`);
    await db.write([{ sql: "UPDATE journal SET at = at + 1 WHERE rowid = 3" }]);
    db.close();
    const to = join(elsewhere, "bad", "copy.db");
    await expect(backUp(`file:${path}`, to, { now })).rejects.toThrow(
      /journal entry \d+ of case .*columns beside its text/,
    );
    expect(readdirSync(join(elsewhere, "bad")).filter((name) => name.startsWith("copy"))).toEqual(["copy.db.damaged"]);
  });

  it("never overwrites another, and says what it takes", async () => {
    const to = join(elsewhere, "once.db");
    await backUp(url, to, { now });
    await expect(backUp(url, to, { now })).rejects.toThrow(/exists already/);
    await expect(backUp("https://db.example.com", to, { now })).rejects.toThrow(/by its own means/);
    await expect(backUp(`file:${join(elsewhere, "none.db")}`, to, { now })).rejects.toThrow();
    expect(await cli(["backup", to])).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^[^\n]*exists already[^\n]*\n$/),
    });
    expect((await cli(["nonsense"])).out).toContain("npm run backup");
  });
});

describe("a restore", () => {
  it("R23: refuses a damaged backup, by its hash and by its content, and leaves the place as it was", async () => {
    const from = join(elsewhere, "damaged.db");
    await backUp(url, from, { now });
    appendFileSync(from, "x");
    const target = join(elsewhere, "never.db");
    await expect(restore(from, target, { now, force: false })).rejects.toThrow(/is damaged: .*SHA-256/);
    rmSync(`${from}.json`);
    const db = await openDatabase(`file:${from}`);
    await db.write([{ sql: "UPDATE audit SET words = 'x' WHERE id = 2" }]);
    db.close();
    await expect(restore(from, target, { now, force: false })).rejects.toThrow(/does not verify: audit entry 2/);
    expect(existsSync(target)).toBe(false);
  });

  it("overwrites nothing without --force, keeps what was there with it, and is refused while a server runs", async () => {
    const from = join(elsewhere, "good.db");
    await backUp(url, from, { now });
    const target = join(elsewhere, "taken", "rondo.db");
    mkdirSync(join(elsewhere, "taken"));
    copyFileSync(from, target);
    const before = readFileSync(target);
    await expect(restore(from, target, { now, force: false })).rejects.toThrow(/There is a database at .*--force/);
    expect(readFileSync(target).equals(before)).toBe(true);
    const host = await openHost(testConfig(join(elsewhere, "taken")));
    await expect(restore(from, target, { now, force: true })).rejects.toThrow(/in use by another Rondo server/);
    await host.stop();
    const done = await restore(from, target, { now, force: true });
    expect(done.kept).not.toBeNull();
    expect(existsSync(done.kept!)).toBe(true);
    expect(done.report.ok).toBe(true);
  });
});

describe("npm run verify", () => {
  it("answers 0 and a report where all is whole, 1 where something is wrong, 2 where it cannot look; as text and as JSON", async () => {
    const good = await cli(["verify"]);
    expect(good).toMatchObject({ code: 0, out: expect.stringContaining("All is whole.") });
    const [noted] = await world.host.db.read("SELECT ok FROM upkeep WHERE kind = 'verify'");
    expect(noted).toEqual({ ok: 1 });
    const copy = join(elsewhere, "edited.db");
    await world.host.db.read("VACUUM INTO ?", [copy]);
    const db = await openDatabase(`file:${copy}`);
    await db.write([{ sql: "UPDATE journal SET entry = entry || ' ' WHERE rowid = 1" }]);
    db.close();
    const report = join(elsewhere, "report.json");
    const bad = await cli(["verify", copy, "--json", "--report", report]);
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.out)).toMatchObject({ ok: false });
    expect(JSON.parse(readFileSync(report, "utf8"))).toEqual(JSON.parse(bad.out));
    expect(await cli(["verify", join(elsewhere, "nowhere", "x.db")])).toMatchObject({ code: 2 });
  });
});
