import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { databasePath } from "../config.ts";
import type { Database, OpenOptions } from "./client.ts";
import { fileDatabase } from "./file-database.ts";
import { serverDatabase } from "./server-database.ts";
import { withWriterThread } from "./writer.ts";

/**
 * Opens a database: `file:path` (created with its folder, WAL, synchronous=FULL) or the URL of a libSQL server. Throws an
 * Error that names the place where it cannot be used.
 */
export async function openDatabase(url: string, options: OpenOptions = {}): Promise<Database> {
  const name = withoutSecrets(url);
  const path = url.startsWith("file:") ? databasePath(url) : null;
  if (path !== null && path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  try {
    const db =
      path === null
        ? serverDatabase(url, name, options)
        : options.writerThread
          ? await withWriterThread(name, path, options)
          : fileDatabase(name, path, options);
    await db.read("SELECT 1");
    return db;
  } catch (cause) {
    throw new Error(`Cannot use the database ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

const withoutSecrets = (url: string): string => url.split("?")[0] ?? url;
