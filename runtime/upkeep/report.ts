/** One thing that a check found wrong: where, and what it means. */
export interface Finding {
  /** The very row: `journal entry 4 of case 0198…`, `audit entry 12`. */
  where: string;
  words: string;
}

/** What one check looked at and found. */
export interface CheckResult {
  name: string;
  title: string;
  /** Rows, cases or links looked at. */
  looked: number;
  /** What is wrong, at most `MOST_SHOWN`. */
  findings: Finding[];
  /** How many findings there are in all. */
  found: number;
  ms: number;
}

/** The answer of a verification: what was looked at, what is wrong, how fast it went. */
export interface VerifyReport {
  ok: boolean;
  /** When it ended, UTC epoch milliseconds of the wall clock. */
  at: number;
  database: string;
  /** Number of the newest migration in the database. */
  schema: number;
  cases: number;
  journalEntries: number;
  auditEntries: number;
  /** Journal entries hashed and replayed a second. */
  entriesPerSecond: number;
  seconds: number;
  checks: CheckResult[];
}

/** Findings that a check keeps; the others are only counted. */
export const MOST_SHOWN = 50;

/** Collects what one check finds. */
export class CheckLog {
  readonly name: string;
  readonly title: string;
  readonly #begun = performance.now();
  readonly #findings: Finding[] = [];
  #found = 0;
  looked = 0;

  constructor(name: string, title: string) {
    this.name = name;
    this.title = title;
  }

  found(where: string, words: string): void {
    this.#found += 1;
    if (this.#findings.length < MOST_SHOWN) this.#findings.push({ where, words });
  }

  result(): CheckResult {
    return {
      name: this.name,
      title: this.title,
      looked: this.looked,
      findings: this.#findings,
      found: this.#found,
      ms: Math.round(performance.now() - this.#begun),
    };
  }
}

/** The report for people: a line per check, then what is wrong, each with its place. */
export function reportText(report: VerifyReport): string {
  const number = (n: number) => n.toLocaleString("en");
  const lines = [
    `Verified ${report.database} (schema ${report.schema}) in ${report.seconds} s: ${number(report.cases)} cases, ` +
      `${number(report.journalEntries)} journal entries (${number(report.entriesPerSecond)} a second), ${number(report.auditEntries)} audit entries.`,
    ...report.checks.map(
      (check) =>
        `${check.found === 0 ? "ok   " : "WRONG"}  ${check.title}: ${number(check.looked)} looked at` +
        (check.found === 0 ? "" : `, ${number(check.found)} wrong`),
    ),
  ];
  for (const check of report.checks) {
    for (const { where, words } of check.findings) lines.push(`  ${where}: ${words}`);
    if (check.found > check.findings.length) {
      lines.push(`  … and ${number(check.found - check.findings.length)} more of "${check.title}"`);
    }
  }
  lines.push(
    report.ok ? "All is whole." : "Something is wrong: see above. Restore a backup that verifies, or ask for help.",
  );
  return lines.join("\n");
}

/** A verification as one sentence. */
export function verifiedWords(report: VerifyReport): string {
  const wrong = report.checks.reduce((sum, { found }) => sum + found, 0);
  const looked = `${report.cases.toLocaleString("en")} cases and ${report.journalEntries.toLocaleString("en")} journal entries`;
  return wrong === 0 ? `${looked} are whole` : `${wrong.toLocaleString("en")} things are wrong among ${looked}`;
}
