import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AMENDMENTS } from "./amended.ts";
import type { Database, Statement } from "./client.ts";

/** One numbered step of the schema: forward only, applied whole. */
export interface Migration {
  number: number;
  name: string;
  checksum: string;
  statements: string[];
}

/** The database cannot be used by this version of Rondo; nothing was changed. */
export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "MigrationError";
  }
}

const FOLDER = join(import.meta.dirname, "migrations");

/** What applying them did. */
export interface MigrationResult {
  applied: string[];
  /** Number of the newest migration in the database. */
  version: number;
}

/**
 * Brings the schema up to date: each migration and its row in `migrations` are one batch, so a kill leaves the database
 * before or after it, never between. A database that holds migrations unknown to this code, or changed since, is refused.
 *
 * @param upTo number of the last migration to apply, for a database that is filled as an earlier version would have been
 */
export async function migrate(
  db: Database,
  now: number,
  folder: string = FOLDER,
  upTo = Number.POSITIVE_INFINITY,
): Promise<MigrationResult> {
  const migrations = readMigrations(folder);
  const applied: string[] = [];
  for (;;) {
    const done = await appliedMigrations(db);
    const amended = amend(migrations, done);
    if (amended.length > 0) {
      await db.write(amended);
      continue;
    }
    refuseStrangers(migrations, done);
    const next = migrations.find((migration) => migration.number <= upTo && !done.has(migration.number));
    if (!next) return { applied, version: Math.max(0, ...done.keys()) };
    try {
      await db.write([...next.statements.map((sql) => ({ sql })), remember(next, now)]);
      applied.push(next.name);
    } catch (cause) {
      // Another process may have been first: then the row is there and the loop goes on.
      if ((await appliedMigrations(db)).has(next.number)) continue;
      throw cause;
    }
  }
}

/** Number of the newest migration that this code knows. */
export const newestMigration = (): number => readMigrations(FOLDER).at(-1)?.number ?? 0;

/** The migrations of a folder, by number. Files are named `0001-what-it-does.sql`; other files are not migrations. */
export function readMigrations(folder: string): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => /^\d{4}-[a-z0-9-]+\.sql$/.test(file))
    .map((file) => {
      const text = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n");
      return {
        number: Number(file.slice(0, 4)),
        name: file.slice(0, -".sql".length),
        checksum: createHash("sha256").update(text).digest("hex"),
        statements: statementsOf(text),
      };
    })
    .sort((a, b) => a.number - b.number);
  for (const [i, migration] of migrations.entries()) {
    if (migrations[i + 1]?.number === migration.number)
      throw new MigrationError(`Two migrations have the number ${migration.number}: rename one of them.`);
  }
  return migrations;
}

/** The statements of a file. A statement ends with a semicolon at the end of a line; `--` starts a comment line. */
function statementsOf(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("--"))
    .join("\n")
    .split(/;[ \t]*(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

async function appliedMigrations(db: Database): Promise<Map<number, { name: string; checksum: string }>> {
  const [there] = await db.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'");
  if (!there) {
    await db.write([
      {
        sql: "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL)",
      },
    ]);
  }
  const rows = await db.read<{ number: number; name: string; checksum: string }>(
    "SELECT number, name, checksum FROM migrations ORDER BY number",
  );
  return new Map(rows.map((row) => [row.number, row]));
}

/** What brings a database made with an earlier text of a migration to the text of now; nothing where there is none. */
function amend(migrations: Migration[], done: Map<number, { name: string; checksum: string }>): Statement[] {
  for (const { number, name, checksum } of migrations) {
    const was = done.get(number)?.checksum;
    const amendment = AMENDMENTS.find((one) => one.name === name && one.was === was && was !== checksum);
    if (!amendment) continue;
    return [
      ...amendment.statements.map((sql) => ({ sql })),
      { sql: "UPDATE migrations SET checksum = ? WHERE number = ?", args: [checksum, number] },
    ];
  }
  return [];
}

function refuseStrangers(migrations: Migration[], done: Map<number, { name: string; checksum: string }>): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const [number, row] of done) {
    const migration = known.get(number);
    if (!migration)
      throw new MigrationError(
        `The database was written by a newer Rondo (it has migration ${row.name}, this version ends at ${migrations.at(-1)?.name ?? "none"}). Start the newer version, or restore a backup made before the upgrade. Nothing was changed.`,
      );
    if (migration.checksum !== row.checksum)
      throw new MigrationError(
        `Migration ${row.name} was changed after it was applied to this database. Restore the file, and put the change in a new migration. Nothing was changed.`,
      );
  }
}

const remember = (migration: Migration, now: number): Statement => ({
  sql: "INSERT INTO migrations (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)",
  args: [migration.number, migration.name, migration.checksum, now],
});
