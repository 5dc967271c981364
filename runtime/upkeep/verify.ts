import type { Database } from "../db/client.ts";
import { CheckLog, type CheckResult, type VerifyReport } from "./report.ts";
import { verifyAudit } from "./verify-audit.ts";
import { verifyCases } from "./verify-cases.ts";
import { verifyReferences } from "./verify-references.ts";

/** How a verification is asked for. */
export interface VerifyOptions {
  /** The wall clock. */
  now: () => number;
  /** Told how many of how many cases are done. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Verifies a whole database and changes nothing: the file's own structure, each case's chain and replay, the audit log with
 * its anchors, every link between tables. A check that cannot even read its rows is a finding, and the next one goes on.
 * Reads slice by slice: it may run beside a server that writes, on a connection of its own.
 */
export async function verify(db: Database, options: VerifyOptions): Promise<VerifyReport> {
  const begun = performance.now();
  const checks: CheckResult[] = [await structure(db)];
  const attempt = async <T>(name: string, title: string, run: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await run();
    } catch (cause) {
      const log = new CheckLog(name, title);
      log.found(title, `it could not be read: ${cause instanceof Error ? cause.message : String(cause)}`);
      checks.push(log.result());
      return undefined;
    }
  };
  const [counted] = (await attempt("schema", "the schema", () =>
    db.read<{ schema: number; cases: number }>(
      "SELECT (SELECT max(number) FROM migrations) AS schema, (SELECT count(*) FROM cases) AS cases",
    ),
  )) ?? [undefined];
  const beforeCases = performance.now();
  const cases = await attempt("cases", "the cases", () =>
    verifyCases(db, (done) => options.onProgress?.(done, Math.max(done, counted?.cases ?? 0))),
  );
  const caseSeconds = (performance.now() - beforeCases) / 1000;
  const audit = await attempt("audit", "the audit log", () => verifyAudit(db));
  const references = await attempt("references", "links between tables", () => verifyReferences(db));
  checks.push(...(cases?.checks ?? []), ...(audit?.checks ?? []), ...(references ?? []));
  return {
    ok: checks.every(({ found }) => found === 0),
    at: options.now(),
    database: db.url,
    schema: counted?.schema ?? 0,
    cases: cases?.cases ?? 0,
    journalEntries: cases?.entries ?? 0,
    auditEntries: audit?.entries ?? 0,
    entriesPerSecond: Math.round((cases?.entries ?? 0) / Math.max(caseSeconds, 0.001)),
    seconds: Math.round((performance.now() - begun) / 10) / 100,
    checks,
  };
}

/** SQLite's own look at every page and index. */
async function structure(db: Database): Promise<CheckResult> {
  const log = new CheckLog("structure", "pages and indexes of the file");
  try {
    const [pages] = await db.read<{ page_count: number }>("PRAGMA page_count");
    log.looked = pages?.page_count ?? 0;
    for (const row of await db.read<Record<string, string>>("PRAGMA integrity_check(50)")) {
      const said = String(Object.values(row)[0]);
      if (said !== "ok") log.found("the database file", said);
    }
  } catch (cause) {
    log.found("the database file", cause instanceof Error ? cause.message : String(cause));
  }
  return log.result();
}
