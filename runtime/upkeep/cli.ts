import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { wallNow } from "../clock.ts";
import { ConfigError, databasePath, databaseUrl } from "../config.ts";
import { MigrationError } from "../db/migrate.ts";
import { openDatabase } from "../db/open.ts";
import { DatabaseInUseError, NotWritableError } from "../hosts/lock.ts";
import { backUp, backupName } from "./backup.ts";
import { exportAll } from "./export.ts";
import { importAll } from "./import.ts";
import { note } from "./note.ts";
import { reportText, type VerifyReport, verifiedWords } from "./report.ts";
import { restore } from "./restore.ts";
import { UpkeepError } from "./upkeep-error.ts";
import { verify } from "./verify.ts";
import { verifyFile } from "./verify-file.ts";

const USAGE = `npm run backup  [-- to]              copy the database while the server runs, verified by replay
npm run restore -- from [to] [--force]  put a backup in place; verified first
npm run verify  [-- file]            chains, replay, anchors, links, orphans; --json, --report file
npm run export  [-- folder]          everything as JSON Lines and CSV with hashes; --with-accounts
npm run import  -- folder [to]       fill an empty system from an export

The database is RONDO_DB (file:data/rondo.db where it is not set).`;

/** How a command ended: 0 all is well, 1 something is wrong with the data, 2 it could not be carried out. */
type Code = 0 | 1 | 2;

const OPTIONS = {
  force: { type: "boolean" },
  json: { type: "boolean" },
  report: { type: "string" },
  "with-accounts": { type: "boolean" },
  help: { type: "boolean" },
} as const;
type Flags = { [Name in keyof typeof OPTIONS]?: (typeof OPTIONS)[Name]["type"] extends "boolean" ? boolean : string };

const say = (words: string) => process.stdout.write(`${words}\n`);

/** Progress on a terminal's one line, on stderr. */
function progress(done: number, total: number): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${done.toLocaleString("en")} of ${total.toLocaleString("en")}`.padEnd(40));
}
const options = { now: wallNow, onProgress: progress };

const COMMANDS: Record<string, (places: string[], flags: Flags) => Promise<Code>> = {
  backup: async ([to]) => {
    const url = databaseUrl(process.env);
    const path = to ?? backupName(url, wallNow());
    const made = await backUp(url, path, options);
    const { cases, journalEntries } = made.report;
    const words = `${cases.toLocaleString("en")} cases and ${journalEntries.toLocaleString("en")} journal entries, verified by replay`;
    await note(url, {
      kind: "backup",
      at: made.madeAt,
      ok: true,
      words,
      details: { path, bytes: made.bytes, sha256: made.sha256 },
    });
    say(`${path}: ${(made.bytes / 1e6).toFixed(1)} MB in ${made.copySeconds} s; ${words}.`);
    say("Keep RONDO_SECRET (or data/secret) too: sessions and the signatures of calls depend on it.");
    return 0;
  },

  restore: async ([from, to], { force = false }) => {
    if (!from) throw new UpkeepError("Say which backup: npm run restore -- data/backups/….db [to]");
    const target = to ?? databasePath(databaseUrl(process.env));
    const done = await restore(from, target, { ...options, force });
    say(reportText(done.report));
    say(`${from} is now ${done.to}.${done.kept ? ` What was there is kept as ${done.kept}.` : ""}`);
    return 0;
  },

  verify: async ([file], { json = false, report: reportTo }) => {
    const url = databaseUrl(process.env);
    const report = file ? await verifyFile(file, options) : await verifyLive(url);
    if (reportTo) await writeFile(reportTo, `${JSON.stringify(report, null, 2)}\n`);
    say(json ? JSON.stringify(report) : reportText(report));
    return report.ok ? 0 : 1;
  },

  export: async ([to], flags) => {
    const url = databaseUrl(process.env);
    const folder = to ?? `rondo-export-${new Date(wallNow()).toISOString().slice(0, 10)}`;
    const made = await exportAll(url, folder, { ...options, withAccounts: flags["with-accounts"] ?? false });
    const words = `${made.tables.length} tables, ${made.rows.toLocaleString("en")} rows`;
    await note(url, { kind: "export", at: made.madeAt, ok: true, words, details: { folder, hash: made.hash } });
    say(`${folder}: ${words}. Hash of everything: ${made.hash}`);
    return 0;
  },

  import: async ([from, to]) => {
    if (!from) throw new UpkeepError("Say which export: npm run import -- rondo-export-2026-03-02 [to]");
    const url = to ? `file:${to}` : databaseUrl(process.env);
    const done = await importAll(from, url, options);
    say(reportText(done.report));
    say(`${done.rows.toLocaleString("en")} rows are in ${url}. Hash of everything: ${done.hash}, as in the export.`);
    return 0;
  },
};

async function verifyLive(url: string): Promise<VerifyReport> {
  const token = process.env.RONDO_DB_TOKEN;
  if (url.startsWith("file:") && !existsSync(databasePath(url))) {
    throw new UpkeepError(`There is no database at ${databasePath(url)}. Say which by RONDO_DB, or name the file.`);
  }
  const db = await openDatabase(url, { readOnly: true, ...(token ? { token } : {}) });
  let report: VerifyReport;
  try {
    report = await verify(db, options);
  } finally {
    await db.close();
  }
  await note(url, {
    kind: "verify",
    at: report.at,
    ok: report.ok,
    words: verifiedWords(report),
    details: { report: { ...report } as never },
  });
  return report;
}

/** Runs one upkeep command of the command line. Answers the exit code. */
export async function runCli(argv: readonly string[]): Promise<Code> {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
    const [verb = "", ...places] = positionals;
    const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
    if (!command || values.help) {
      say(USAGE);
      return values.help ? 0 : 2;
    }
    return await command(places, values);
  } catch (cause) {
    const known = [UpkeepError, MigrationError, DatabaseInUseError, NotWritableError, ConfigError].some(
      (kind) => cause instanceof kind,
    );
    const bad = (cause as { code?: string }).code?.startsWith("ERR_PARSE_ARGS");
    const text =
      cause instanceof Error ? (known || bad ? cause.message : (cause.stack ?? cause.message)) : String(cause);
    process.stderr.write(`${text}\n`);
    return 2;
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = await runCli(process.argv.slice(2));
