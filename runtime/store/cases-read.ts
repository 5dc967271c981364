import type { InValue } from "@libsql/client";
import type { Database } from "../db/client.ts";

/** A case as lists read it, without its snapshot. */
export interface CaseRow {
  id: string;
  kind: "workflow" | "escalation";
  definition: string;
  version: number;
  bundle: string;
  subjectKind: "person" | "unit" | "metric" | "record" | "organisation";
  subject: string;
  subjectType: string | null;
  period: string | null;
  status: "open" | "blocked" | "closed" | "cancelled";
  outcome: string | null;
  active: string;
  openedAt: number;
  closedAt: number | null;
  dueAt: number | null;
  overdue: number;
  paused: number;
  revision: number;
}

const COLUMNS = `c.id, c.kind, c.definition, c.version, c.bundle, c.subject_kind AS subjectKind, c.subject, c.subject_type AS subjectType,
  c.period, c.status, c.outcome, c.active, c.opened_at AS openedAt, c.closed_at AS closedAt, c.due_at AS dueAt, c.overdue, c.revision,
  c.status IN ('open', 'blocked') AND (json_extract(c.state, '$.halted') IS NOT NULL OR json_extract(c.state, '$.haltedWith') IS NOT NULL) AS paused`;

/** Conditions over `cases AS c`, all of which hold. */
export interface CaseConditions {
  where: string[];
  args: Record<string, InValue>;
}

/** A page of cases, the newest first; `after` is the last one of the page before. */
export async function listCaseRows(
  db: Database,
  conditions: CaseConditions,
  page: { limit: number; after?: { openedAt: number; id: string } },
): Promise<{ rows: CaseRow[]; total: number }> {
  const where = conditions.where.join(" AND ") || "1";
  const after = page.after ? "AND (c.opened_at, c.id) < (:afterAt, :afterId)" : "";
  const [rows, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `SELECT ${COLUMNS} FROM cases AS c WHERE ${where} ${after} ORDER BY c.opened_at DESC, c.id DESC LIMIT :limit`,
      args: {
        ...conditions.args,
        limit: page.limit,
        ...(page.after ? { afterAt: page.after.openedAt, afterId: page.after.id } : {}),
      },
    },
    { sql: `SELECT count(*) AS n FROM cases AS c WHERE ${where}`, args: conditions.args },
  ]);
  return { rows: (rows ?? []).map((row) => ({ ...row }) as unknown as CaseRow), total: Number(count?.[0]?.n ?? 0) };
}

/** Cases by id. */
export async function caseRows(db: Database, ids: readonly string[]): Promise<Map<string, CaseRow>> {
  const rows = await db.read<CaseRow>(
    `SELECT ${COLUMNS} FROM json_each(?) AS j CROSS JOIN cases AS c ON c.id = j.value`,
    [JSON.stringify(ids)],
  );
  return new Map(rows.map((row) => [row.id, { ...row }]));
}

/** Cases that a case is related to: its parent, what it started, those it shares or that share it, and others about the same subject, these newest first. */
export async function relatedCaseIds(
  db: Database,
  id: string,
  about: { kind: string; id: string },
): Promise<{ id: string; relation: "parent" | "child" | "shared" | "member" | "about" }[]> {
  return db.read(
    `SELECT parent AS id, 'parent' AS relation FROM cases WHERE id = :id AND parent IS NOT NULL
     UNION ALL SELECT id, 'child' FROM cases WHERE parent = :id
     UNION ALL SELECT case_id, 'shared' FROM case_members WHERE member = :id
     UNION ALL SELECT member, 'member' FROM case_members WHERE case_id = :id AND member IS NOT NULL
     UNION ALL SELECT id, 'about' FROM (SELECT id FROM cases WHERE subject = :subject AND subject_kind = :kind AND id <> :id
       AND parent IS NOT :id ORDER BY opened_at DESC LIMIT 20)`,
    { id, subject: about.id, kind: about.kind },
  );
}

/** Fields of a case that its subject may see from now on. */
export async function releasedFields(db: Database, caseId: string): Promise<ReadonlySet<string>> {
  const rows = await db.read<{ field: string }>("SELECT field FROM released WHERE case_id = ?", [caseId]);
  return new Set(rows.map(({ field }) => field));
}

/** Whether somebody has or had a task in a case. */
export async function takesPart(db: Database, caseId: string, person: string): Promise<boolean> {
  const rows = await db.read(
    "SELECT 1 FROM tasks AS t CROSS JOIN task_people AS p ON p.task = t.id WHERE t.case_id = ? AND p.person = ? LIMIT 1",
    [caseId, person],
  );
  return rows.length > 0;
}

/** How many cases of each definition stand how. */
export function countCases(
  db: Database,
  conditions: CaseConditions,
  now: number,
): Promise<{ kind: string; definition: string; status: string; n: number; overdue: number }[]> {
  return db.read(
    `SELECT c.kind, c.definition, c.status, count(*) AS n,
       sum(CASE WHEN c.status IN ('open', 'blocked') AND (c.overdue = 1 OR c.due_at < :now) THEN 1 ELSE 0 END) AS overdue
     FROM cases AS c WHERE ${conditions.where.join(" AND ") || "1"} GROUP BY c.kind, c.definition, c.status`,
    { ...conditions.args, now },
  );
}
