import { realpathSync } from "node:fs";
import { createClient } from "@libsql/client";
import { databasePath } from "../config.ts";
import { type Database, DatabaseError, type Statement } from "../db/client.ts";

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
  /** Lets go. `close` closes the database: before a file's lock is dropped, and after a lease, which is a row of it, is given back. */
  release(close?: () => Promise<void>): Promise<void>;
}

/**
 * Takes the lock of a file database: an exclusive lock on a little database beside it. The operating system drops it with the
 * process, so a kill leaves nothing to clean up and no process id can be mistaken for another's.
 */
export async function lockFile(url: string): Promise<Lock> {
  const path = databasePath(url);
  const client = createClient({ url: `file:${realPath(path)}.lock`, timeout: 0, concurrency: 1 });
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
    release: async (close) => {
      await close?.();
      // Closing waits for the garbage collector to drop statements; going back to normal locking and reading lets go now.
      await client.execute("PRAGMA locking_mode = NORMAL");
      await client.execute("SELECT pid FROM held");
      client.close();
    },
  };
}

/** The file itself, whichever link to it is named: two servers on one file by two names meet at one lock. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return path;
    throw cause;
  }
}

/** How long a lease on a database server lasts without being renewed. */
const LEASE_MS = 30_000;

/** A lock with what it allows: the database as its holder writes to it. */
export interface Lease extends Lock {
  db: Database;
}

/**
 * Takes the lease of a database on a libSQL server: a row that is renewed every ten seconds. A server that died is followed
 * by another after half a minute. Whoever was asleep, or cut off, for longer than that wakes up with its lease lost: every
 * batch that it writes to `db` asks first whether the lease is still its own, in the same transaction, and is refused as a
 * whole where it is not. `onLost` is then told, once.
 */
export async function leaseDatabase(
  db: Database,
  owner: string,
  wallNow: () => number,
  onLost: () => void,
): Promise<Lease> {
  let told = false;
  const lost = () => {
    if (!told) onLost();
    told = true;
  };
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
        if (!held) lost();
      },
      // A moment without the server: the lease still holds for a while, and the next renewal tries again.
      () => undefined,
    );
  }, LEASE_MS / 3);
  renewal.unref();
  return {
    db: fenced(db, owner, lost),
    release: async (close) => {
      clearInterval(renewal);
      try {
        await db.write([{ sql: "DELETE FROM server_lease WHERE owner = ?", args: [owner] }]);
      } finally {
        await close?.();
      }
    },
  };
}

/** A database that is written only while its lease is `owner`'s: the first statement of each batch fails where it is not. */
function fenced(db: Database, owner: string, lost: () => void): Database {
  const guard: Statement = {
    sql: `INSERT INTO server_lease (id, owner, until) SELECT 2, NULL, 0
          WHERE NOT EXISTS (SELECT 1 FROM server_lease WHERE id = 1 AND owner = ?)`,
    args: [owner],
  };
  return {
    ...db,
    write: async (statements) => {
      if (statements.length === 0) return [];
      try {
        return (await db.write([guard, ...statements])).slice(1);
      } catch (cause) {
        if (!/server_lease\.owner/.test(String(cause))) throw cause;
        lost();
        throw new DatabaseError("SQLITE_READONLY", "another Rondo server has taken this database over", cause);
      }
    },
  };
}
