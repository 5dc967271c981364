import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { databasePath } from "../config.ts";
import type { Database, Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import { migrate, newestMigration } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { lockFile } from "../hosts/lock.ts";
import { fileHash, putInPlace } from "./durable-file.ts";
import { exportAll, lineSum } from "./export.ts";
import { type Manifest, readManifest, type TableEntry } from "./manifest.ts";
import type { VerifyReport } from "./report.ts";
import { exportedTables, quoted } from "./tables.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { verify } from "./verify.ts";

/** Rows written in one batch. */
const BATCH = 500;

export interface ImportOptions {
  /** The wall clock. */
  now: () => number;
  onProgress?: (done: number, total: number) => void;
}

/** What an import brought in. */
export interface Imported {
  rows: number;
  /** Hash of everything as it is now in the database: that of the export. */
  hash: string;
  report: VerifyReport;
}

/**
 * Fills an empty system from an export: every file is checked first, the database is made beside its place, verified, exported
 * again to compare its hashes, and only then put there. Throws UpkeepError for a system that is not empty or in use, and for a
 * damaged file with its name and line; nothing is then changed.
 */
export async function importAll(from: string, url: string, options: ImportOptions): Promise<Imported> {
  if (!url.startsWith("file:")) {
    throw new UpkeepError("An import fills a database file. Import into a file and load that into the libSQL server.");
  }
  const manifest = await readManifest(from);
  if (manifest.schema > newestMigration()) {
    throw new UpkeepError(
      `The export was made by a newer Rondo (schema ${manifest.schema}; this one knows ${newestMigration()}). Use that version.`,
    );
  }
  const path = databasePath(url);
  await mkdir(dirname(path), { recursive: true });
  const lock = await lockFile(url);
  const partial = `${path}.importing`;
  try {
    if (existsSync(path)) await refuseFilled(url);
    for (const entry of manifest.tables) await checkFile(from, entry);
    await removeDatabase(partial);
    const done = await fill(from, manifest, partial, options);
    await removeDatabase(path);
    await putInPlace(partial, path);
    return done;
  } finally {
    await removeDatabase(partial);
    await lock.release();
  }
}

async function fill(from: string, manifest: Manifest, path: string, options: ImportOptions): Promise<Imported> {
  const db = await openDatabase(`file:${path}`);
  let report: VerifyReport;
  try {
    await migrate(db, options.now(), undefined, manifest.schema);
    let done = 0;
    for (const entry of manifest.tables) {
      await refuseUnknown(db, entry);
      await db.write([{ sql: `DELETE FROM ${quoted(entry.table)}` }]);
      for await (const rows of batchesOf(join(from, entry.file), entry)) {
        await db.write(insert(entry, rows));
        done += rows.length;
        options.onProgress?.(done, manifest.rows);
      }
    }
    await migrate(db, options.now());
    report = await verify(db, { now: options.now });
    // All of it into the one file, so that it can be moved as one.
    await db.read("PRAGMA wal_checkpoint(TRUNCATE)");
  } finally {
    await db.close();
  }
  if (!report.ok) {
    const first = report.checks.flatMap(({ findings }) => findings)[0];
    throw new UpkeepError(
      `What the export holds does not verify: ${first?.where}: ${first?.words}. Nothing was put in place.`,
    );
  }
  return { rows: manifest.rows, hash: await compareAgain(path, manifest, options), report };
}

/** Exports what was brought in and compares: equal content has equal hashes, or nothing is put in place. */
async function compareAgain(path: string, manifest: Manifest, options: ImportOptions): Promise<string> {
  const folder = `${path}.compared`;
  await rm(folder, { recursive: true, force: true });
  try {
    const again = await exportAll(`file:${path}`, folder, { now: options.now, withAccounts: manifest.withAccounts });
    if (manifest.schema === again.schema && again.hash !== manifest.hash) {
      const table = again.tables.find((entry, i) => entry.sha256 !== manifest.tables[i]?.sha256)?.table;
      throw new UpkeepError(`What was brought in differs from the export in "${table}". Nothing was put in place.`);
    }
    return again.hash;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* batchesOf(path: string, { columns, bytes }: TableEntry): AsyncGenerator<unknown[][]> {
  let rows: unknown[][] = [];
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const row = JSON.parse(line) as Record<string, unknown>;
    rows.push(
      columns.map((column) =>
        bytes.includes(column) ? ((row[column] as { $hex: string } | null)?.$hex ?? null) : row[column],
      ),
    );
    if (rows.length === BATCH) {
      yield rows;
      rows = [];
    }
  }
  if (rows.length > 0) yield rows;
}

function insert({ table, columns, bytes }: TableEntry, rows: unknown[][]): Statement[] {
  const into = `INSERT INTO ${quoted(table)} (${columns.map(quoted).join(", ")})`;
  if (bytes.length === 0) return insertRows(into, columns.length, rows as never);
  const cells = columns.map((column, i) => (bytes.includes(column) ? `unhex(value ->> ${i})` : `value ->> ${i}`));
  return [{ sql: `${into} SELECT ${cells.join(", ")} FROM json_each(?)`, args: [JSON.stringify(rows)] }];
}

/** Whether a file is what was exported; where it is not, the line that was changed is named. */
async function checkFile(from: string, entry: TableEntry): Promise<void> {
  const path = join(from, entry.file);
  if (!existsSync(path)) throw new UpkeepError(`${entry.file} is missing from the export.`);
  if ((await fileHash(path)) === entry.sha256) return;
  const sums = await sumsOf(path.replace(/\.jsonl$/, ".sums"));
  let at = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const sum = sums[at];
    at += 1;
    if (sum !== undefined && lineSum(line) !== sum) {
      throw new UpkeepError(
        `${entry.file}, line ${at}, was changed after the export. Restore the file and import again.`,
      );
    }
  }
  const what =
    at < entry.rows
      ? `ends after line ${at}; ${entry.rows} lines were exported`
      : `goes on after line ${entry.rows}, where it ended`;
  throw new UpkeepError(`${entry.file} ${what}. Restore the file and import again.`);
}

async function sumsOf(path: string): Promise<string[]> {
  if (!existsSync(path)) return [];
  const sums: string[] = [];
  for await (const line of createInterface({ input: createReadStream(path) })) sums.push(line);
  return sums;
}

async function refuseUnknown(db: Database, { table, columns, file }: TableEntry): Promise<void> {
  const known = await db.read<{ name: string }>("SELECT name FROM pragma_table_info(?)", [table]);
  const names = new Set(known.map(({ name }) => name));
  const strange = columns.find((column) => !names.has(column));
  if (names.size === 0) throw new UpkeepError(`${file}: this Rondo has no table "${table}".`);
  if (strange !== undefined) throw new UpkeepError(`${file}: the table "${table}" has no column "${strange}".`);
}

/** Throws where a database holds anything that an import would replace. */
async function refuseFilled(url: string): Promise<void> {
  const db = await openDatabase(url);
  try {
    const tables = await exportedTables(db, true);
    for (const { table } of tables) {
      // The one row of the organisation's defaults is there from the start.
      if (table === "organisation" || table === "manual_clock") continue;
      const [row] = await db.read(`SELECT 1 FROM ${quoted(table)} LIMIT 1`);
      if (row) {
        throw new UpkeepError(
          `${databasePath(url)} is not empty (it has rows in "${table}"). An import fills an empty system: name another file, or move this one away. Nothing was changed.`,
        );
      }
    }
  } finally {
    await db.close();
  }
}

async function removeDatabase(path: string): Promise<void> {
  const folder = dirname(path);
  const name = path.slice(folder === "." ? 0 : folder.length + 1);
  for (const file of existsSync(folder) ? await readdir(folder) : []) {
    if (file === name || file === `${name}-wal` || file === `${name}-shm`)
      await rm(join(folder, file), { force: true });
  }
}
