import type { InArgs } from "@libsql/client";

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
  close(): Promise<void>;
}

/** How a database is opened. */
export interface OpenOptions {
  /** Access token of a libSQL server. */
  token?: string;
  /** A second connection for long scans: refuses writes. */
  readOnly?: boolean;
  /** How long another writer may keep us waiting before a write is given up. */
  patienceMs?: number;
  /** A file is written in a thread of its own, so that a slow disk never stops the event loop. */
  writerThread?: boolean;
}

/** SQLite refused a statement or could not do it; nothing of its batch was written. The message begins with the code. */
export class DatabaseError extends Error {
  /** SQLite's primary result code, as `SQLITE_CONSTRAINT`. */
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(`${code}: ${message}`, { cause });
    this.name = "DatabaseError";
    this.code = code;
  }

  /** Whether it only means that somebody else is writing: the whole operation may be tried again. */
  get busy(): boolean {
    return this.code === "SQLITE_BUSY" || this.code === "SQLITE_LOCKED";
  }
}

/** Another process has kept the database locked for longer than our patience; nothing was written. */
export class DatabaseBusyError extends Error {
  readonly waitedMs: number;

  constructor(waitedMs: number, cause?: unknown) {
    super(`The database was locked by another process for ${waitedMs} ms; nothing was written. Try again.`, { cause });
    this.name = "DatabaseBusyError";
    this.waitedMs = waitedMs;
  }
}
