import type { InValue } from "@libsql/client";
import type { Subject } from "#engine/contract/subject.ts";
import type { CaseBrief } from "#engine/contract/views/cases.ts";
import { activeLeaves } from "#engine/execute/snapshot.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Reader } from "../access/reader.ts";
import type { Bundle } from "../commands/bundle.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { known } from "../db/as-of.ts";
import { type CaseConditions, type CaseRow, listCaseRows } from "../store/cases-read.ts";
import { foldForSearch } from "../store/people-rows.ts";
import { readRecordSubjects } from "../store/record-subjects.ts";
import { visibleCases } from "./visible-cases.ts";

/** What a list of cases is narrowed to. */
export interface CasesQuery {
  definition?: string;
  status?: CaseBrief["status"];
  step?: string;
  subject?: string;
  unit?: string;
  period?: string;
  late?: boolean;
  q?: string;
}

/** What a case is late by: a task past its time, marked so or not yet. */
const LATE = "(c.status IN ('open', 'blocked') AND (c.overdue = 1 OR c.due_at < :now))";

/** One page of the cases that a reader may see, the newest first. */
export async function listCases(
  runtime: Runtime,
  reader: Reader,
  query: CasesQuery,
  page: { limit: number; after?: { openedAt: number; id: string } },
): Promise<{ items: CaseBrief[]; total: number; next: { openedAt: number; id: string } | null }> {
  const directory = await runtime.organisation.directory();
  const conditions = conditionsOf(reader, query, directory, today(directory, runtime.clock.now()), runtime.clock.now());
  const { rows, total } = await listCaseRows(runtime.db, conditions, { ...page, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return {
    items: await caseBriefs(runtime, shown),
    total,
    next: rows.length > page.limit && last ? { openedAt: last.openedAt, id: last.id } : null,
  };
}

function conditionsOf(
  reader: Reader,
  query: CasesQuery,
  directory: Directory,
  date: string,
  now: number,
): CaseConditions {
  const visible = visibleCases(reader);
  const where = [visible.sql];
  const args: Record<string, InValue> = { ...visible.args };
  const narrow = (sql: string, name: string, value: InValue | undefined) => {
    if (value === undefined) return;
    where.push(sql);
    args[name] = value;
  };
  narrow("c.definition = :definition", "definition", query.definition);
  narrow("c.status = :status", "status", query.status);
  narrow("EXISTS (SELECT 1 FROM json_each(c.active) AS s WHERE s.value = :step)", "step", query.step);
  narrow("c.subject = :subject", "subject", query.subject);
  narrow("c.period = :period", "period", query.period);
  if (query.late) narrow(LATE, "now", now);
  if (query.unit !== undefined) {
    const members = directory.membersOf(query.unit, date, { deep: true });
    narrow(
      "(c.subject IN (SELECT value FROM json_each(:members)) OR c.subject = :unit)",
      "members",
      JSON.stringify(members),
    );
    args.unit = query.unit;
  }
  foldForSearch(query.q ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .forEach((word, i) => {
      narrow(
        `(c.id = :word${i}x OR EXISTS (SELECT 1 FROM profiles AS s WHERE s.person = c.subject AND ${known("s")} AND s.search LIKE :word${i} ESCAPE '\\'))`,
        `word${i}`,
        `%${word.replaceAll(/[\\%_]/g, "\\$&")}%`,
      );
      args[`word${i}x`] = word;
    });
  return { where, args };
}

/** Rows as lists show them. */
export async function caseBriefs(runtime: Runtime, rows: readonly CaseRow[]): Promise<CaseBrief[]> {
  const directory = await runtime.organisation.directory();
  const now = runtime.clock.now();
  const date = today(directory, now);
  const bundles = new Map<string, Bundle>();
  for (const { bundle } of rows) {
    if (!bundles.has(bundle)) bundles.set(bundle, await runtime.catalogue.pinned(bundle));
  }
  const records = await readRecordSubjects(
    runtime.db,
    rows.filter(({ subjectKind }) => subjectKind === "record").map(subjectOf),
  );
  return rows.map((row) => {
    const bundle = bundles.get(row.bundle)!;
    const subject = subjectOf(row);
    const record = records.get(`${subject.type ?? ""}/${subject.id}`);
    const about = subject.kind === "person" ? subject.id : (record?.about ?? null);
    const unit = about === null ? (subject.kind === "unit" ? subject.id : record?.unit) : directory.unitOf(about, date);
    const open = row.status === "open" || row.status === "blocked";
    return {
      id: row.id,
      kind: row.kind,
      definition: { id: row.definition, title: bundle.title, version: row.version },
      subject,
      subjectName: subjectName(subject, directory, about),
      unit: unit ? (directory.unit(unit)?.title ?? unit) : null,
      period: row.period,
      status: row.status,
      outcome: row.outcome,
      steps: open ? stepTitles(bundle, JSON.parse(row.active) as string[]) : [],
      openedAt: row.openedAt,
      closedAt: row.closedAt,
      dueAt: row.dueAt,
      overdue: open && row.paused === 0 && (row.overdue === 1 || (row.dueAt !== null && row.dueAt < now)),
      paused: row.paused === 1,
      revision: row.revision,
    };
  });
}

/** The subject of a row. */
export function subjectOf(row: Pick<CaseRow, "subjectKind" | "subject" | "subjectType">): Subject {
  return { kind: row.subjectKind, id: row.subject, ...(row.subjectType === null ? {} : { type: row.subjectType }) };
}

/** What a subject is called. */
export function subjectName(subject: Subject, directory: Directory, about: string | null): string {
  if (subject.kind === "person") return directory.nameOf(subject.id);
  if (subject.kind === "unit") return directory.unit(subject.id)?.title ?? subject.id;
  if (subject.kind === "organisation") return "The organisation";
  const what = subject.kind === "record" && subject.type ? `${subject.type} ${subject.id}` : subject.id;
  return about ? `${what} about ${directory.nameOf(about)}` : what;
}

/** Titles of the steps where a case stands, frames left out. */
export function stepTitles({ compiled }: Bundle, active: readonly string[]): string[] {
  const known = active.filter((id) => compiled.map.steps.has(id));
  return activeLeaves(compiled, known).map((id) => compiled.map.steps.get(id)!.step.title);
}
