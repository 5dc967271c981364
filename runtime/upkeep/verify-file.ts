import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { migrate, newestMigration } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import type { VerifyReport } from "./report.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { type VerifyOptions, verify } from "./verify.ts";

/**
 * Verifies a database that nobody uses, such as a backup, and leaves its file as it is. One of an earlier schema is verified on
 * a copy that was brought up to date, which proves at once that it can be. Throws UpkeepError for one of a newer Rondo.
 */
export async function verifyFile(path: string, options: VerifyOptions): Promise<VerifyReport> {
  if (!existsSync(path)) throw new UpkeepError(`There is no database at ${path}.`);
  const schema = await schemaOf(path);
  const newest = newestMigration();
  if (schema === null || schema === newest) return verifyAt(path, options);
  if (schema > newest) {
    throw new UpkeepError(
      `${path} was written by a newer Rondo (schema ${schema}; this one knows ${newest}). Use that version. Nothing was changed.`,
    );
  }
  const folder = await mkdtemp(join(dirname(path), ".verify-"));
  try {
    const copy = join(folder, "copy.db");
    await copyFile(path, copy);
    const db = await openDatabase(`file:${copy}`);
    try {
      await migrate(db, options.now());
      const report = await verify(db, options);
      return { ...report, database: `file:${path}`, schema };
    } finally {
      await db.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function verifyAt(path: string, options: VerifyOptions): Promise<VerifyReport> {
  const db = await openDatabase(`file:${path}`, { readOnly: true });
  try {
    return await verify(db, options);
  } finally {
    await db.close();
  }
}

/** The newest migration of a database file; null where it cannot even be read, which a verification then says. */
async function schemaOf(path: string): Promise<number | null> {
  let db: Awaited<ReturnType<typeof openDatabase>>;
  try {
    db = await openDatabase(`file:${path}`, { readOnly: true });
  } catch (cause) {
    throw new UpkeepError(cause instanceof Error ? cause.message : String(cause));
  }
  try {
    const [row] = await db.read<{ n: number | null }>("SELECT max(number) AS n FROM migrations");
    return row?.n ?? null;
  } catch {
    return null;
  } finally {
    await db.close();
  }
}
