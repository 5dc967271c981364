import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isManual, manualClock } from "../../../runtime/clock.ts";
import { command } from "../../../runtime/commands/handle.ts";
import { SYSTEM } from "../../../runtime/commands/runtime.ts";
import { startCase } from "../../../runtime/commands/start-case.ts";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { type EmbeddedHost, openHost } from "../../../runtime/hosts/embedded.ts";
import { DatabaseInUseError, leaseDatabase, lockFile } from "../../../runtime/hosts/lock.ts";
import { createLog } from "../../../runtime/log.ts";
import { question } from "../../bench/world.ts";
import { violations } from "../../support/invariants.ts";
import { HOUR, MONDAY } from "../../support/small-world.ts";
import { testConfig, testHost } from "../../support/test-runtime.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rondo-lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const HOLDER = `
  import { lockFile } from ${JSON.stringify(join(import.meta.dirname, "../../../runtime/hosts/lock.ts"))};
  await lockFile(process.argv[1]);
  process.send("held");
  setInterval(() => {}, 1000);
`;

describe("two servers on one database", () => {
  it("are refused with words that say what to do", async () => {
    const url = `file:${join(folder, "rondo.db")}`;
    const held = await lockFile(url);
    await expect(lockFile(url)).rejects.toThrow(DatabaseInUseError);
    await expect(lockFile(url)).rejects.toThrow(/in use by another Rondo server.*RONDO_DB/);
    await held.release();
    const again = await lockFile(url);
    await again.release();
  });

  it("R09: are refused across processes, and a killed one leaves nothing behind", async () => {
    const url = `file:${join(folder, "rondo.db")}`;
    const other = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, url], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    await once(other, "message");
    await expect(lockFile(url)).rejects.toThrow(DatabaseInUseError);
    other.kill("SIGKILL");
    await once(other, "exit");
    const mine = await lockFile(url);
    await mine.release();
  });

  it("R09: on a database server hold a lease: the second is refused until the first has not renewed for half a minute", async () => {
    const db = await openDatabase(`file:${join(folder, "server.db")}`);
    await migrate(db, 1);
    let now = 1_000_000;
    const first = await leaseDatabase(
      db,
      "first",
      () => now,
      () => undefined,
    );
    await expect(
      leaseDatabase(
        db,
        "second",
        () => now,
        () => undefined,
      ),
    ).rejects.toThrow(DatabaseInUseError);
    now += 31_000;
    const second = await leaseDatabase(
      db,
      "second",
      () => now,
      () => undefined,
    );
    await second.release();
    await first.release();
    await db.close();
  });

  it("R09, R10: a writer that slept past its lease and wakes up writes nothing any more, and is told once; its successor goes on", async () => {
    const db = await openDatabase(`file:${join(folder, "server.db")}`);
    await migrate(db, 1);
    let now = 1_000_000;
    let lost = 0;
    const clock = () => now;
    const first = await leaseDatabase(db, "first", clock, () => {
      lost += 1;
    });
    const note = (at: number) => ({
      sql: "INSERT INTO manual_clock (id, now) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET now = excluded.now RETURNING now",
      args: [at],
    });
    const noted = async () => (await db.read<{ now: number }>("SELECT now FROM manual_clock"))[0]?.now;
    expect(await first.db.write([note(1), note(2)])).toMatchObject([{ rows: [{ now: 1 }] }, { rows: [{ now: 2 }] }]);
    // Nobody has taken it yet: late, and still its own.
    now += 31_000;
    await first.db.write([note(3)]);
    const second = await leaseDatabase(db, "second", clock, () => undefined);
    for (let n = 0; n < 3; n++) {
      await expect(first.db.write([note(4)])).rejects.toThrow(/SQLITE_READONLY: another Rondo server/);
    }
    expect([await noted(), lost]).toEqual([3, 1]);
    await second.db.write([note(5)]);
    // What a stopped server takes back is its own lease only.
    await first.release();
    await second.db.write([note(6)]);
    expect(await noted()).toBe(6);
    await second.release();
    await db.close();
  });

  it("R09: by another name for the file are refused as well", async () => {
    const path = join(folder, "rondo.db");
    await writeFile(path, "");
    await symlink(path, join(folder, "alias.db"));
    const held = await lockFile(`file:${path}`);
    await expect(lockFile(`file:${join(folder, "alias.db")}`)).rejects.toThrow(DatabaseInUseError);
    await held.release();
  });

  it("R09: where somebody takes the lock away, each timer fires once all the same, and each command is applied once", async () => {
    const world = await testHost({ documents: [question], start: false });
    const { host, folder: shared } = world;
    const cases: string[] = [];
    for (let n = 0; n < 60; n++) {
      const input = { workflow: "question", subject: { kind: "person" as const, id: "ana" }, period: String(2000 + n) };
      cases.push((await startCase(host, SYSTEM, input)).caseId);
    }
    await rm(join(shared, "rondo.db.lock"));
    const clock = manualClock(MONDAY);
    const other = await openHost(testConfig(shared), { clock, log: createLog("silent") });
    await other.catalogue.refresh();
    await other.parameters.refresh();
    try {
      // Both hand the same tasks over at once, then both find the same deadlines due.
      const hand = (to: EmbeddedHost, person: string) =>
        cases.map((id) =>
          command(to, SYSTEM, id, {
            command: { type: "transfer", task: `${id}/1/1`, to: person, reason: `to ${person}` },
          }),
        );
      const answers = await Promise.allSettled([...hand(host, "ben"), ...hand(other, "mia")]);
      const accepted = answers.filter(({ status }) => status === "fulfilled").length;
      for (const one of [host.clock, clock]) if (isManual(one)) one.moveTo(MONDAY + 3 * HOUR);
      await Promise.all([host.worker.settle(), other.worker.settle()]);
      const rows = await host.db.read<{ type: string; n: number; cases: number }>(
        "SELECT type, count(*) AS n, count(DISTINCT case_id) AS cases FROM journal GROUP BY type ORDER BY type",
      );
      expect(rows).toEqual([
        { type: "start", n: 60, cases: 60 },
        { type: "timer", n: 60, cases: 60 },
        { type: "transfer", n: accepted, cases: 60 },
      ]);
      expect(accepted).toBeGreaterThanOrEqual(60);
      expect(await violations(other)).toEqual([]);
    } finally {
      await other.stop();
      await world.end();
    }
  });
});
