import { contentHash } from "#engine/definition/hash.ts";
import type { Database } from "../db/client.ts";
import { countOrphans } from "../store/orphans.ts";
import { CheckLog, type CheckResult, MOST_SHOWN } from "./report.ts";

/** A link between tables that must lead somewhere: rows of `from` for which `broken` holds are wrong. */
interface Reference {
  from: string;
  /** SQL over the alias `t`: says which row it is. */
  row: string;
  broken: string;
  words: string;
}

const lacks = (table: string, match: string) => `NOT EXISTS (SELECT 1 FROM ${table} AS o WHERE ${match})`;
const orphanOf = (from: string, row: string, column = "case_id"): Reference => ({
  from,
  row,
  broken: `t.${column} IS NOT NULL AND ${lacks("cases", `o.id = t.${column}`)}`,
  words: "it belongs to a case that is not there",
});
const ofPerson = (from: string, column: string): Reference => ({
  from,
  row: `t.${column}`,
  broken: `t.${column} IS NOT NULL AND ${lacks("people", `o.id = t.${column}`)}`,
  words: "it names a person who is not there",
});

/** That an entry `o` of the audit log tells of the edit `t` of a parameter. */
const PARAMETER = ["kind", "id", "name", "version", "reason"]
  .map((column) => `o.details ->> '${column}' = t.${column}`)
  .concat("o.details -> 'value' = t.value", "o.details -> 'old' = t.old")
  .join(" AND ");

/** Every link that the schema itself does not keep. */
const REFERENCES: readonly Reference[] = [
  orphanOf("journal", "t.case_id || '/' || t.seq"),
  orphanOf("timers", "t.case_id || '/' || t.id"),
  orphanOf("tasks", "t.id"),
  orphanOf("inbox", "t.id"),
  orphanOf("outbox", "t.id"),
  orphanOf("incidents", "t.id"),
  orphanOf("released", "t.case_id || '/' || t.field"),
  orphanOf("cases", "t.id", "parent"),
  {
    from: "cases",
    row: "t.id",
    broken: lacks("bundles", "o.hash = t.bundle"),
    words: "the documents it is pinned to are not there",
  },
  {
    from: "bundles",
    row: "t.hash",
    broken: `EXISTS (SELECT 1 FROM json_each(t.uses) AS u WHERE ${lacks("versions", "o.kind = u.value ->> 'kind' AND o.id = u.value ->> 'id' AND o.version = u.value ->> 'version'")})`,
    words: "a version that it refers to is not there",
  },
  {
    from: "definitions",
    row: "t.kind || ' ' || t.id",
    broken: `t.live_version IS NOT NULL AND ${lacks("versions", "o.kind = t.kind AND o.id = t.id AND o.version = t.live_version")}`,
    words: "its live version is not there",
  },
  { from: "task_people", row: "t.task", broken: lacks("tasks", "o.id = t.task"), words: "its task is not there" },
  { from: "task_drafts", row: "t.task", broken: lacks("tasks", "o.id = t.task"), words: "its task is not there" },
  {
    from: "timers",
    row: "t.case_id || '/' || t.id",
    broken: "EXISTS (SELECT 1 FROM cases AS o WHERE o.id = t.case_id AND o.status IN ('closed', 'cancelled'))",
    words: "it is armed, and its case has ended",
  },
  ofPerson("profiles", "person"),
  ofPerson("assignments", "person"),
  ofPerson("assignments", "manager"),
  ofPerson("grants", "person"),
  ofPerson("absences", "person"),
  ofPerson("queue_members", "person"),
  {
    from: "assignments",
    row: "t.person",
    broken: lacks("units", "o.id = t.unit"),
    words: "it names a unit that is not there",
  },
  {
    from: "versions",
    row: "t.version || ' of ' || t.kind || ' ' || t.id",
    broken: lacks("definitions", "o.kind = t.kind AND o.id = t.id"),
    words: "the definition that it is a version of is not there",
  },
  {
    from: "timers",
    row: "t.case_id || '/' || t.id",
    broken: `t.parked IS NOT NULL AND ${lacks("incidents", "o.case_id = t.case_id")}`,
    words: "it is set aside, and no incident says why: it would never fire",
  },
  {
    from: "parameter_changes",
    row: "t.kind || ' ' || t.id || ' ' || t.name || ' version ' || t.version",
    broken: lacks("audit", `o.what = 'parameter.changed' AND o.at = t.at AND o.by IS t.by AND ${PARAMETER}`),
    words: "the audit log does not know of this edit, or knows another value: it was changed",
  },
  {
    from: "audit",
    row: "t.id",
    broken: `t.what = 'parameter.changed' AND ${lacks("parameter_changes", PARAMETER.replaceAll("o.details", "d").replaceAll("t.", "o.").replaceAll("d ->", "t.details ->"))}`,
    words: "the edit of a parameter that it tells of is not there",
  },
  {
    from: "ledger",
    row: "t.id",
    broken: lacks("payout_runs", "o.id = t.run"),
    words: "its run is not there",
  },
  {
    from: "payouts",
    row: "t.run || '/' || t.person",
    broken: lacks("payout_runs", "o.id = t.run"),
    words: "its run is not there",
  },
  {
    from: "launch_members",
    row: "t.job || '/' || t.seq",
    broken: lacks("jobs", "o.id = t.job"),
    words: "its launch is not there",
  },
  {
    from: "move_members",
    row: "t.job || '/' || t.seq",
    broken: lacks("jobs", "o.id = t.job"),
    words: "its move is not there",
  },
  {
    from: "case_members",
    row: "t.effect",
    broken: lacks("cases", "o.id = t.case_id"),
    words: "the case that it shares is not there",
  },
  {
    from: "people",
    row: "t.id",
    broken: `t.user_id IS NOT NULL AND ${lacks('"user"', "o.id = t.user_id")}`,
    words: "the account it is linked to is not there",
  },
];

