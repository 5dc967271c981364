import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { migrate } from "../../../runtime/db/migrate.ts";
import { openDatabase } from "../../../runtime/db/open.ts";
import { DatabaseInUseError, leaseDatabase, lockFile } from "../../../runtime/hosts/lock.ts";

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
    db.close();
  });
});
