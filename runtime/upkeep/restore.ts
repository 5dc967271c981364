import { existsSync } from "node:fs";
import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { lockFile } from "../hosts/lock.ts";
import { readNote } from "./backup.ts";
import { fileHash, putInPlace } from "./durable-file.ts";
import type { VerifyReport } from "./report.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { verifyFile } from "./verify-file.ts";

export interface RestoreOptions {
  /** The wall clock. */
  now: () => number;
  /** Put it where a database is: that one is kept beside it. */
  force: boolean;
  onProgress?: (done: number, total: number) => void;
}

/** What a restore did. */
export interface Restored {
  to: string;
  /** Where the database went that was there before. */
  kept: string | null;
  report: VerifyReport;
}

/**
 * Puts a backup in the place of a database: its hash and its whole content are verified first, then it is there at once. Throws
 * UpkeepError where a database is in the way (without `force`), a server runs on it, or the backup is damaged.
 */
export async function restore(from: string, to: string, options: RestoreOptions): Promise<Restored> {
  if (!existsSync(from)) throw new UpkeepError(`There is no backup at ${from}.`);
  if (existsSync(to) && !options.force) {
    throw new UpkeepError(
      `There is a database at ${to}. Restore to another place, or say --force: the one that is there is then kept beside it.`,
    );
  }
  await mkdir(dirname(to), { recursive: true });
  const lock = await lockFile(`file:${to}`);
  try {
    const report = await verifyBackup(from, options);
    const partial = `${to}.partial`;
    await rm(partial, { force: true });
    await copyFile(from, partial);
    const kept = existsSync(to) ? await setAside(to, options.now()) : null;
    await putInPlace(partial, to);
    return { to, kept, report };
  } finally {
    await lock.release();
  }
}

async function verifyBackup(from: string, options: RestoreOptions): Promise<VerifyReport> {
  const note = await readNote(from);
  if (note && (await fileHash(from)) !== note.sha256) {
    throw new UpkeepError(`${from} is damaged: its content is not what was backed up (SHA-256). Use another backup.`);
  }
  const report = await verifyFile(from, options);
  if (report.ok) return report;
  const first = report.checks.flatMap(({ findings }) => findings)[0];
  throw new UpkeepError(`${from} does not verify: ${first?.where}: ${first?.words}. Use another backup.`);
}

/** Moves a database away. Its log goes first: a log beside a file that it does not belong to would damage that file. */
async function setAside(path: string, now: number): Promise<string> {
  const kept = `${path}.before-restore-${new Date(now).toISOString().replaceAll(":", "-")}`;
  for (const end of ["-wal", "-shm", ""]) {
    if (existsSync(path + end)) await rename(path + end, kept + end);
  }
  return kept;
}
