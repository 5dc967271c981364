import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient, type InArgs, LibsqlError, type ResultSet } from "@libsql/client";

/** One SQL statement with its arguments, positional or named. */
export interface Statement {
  sql: string;
  args?: InArgs;
}

/** What one statement of a write answered: the rows of a RETURNING clause, and how many rows a plain write touched. */
export interface Written<Row = Record<string, unknown>> {
  rows: Row[];
  changes: number;
}

/**
 * The whole of what the runtime may do with its store. There is no open transaction to hold across an `await`:
 * whatever must be atomic is one `write`.
 */
export interface Database {
  /** The address, without credentials. */
  readonly url: string;
  /** Rows of one query. Integers come back as JavaScript numbers. */
  read<Row = Record<string, unknown>>(sql: string, args?: InArgs): Promise<Row[]>;
  /** Rows of several queries, all of one moment (one read transaction). */
  readMany<Row = Record<string, unknown>>(statements: readonly Statement[]): Promise<Row[][]>;
  /** All statements in one transaction, in order, or none of them. Resolves when they are on disk. */
  write(statements: readonly Statement[]): Promise<Written[]>;
  close(): void;
}

/** How a database is opened. */
export interface OpenOptions {
  /** Access token of a libSQL server. */
  token?: string;
  /** A second connection for long scans: refuses writes. */
  readOnly?: boolean;
  /** How long another writer may keep us waiting before a write is given up. */
  patienceMs?: number;
}

/** Another process has kept the database locked for longer than our patience; nothing was written. */
export class DatabaseBusyError extends Error {
  constructor(waitedMs: number, cause: unknown) {
    super(`The database was locked by another process for ${waitedMs} ms; nothing was written. Try again.`, { cause });
    this.name = "DatabaseBusyError";
  }
}

/**
 * Opens a database: `file:path` (created with its folder, WAL, synchronous=FULL) or the URL of a libSQL server.
 * A file has one connection: a PRAGMA belongs to a connection and the client opens further ones under load, each with
 * its own settings. Where that one connection may have been replaced (after any failure), it is set up again before use.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const isFile = url.startsWith("file:");
  if (isFile) makeFolderOf(url);
  let client: Client;
  try {
    client = createClient({
      url,
      ...(options.token ? { authToken: options.token } : {}),
      ...(isFile ? { timeout: 200, concurrency: 1 } : {}),
      intMode: "number",
    });
  } catch (cause) {
    throw new Error(`Cannot open the database ${withoutSecrets(url)}: ${messageOf(cause)}`, { cause });
  }
  const connection = new Connection(client, isFile, options);
  try {
    await connection.check();
  } catch (cause) {
    client.close();
    throw new Error(`Cannot use the database ${withoutSecrets(url)}: ${messageOf(cause)}`, { cause });
  }
  return {
    url: withoutSecrets(url),
    read: async <Row>(sql: string, args?: InArgs) =>
      (await connection.run((c) => c.execute({ sql, args: args ?? [] }))).rows as Row[],
    readMany: async <Row>(statements: readonly Statement[]) =>
      (await connection.run((c) => c.batch(statements.map(full), "read"))).map((result) => result.rows as Row[]),
    write: async (statements) =>
      statements.length === 0 ? [] : (await connection.run((c) => c.batch(statements.map(full), "write"))).map(written),
    close: () => client.close(),
  };
}

/** The client with its settings kept and with patience for other writers. */
class Connection {
  readonly #client: Client;
  readonly #isFile: boolean;
  readonly #options: OpenOptions;
  #ready = false;
  #last: Promise<unknown> = Promise.resolve();

  constructor(client: Client, isFile: boolean, options: OpenOptions) {
    this.#client = client;
    this.#isFile = isFile;
    this.#options = options;
  }

  /** Fails where the file is not a database or cannot be made durable. */
  async check(): Promise<void> {
    await this.run((client) => client.execute("SELECT 1"));
  }

  /** Runs one operation; waits without blocking while another process writes. Each operation is whole or not at all. */
  async run<T>(operation: (client: Client) => Promise<T>): Promise<T> {
    if (!this.#isFile) return operation(this.#client);
    const patience = this.#options.patienceMs ?? 10_000;
    const start = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#inTurn(() => this.#attempt(operation));
      } catch (cause) {
        if (!isBusy(cause)) throw cause;
        const waited = Math.round(performance.now() - start);
        if (waited >= patience) throw new DatabaseBusyError(waited, cause);
        await sleep(Math.min(100, 2 ** attempt));
      }
    }
  }

  /** One operation at a time, in the order of asking, so that a connection is never taken away from another operation. */
  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(operation, operation);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #attempt<T>(operation: (client: Client) => Promise<T>): Promise<T> {
    try {
      if (!this.#ready) await this.#setUp();
      return await operation(this.#client);
    } catch (cause) {
      this.#ready = false;
      // A BEGIN that met a lock stays unfinished on its connection, and every later COMMIT there fails with "SQL statements
      // in progress" until the garbage collector finds it. A new connection costs less than a millisecond.
      if (isBusy(cause)) await this.#client.reconnect();
      throw cause;
    }
  }

  async #setUp(): Promise<void> {
    if (!this.#options.readOnly) await this.#client.execute("PRAGMA journal_mode = WAL");
    await this.#client.execute("PRAGMA synchronous = FULL");
    await this.#client.execute("PRAGMA foreign_keys = ON");
    // A WAL that a long reader let grow is cut back at the next checkpoint.
    await this.#client.execute("PRAGMA journal_size_limit = 67108864");
    await this.#client.execute("PRAGMA cache_size = -32000");
    await this.#client.execute("PRAGMA temp_store = MEMORY");
    if (this.#options.readOnly) await this.#client.execute("PRAGMA query_only = ON");
    const [row] = (await this.#client.execute("PRAGMA synchronous")).rows;
    if (row?.synchronous !== 2) throw new Error("the database did not accept PRAGMA synchronous = FULL");
    this.#ready = true;
  }
}

const full = (statement: Statement) => ({ sql: statement.sql, args: statement.args ?? [] });

const written = (result: ResultSet): Written => ({
  rows: result.rows as unknown as Record<string, unknown>[],
  changes: result.rowsAffected,
});

/** Whether the failure only means that somebody else is writing: the whole operation may be tried again. */
function isBusy(cause: unknown): boolean {
  return cause instanceof LibsqlError && (cause.code === "SQLITE_BUSY" || cause.code === "SQLITE_LOCKED");
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}

function withoutSecrets(url: string): string {
  return url.split("?")[0] ?? url;
}

/** A relative `file:data/rondo.db` is relative to the working folder. */
function makeFolderOf(url: string): void {
  const path =
    url
      .slice("file:".length)
      .replace(/^\/\/(localhost)?/, "")
      .split("?")[0] ?? "";
  if (path === "" || path === ":memory:") return;
  mkdirSync(dirname(path), { recursive: true });
}
