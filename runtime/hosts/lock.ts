import { createClient } from "@libsql/client";
import { databasePath } from "../config.ts";
import type { Database } from "../db/client.ts";

/** Another server uses the database; nothing was changed. */
export class DatabaseInUseError extends Error {
  constructor(what: string, since: string) {
    super(
      `${what} is in use by another Rondo server${since}. Stop that one first, or give this one another database (RONDO_DB).`,
    );
    this.name = "DatabaseInUseError";
  }
}

/** The place of the database cannot be written; nothing was changed. */
export class NotWritableError extends Error {
  constructor(path: string, cause: unknown) {
    const why = /SQLITE_FULL|disk is full/.test(String(cause)) ? "the disk is full" : "it is read-only, or not ours";
    super(`${path} cannot be written: ${why}. Make its folder writable, or choose another place (RONDO_DB).`, {
      cause,
    });
    this.name = "NotWritableError";
  }
}

/** Holds a database for one server until it is released or the process ends, however it ends. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a file database: an exclusive lock on a little database beside it. The operating system drops it with the
 * process, so a kill leaves nothing to clean up and no process id can be mistaken for another's.
 */
export async function lockFile(url: string): Promise<Lock> {
  const path = databasePath(url);
  const client = createClient({ url: `file:${path}.lock`, timeout: 0, concurrency: 1 });
  try {
    await client.execute("PRAGMA journal_mode = DELETE");
    await client.execute("PRAGMA locking_mode = EXCLUSIVE");
    await client.batch(
      [
        "CREATE TABLE IF NOT EXISTS held (pid INTEGER)",
        "DELETE FROM held",
        { sql: "INSERT INTO held (pid) VALUES (?)", args: [process.pid] },
      ],
      "write",
    );
  } catch (cause) {
    client.close();
    if (/SQLITE_BUSY|SQLITE_LOCKED|database is locked/.test(String(cause))) throw new DatabaseInUseError(path, "");
    if (/SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_FULL|readonly database|unable to open|disk is full/.test(String(cause)))
      throw new NotWritableError(path, cause);
    throw cause;
  }
  return {
    release: async () => {
      // Closing waits for the garbage collector to drop statements; going back to normal locking and reading lets go now.
      await client.execute("PRAGMA locking_mode = NORMAL");
      await client.execute("SELECT pid FROM held");
      client.close();
    },
  };
}

/** How long a lease on a database server lasts without being renewed. */
const LEASE_MS = 30_000;

/**
 * Takes the lease of a database on a libSQL server: a row that is renewed every ten seconds. A server that died is followed
 * by another after half a minute.
 */
export async function leaseDatabase(
  db: Database,
  owner: string,
  wallNow: () => number,
  onLost: () => void,
): Promise<Lock> {
  const take = async () => {
    const now = wallNow();
    const [written] = await db.write([
      {
        sql: `INSERT INTO server_lease (id, owner, until) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, until = excluded.until
              WHERE server_lease.owner = excluded.owner OR server_lease.until < ? RETURNING owner`,
        args: [owner, now + LEASE_MS, now],
      },
    ]);
    return written!.rows.length === 1;
  };
  if (!(await take())) throw new DatabaseInUseError(db.url, " (its lease has not run out)");
  const renewal = setInterval(() => {
    take().then(
      (held) => {
        if (!held) onLost();
      },
      // A moment without the server: the lease still holds for a while, and the next renewal tries again.
      () => undefined,
    );
  }, LEASE_MS / 3);
  renewal.unref();
  return {
    release: async () => {
      clearInterval(renewal);
      await db.write([{ sql: "DELETE FROM server_lease WHERE owner = ?", args: [owner] }]);
    },
  };
}
