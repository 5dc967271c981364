import type { InArgs, InValue } from "@libsql/client";
import Libsql, { type Database as Handle, type Statement as HandleStatement } from "libsql";
import { DatabaseError, type Statement, type Written } from "./client.ts";

type Row = Record<string, unknown>;

/** A statement that SQLite has compiled, with the names of what it answers; none where it answers no rows. */
interface Prepared {
  statement: HandleStatement<unknown[]>;
  columns: string[] | null;
}

/** Statements that are kept compiled. What is asked again has one of few texts; others come once and make room again. */
const MOST_KEPT = 400;
/** A longer text is a statement made for so many rows, which seldom comes again. */
const LONGEST_KEPT = 20_000;

/** How a connection is set up. */
export interface ConnectionOptions {
  readOnly: boolean;
  /** How long SQLite itself waits for a lock, in milliseconds; it blocks the thread. */
  waitMs: number;
  /** Pages of the write-ahead log at which a commit also brings them into the file; SQLite's 1,000 where it is absent. */
  logPages?: number | undefined;
}

/**
 * One connection to a database file, used by one thread, synchronously. Statements stay compiled between calls: for a lone
 * command compiling takes longer than running. Throws DatabaseError.
 */
export class Connection {
  readonly #db: Handle;
  readonly #options: ConnectionOptions;
  readonly #kept = new Map<string, Prepared>();

  constructor(path: string, options: ConnectionOptions) {
    this.#options = options;
    this.#db = asked(() => new Libsql(path, { timeout: options.waitMs }));
    try {
      this.setUp();
    } catch (cause) {
      this.close();
      throw cause;
    }
  }

  /** Makes the connection durable (WAL, `synchronous = FULL`), whatever it was told before: a PRAGMA belongs to a connection. */
  setUp(): void {
    const { readOnly, logPages } = this.#options;
    if (!readOnly) this.all("PRAGMA journal_mode = WAL");
    this.#run("PRAGMA synchronous = FULL");
    this.#run("PRAGMA foreign_keys = ON");
    // A WAL that a long reader let grow is cut back at the next checkpoint.
    this.#run("PRAGMA journal_size_limit = 67108864");
    this.#run("PRAGMA cache_size = -32000");
    this.#run("PRAGMA temp_store = MEMORY");
    if (logPages !== undefined) this.#run(`PRAGMA wal_autocheckpoint = ${logPages}`);
    if (readOnly) this.#run("PRAGMA query_only = ON");
    if (this.all("PRAGMA synchronous")[0]?.synchronous !== 2) {
      throw new Error("the database did not accept PRAGMA synchronous = FULL");
    }
  }

  /** Rows of one query. */
  all(sql: string, args: InArgs = []): Row[] {
    return this.#once({ sql, args }).rows;
  }

  /** Rows of several queries of one moment. */
  allOfOneMoment(statements: readonly Statement[]): Row[][] {
    return this.#within("BEGIN", statements).map(({ rows }) => rows);
  }

  /** All statements in one transaction, or none. When it returns they are on disk. */
  write(statements: readonly Statement[]): Written[] {
    return this.#within("BEGIN IMMEDIATE", statements);
  }

  /** Whether a failed statement has left a transaction open that could not be ended. */
  get stuck(): boolean {
    return this.#db.open && this.#db.inTransaction;
  }

  close(): void {
    this.#kept.clear();
    if (this.#db.open) this.#db.close();
  }

  #within(begin: string, statements: readonly Statement[]): Written[] {
    this.#run(begin);
    try {
      const answers = statements.map((statement) => this.#once(statement));
      this.#run("COMMIT");
      return answers;
    } catch (cause) {
      if (this.#db.inTransaction) this.#run("ROLLBACK");
      throw cause;
    }
  }

  #run(sql: string): void {
    this.#once({ sql });
  }

  #once({ sql, args = [] }: Statement): Written {
    return asked(() => {
      const { statement, columns } = this.#prepared(sql);
      const given = bound(args);
      if (columns === null) return { rows: [], changes: statement.run(given as never).changes };
      return { rows: (statement.all(given as never) as unknown[][]).map((cells) => rowOf(columns, cells)), changes: 0 };
    });
  }

  #prepared(sql: string): Prepared {
    const known = this.#kept.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    const prepared = { statement, columns: columnsOf(statement) };
    if (CHANGES_SHAPE.test(sql)) this.#kept.clear();
    else if (sql.length <= LONGEST_KEPT) {
      if (this.#kept.size >= MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
      this.#kept.set(sql, prepared);
    }
    return prepared;
  }
}

/** What makes the columns of compiled statements others than they were. */
const CHANGES_SHAPE = /^\s*(?:CREATE|ALTER|DROP|PRAGMA|ATTACH|DETACH)\b/i;

/** The names of the columns; null for a statement that answers none. The driver says the latter by an exception. */
function columnsOf(statement: HandleStatement<unknown[]>): string[] | null {
  try {
    statement.raw(true);
  } catch {
    return null;
  }
  return statement.columns().map(({ name }) => name);
}

function rowOf(columns: readonly string[], cells: readonly unknown[]): Row {
  const row: Row = {};
  for (let i = 0; i < columns.length; i++) row[columns[i]!] = cells[i];
  return row;
}

/** Arguments as the driver takes them: names without their sign, and no values that SQLite does not know. */
function bound(args: InArgs): unknown {
  if (Array.isArray(args)) return args.map(cell);
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name.replace(/^[@$:]/, ""), cell(value)]));
}

function cell(value: InValue): unknown {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
      if (!Number.isFinite(value)) throw new RangeError("Only finite numbers can be written to the database.");
      return value;
    case "boolean":
      return value ? 1 : 0;
    case "bigint":
      return value;
    default:
      if (value === null) return null;
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      if (value instanceof ArrayBuffer) return Buffer.from(value);
      throw new TypeError(`A ${typeof value} cannot be written to the database.`);
  }
}

const CODES: Record<number, string> = {
  1: "SQLITE_ERROR",
  2: "SQLITE_INTERNAL",
  3: "SQLITE_PERM",
  4: "SQLITE_ABORT",
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  7: "SQLITE_NOMEM",
  8: "SQLITE_READONLY",
  9: "SQLITE_INTERRUPT",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  17: "SQLITE_SCHEMA",
  18: "SQLITE_TOOBIG",
  19: "SQLITE_CONSTRAINT",
  20: "SQLITE_MISMATCH",
  21: "SQLITE_MISUSE",
  26: "SQLITE_NOTADB",
};

/** Runs something of the driver's; its errors come as ours, under the primary code of what SQLite said. */
function asked<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof Libsql.SqliteError)) throw cause;
    const raw = (cause as { rawCode?: number }).rawCode;
    throw new DatabaseError(CODES[(raw ?? 1) & 0xff] ?? "SQLITE_ERROR", cause.message, cause);
  }
}
