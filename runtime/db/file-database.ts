import { setTimeout as sleep } from "node:timers/promises";
import { type Database, DatabaseBusyError, DatabaseError, type OpenOptions } from "./client.ts";
import { Connection } from "./connection.ts";

/** How long SQLite itself may wait for another process, which blocks the thread; the rest of our patience is slept. */
const WAIT_MS = 200;

/**
 * A database file by one connection of this thread. Where another process writes, an operation is tried again, without
 * blocking in between, until our patience ends. Throws DatabaseError and DatabaseBusyError.
 */
export function fileDatabase(
  url: string,
  path: string,
  { readOnly = false, patienceMs = 10_000, logPages }: OpenOptions & { logPages?: number },
): Database {
  const open = () => new Connection(path, { readOnly, waitMs: WAIT_MS, logPages });
  let connection = open();

  async function patiently<T>(operation: (connection: Connection) => T): Promise<T> {
    const start = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        return operation(connection);
      } catch (cause) {
        const busy = cause instanceof DatabaseError && cause.busy;
        mend(busy);
        if (!busy) throw cause;
        const waited = Math.round(performance.now() - start);
        if (waited >= patienceMs) throw new DatabaseBusyError(waited, cause);
        await sleep(Math.min(100, 2 ** attempt));
      }
    }
  }

  /** After a failure nobody knows what the connection was told: it is set up again. */
  function mend(busy: boolean): void {
    // A BEGIN that met a lock stays unfinished on its connection, and every later COMMIT there fails with "SQL statements
    // in progress" until the garbage collector finds it. A new connection costs less than a millisecond.
    if (busy || connection.stuck) {
      connection.close();
      connection = open();
    } else connection.setUp();
  }

  return {
    url,
    read: async <Row>(sql: string, args?: Parameters<Database["read"]>[1]) =>
      (await patiently((c) => c.all(sql, args))) as Row[],
    readMany: async <Row>(statements: Parameters<Database["readMany"]>[0]) =>
      (await patiently((c) => c.allOfOneMoment(statements))) as Row[][],
    write: async (statements) => (statements.length === 0 ? [] : patiently((c) => c.write(statements))),
    close: async () => connection.close(),
  };
}