/** Follows every link between tables, checks each version against its content hash, and looks for forgotten cases. */
export async function verifyReferences(db: Database): Promise<CheckResult[]> {
  return [await links(db), await versions(db), await orphans(db)];
}

async function links(db: Database): Promise<CheckResult> {
  const log = new CheckLog("references", "every row leads to what it refers to");
  for (const { from, row, broken, words } of REFERENCES) {
    const [rows, count] = await db.readMany<{ id: string | number; n: number }>([
      { sql: `SELECT ${row} AS id FROM ${from} AS t WHERE ${broken} LIMIT ${MOST_SHOWN}` },
      { sql: `SELECT count(*) AS n FROM ${from}` },
    ]);
    log.looked += count?.[0]?.n ?? 0;
    for (const { id } of rows ?? []) log.found(`${from} ${id}`, words);
  }
  return log.result();
}

async function versions(db: Database): Promise<CheckResult> {
  const log = new CheckLog("versions", "each published version has the content of its hash");
  for (let after = 0; ; ) {
    const rows = await db.read<{
      position: number;
      kind: string;
      id: string;
      version: number;
      hash: string;
      document: string;
    }>(
      "SELECT rowid AS position, kind, id, version, hash, document FROM versions WHERE rowid > ? ORDER BY rowid LIMIT 200",
      [after],
    );
    for (const { kind, id, version, hash, document } of rows) {
      log.looked += 1;
      let whole = false;
      try {
        whole = contentHash(JSON.parse(document)) === hash;
      } catch {
        // Not JSON: it was changed.
      }
      if (!whole) log.found(`version ${version} of ${kind} ${id}`, "its text does not give its hash: it was changed");
    }
    after = rows.at(-1)?.position ?? after;
    if (rows.length < 200) return log.result();
  }
}

async function orphans(db: Database): Promise<CheckResult> {
  const log = new CheckLog("orphans", "every open case has somebody or something to move it on");
  const [row] = await db.read<{ n: number }>("SELECT count(*) AS n FROM cases WHERE status = 'open'");
  log.looked = row?.n ?? 0;
  const found = await countOrphans(db);
  if (found > 0) log.found(`${found} open cases`, "nothing and nobody can move them on");
  return log.result();
}
