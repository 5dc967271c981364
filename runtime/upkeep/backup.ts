import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { databasePath } from "../config.ts";
import { openDatabase } from "../db/open.ts";
import { fileHash, onDisk, putInPlace } from "./durable-file.ts";
import type { VerifyReport } from "./report.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { verifyFile } from "./verify-file.ts";

/** What stands beside a backup, as `<backup>.json`. */
export interface BackupNote {
  format: "rondo-backup";
  madeAt: number;
  bytes: number;
  /** SHA-256 of the backup's file. */
  sha256: string;
  copySeconds: number;
  report: VerifyReport;
}

export interface BackupOptions {
  /** The wall clock. */
  now: () => number;
  onProgress?: (done: number, total: number) => void;
}

/** The name of a backup made now: `backups/rondo-2026-03-02T08-00-00Z.db` beside the database. */
export function backupName(url: string, now: number): string {
  const stamp = new Date(now)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  return join(dirname(databasePath(url)), "backups", `rondo-${stamp}.db`);
}

/**
 * Copies a database file as of one moment (`VACUUM INTO`, a read transaction of SQLite: writers go on meanwhile), then verifies
 * the copy by replay, and only then gives it its name. Run it on its own thread or process: the copy is one long statement.
 * Throws UpkeepError where the place is taken or the copy does not verify; a copy that does not verify is kept as `….damaged`.
 */
export async function backUp(url: string, to: string, options: BackupOptions): Promise<BackupNote> {
  if (!url.startsWith("file:")) {
    throw new UpkeepError("A libSQL server is backed up by its own means. `npm run export` works on any database.");
  }
  if (!existsSync(databasePath(url)))
    throw new UpkeepError(`There is no database at ${databasePath(url)}. Say which by RONDO_DB.`);
  if (existsSync(to))
    throw new UpkeepError(`${to} exists already. Choose another name; backups are never overwritten.`);
  await mkdir(dirname(to), { recursive: true });
  const partial = `${to}.partial`;
  await rm(partial, { force: true });
  const begun = performance.now();
  await copyDatabase(url, partial);
  await onDisk(partial);
  const copySeconds = Math.round((performance.now() - begun) / 10) / 100;
  const report = await verifyFile(partial, options);
  if (!report.ok) {
    await rename(partial, `${to}.damaged`);
    const first = report.checks.flatMap(({ findings }) => findings)[0];
    throw new UpkeepError(
      `The database does not verify: ${first?.where}: ${first?.words}. The copy is kept as ${to}.damaged; run \`npm run verify\` for all of it.`,
    );
  }
  const note: BackupNote = {
    format: "rondo-backup",
    madeAt: options.now(),
    bytes: (await stat(partial)).size,
    sha256: await fileHash(partial),
    copySeconds,
    report: { ...report, database: `file:${to}` },
  };
  await writeFile(`${to}.json.partial`, `${JSON.stringify(note, null, 2)}\n`);
  await putInPlace(`${to}.json.partial`, `${to}.json`);
  await putInPlace(partial, to);
  return note;
}

/** A copy of a database as of one moment, on a connection of its own. */
export async function copyDatabase(url: string, to: string): Promise<void> {
  const db = await openDatabase(url);
  try {
    await db.read("VACUUM INTO ?", [to]);
  } finally {
    await db.close();
  }
}

/** The note beside a backup; undefined where there is none. Throws UpkeepError for one that cannot be read. */
export async function readNote(backup: string): Promise<BackupNote | undefined> {
  const path = `${backup}.json`;
  if (!existsSync(path)) return undefined;
  try {
    const note = JSON.parse(await readFile(path, "utf8")) as BackupNote;
    if (note.format === "rondo-backup") return note;
  } catch {
    // Said below, as for a note of another kind.
  }
  throw new UpkeepError(`${path} is not the note of a backup. Restore it from where it was copied, or remove it.`);
}
