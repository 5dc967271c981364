import { createHash, type Hash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, existsSync, type WriteStream } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Database } from "../db/client.ts";
import { migrate, newestMigration } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { recoverImports } from "../ingest/apply.ts";
import { copyDatabase } from "./backup.ts";
import { csvLine } from "./csv-line.ts";
import { onDisk } from "./durable-file.ts";
import { hashOfTables, type Manifest, type TableEntry } from "./manifest.ts";
import { type ExportedTable, exportedTables, quoted, TABULAR } from "./tables.ts";
import { UpkeepError } from "./upkeep-error.ts";

/** Rows read in one statement. */
const PAGE = 1_000;

export interface ExportOptions {
  /** The wall clock. */
  now: () => number;
  /** Who can sign in too: hashes of passwords and of API keys. */
  withAccounts: boolean;
  onProgress?: (done: number, total: number) => void;
}

/**
 * Writes everything into a folder: `tables/<name>.jsonl` (a JSON object a row), `tables/<name>.sums` (a short hash a line, so
 * that damage is found to the line), `csv/<name>.csv` of what is tabular, `manifest.json` with all hashes. It is all of one
 * moment: what is read is a copy of the database. Streamed: memory holds a page. Throws UpkeepError where the folder is there.
 */
export async function exportAll(url: string, folder: string, options: ExportOptions): Promise<Manifest> {
  if (existsSync(folder)) throw new UpkeepError(`${folder} exists already. Choose another name for the export.`);
  if (!url.startsWith("file:")) {
    throw new UpkeepError(
      "An export reads a database file. Dump the libSQL server's database into a file first and name it in RONDO_DB.",
    );
  }
  await mkdir(dirname(folder) || ".", { recursive: true });
  const work = await mkdtemp(`${folder}.partial-`);
  try {
    const copy = join(work, "copy.db");
    await copyDatabase(url, copy);
    const manifest = await exportCopy(copy, join(work, "out"), options);
    await onDisk(join(work, "out", "manifest.json"));
    await rename(join(work, "out"), folder);
    return manifest;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * What was typed into a task that is handed in stays here only for taking it back: what counts is in the journal, and what the
 * form hid from view goes nowhere. The database is the export's own copy.
 */
async function forgetSentDrafts(copy: Database): Promise<void> {
  await copy.write([{ sql: "DELETE FROM task_drafts WHERE task IN (SELECT id FROM tasks WHERE status = 'done')" }]);
}

async function exportCopy(copy: string, folder: string, options: ExportOptions): Promise<Manifest> {
  await mkdir(join(folder, "tables"), { recursive: true });
  await mkdir(join(folder, "csv"));
  const db = await openDatabase(`file:${copy}`);
  try {
    await migrate(db, options.now());
    await recoverImports(db);
    await forgetSentDrafts(db);
    const tables = await exportedTables(db, options.withAccounts);
    let total = 0;
    for (const { table } of tables)
      total += (await db.read<{ n: number }>(`SELECT count(*) AS n FROM ${quoted(table)}`))[0]!.n;
    const entries: TableEntry[] = [];
    const csv: Manifest["csv"] = [];
    let done = 0;
    for (const table of tables) {
      const written = await exportTable(db, table, folder, (rows) => {
        done += rows;
        options.onProgress?.(done, total);
      });
      entries.push(written.entry);
      if (written.csv) csv.push(written.csv);
    }
    const manifest: Manifest = {
      format: "rondo-export",
      formatVersion: 1,
      schema: newestMigration(),
      madeAt: options.now(),
      withAccounts: options.withAccounts,
      rows: total,
      tables: entries,
      csv,
      hash: hashOfTables(entries),
    };
    await writeFile(join(folder, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } finally {
    await db.close();
  }
}

async function exportTable(
  db: Database,
  table: ExportedTable,
  folder: string,
  onRows: (rows: number) => void,
): Promise<{ entry: TableEntry; csv: Manifest["csv"][number] | null }> {
  const { columns, bytes } = table;
  const file = `tables/${table.table}.jsonl`;
  const lines = new HashedFile(join(folder, file));
  const sums = new HashedFile(join(folder, `tables/${table.table}.sums`));
  const csvName = `csv/${table.table}.csv`;
  const csv = TABULAR.has(table.table) ? new HashedFile(join(folder, csvName)) : null;
  await csv?.write(csvLine(columns));
  let rows = 0;
  for await (const page of pagesOf(db, table)) {
    const text = page.map((row) => JSON.stringify(rowOf(row, columns, bytes)));
    await lines.write(text.map((line) => `${line}\n`).join(""));
    await sums.write(text.map((line) => `${lineSum(line)}\n`).join(""));
    await csv?.write(page.map((row) => csvLine(columns.map((column) => row[column] ?? null))).join(""));
    rows += page.length;
    onRows(page.length);
  }
  await sums.end();
  return {
    entry: { table: table.table, file, columns, bytes, rows, sha256: await lines.end() },
    csv: csv ? { file: csvName, rows, sha256: await csv.end() } : null,
  };
}

type Row = Record<string, unknown>;

async function* pagesOf(db: Database, { table, columns, bytes, order }: ExportedTable): AsyncGenerator<Row[]> {
  const shown = columns.map((column) =>
    bytes.includes(column) ? `hex(${quoted(column)}) AS ${quoted(column)}` : quoted(column),
  );
  const key = order.map(quoted).join(", ");
  const positions = order.map((column, i) => `${quoted(column)} AS ${quoted(`position ${i}`)}`);
  for (let after: unknown[] | null = null; ; ) {
    const where = after === null ? "" : `WHERE (${key}) > (${order.map(() => "?").join(", ")})`;
    const page: Row[] = await db.read<Row>(
      `SELECT ${[...shown, ...positions].join(", ")} FROM ${quoted(table)} ${where} ORDER BY ${key} LIMIT ${PAGE}`,
      (after ?? []) as never,
    );
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    after = order.map((_, i) => page.at(-1)![`position ${i}`]);
  }
}

function rowOf(row: Row, columns: readonly string[], bytes: readonly string[]): Row {
  return Object.fromEntries(
    columns.map((column) => [
      column,
      bytes.includes(column) && row[column] !== null ? { $hex: row[column] } : (row[column] ?? null),
    ]),
  );
}

/** What tells a changed line: the first 16 hexadecimal digits of its SHA-256. */
export const lineSum = (line: string): string => createHash("sha256").update(line).digest("hex").slice(0, 16);

/** A file written as a stream, hashed as it goes. */
class HashedFile {
  readonly #stream: WriteStream;
  readonly #hash: Hash = createHash("sha256");

  constructor(path: string) {
    this.#stream = createWriteStream(path, { flags: "wx" });
  }

  async write(text: string): Promise<void> {
    this.#hash.update(text);
    if (!this.#stream.write(text)) await once(this.#stream, "drain");
  }

  /** Closes it; answers SHA-256 (hex) of all that was written. */
  async end(): Promise<string> {
    this.#stream.end();
    await once(this.#stream, "finish");
    return this.#hash.digest("hex");
  }
}
