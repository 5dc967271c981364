import type { Database } from "../db/client.ts";
import type { Cell } from "../db/versioned.ts";

/** The columns of a case that follow from its state and frame, in the order of `caseCells`. */
export const CASE_COLUMNS = [
  "id",
  "kind",
  "definition",
  "version",
  "bundle",
  "subject_kind",
  "subject",
  "subject_type",
  "period",
  "key",
  "parent",
  "parent_effect",
  "opened_at",
  "revision",
  "outcome",
  "active",
  "closed_at",
  "due_at",
  "overdue",
  "head",
  "state",
  "status",
] as const;

/** A row of the journal as it is stored. */
export interface JournalRow {
  caseId: string;
  seq: number;
  at: number;
  dueAt: number | null;
  late: number;
  by: string | null;
  type: string;
  entry: string;
  previous: string;
  hash: string;
}

/** A case with all that was written about it, of one moment. */
export interface CaseFact {
  id: string;
  head: string;
  bundle: string;
  parent: string | null;
  parentEffect: string | null;
  state: string;
  columns: Record<string, Cell>;
  journal: JournalRow[];
  /** As `id/generation due instant (seq)`. */
  timers: string[];
  /** Open ones, as `id due instant for ["person"]`. */
  tasks: string[];
}

/** Ids of cases in the order in which they were opened, with how many journal entries each should have. */
export function readCaseIds(
  db: Database,
  after: number,
  limit: number,
): Promise<{ position: number; id: string; revision: number }[]> {
  return db.read("SELECT rowid AS position, id, revision FROM cases WHERE rowid > ? ORDER BY rowid LIMIT ?", [
    after,
    limit,
  ]);
}

/** Everything that is stored about some cases, in one read transaction. */
export async function readCaseFacts(db: Database, ids: readonly string[]): Promise<CaseFact[]> {
  const args = [JSON.stringify(ids)];
  const of = (table: string, column: string) => `json_each(?) AS j CROSS JOIN ${table} AS t ON t.${column} = j.value`;
  const [cases, journal, timers, tasks] = await db.readMany<Record<string, Cell>>([
    { sql: `SELECT ${CASE_COLUMNS.map((column) => `t.${column}`).join(", ")} FROM ${of("cases", "id")}`, args },
    {
      sql: `SELECT t.case_id AS caseId, t.seq, t.at, t.due_at AS dueAt, t.late, t.by, t.type, t.entry, t.previous, t.hash
            FROM ${of("journal", "case_id")} ORDER BY t.case_id, t.seq`,
      args,
    },
    {
      sql: `SELECT t.case_id AS caseId, t.id || '/' || t.generation || ' due ' || t.due_at || ' (' || t.seq || ')' AS said FROM ${of("timers", "case_id")}`,
      args,
    },
    {
      sql: `SELECT t.case_id AS caseId, t.id || ' due ' || ifnull(t.due_at, 'never') || ' for ' || t.assignees AS said
            FROM ${of("tasks", "case_id")} WHERE t.status = 'open'`,
      args,
    },
  ]);
  const facts = new Map(
    (cases ?? []).map((columns): [string, CaseFact] => [
      String(columns.id),
      {
        id: String(columns.id),
        head: String(columns.head),
        bundle: String(columns.bundle),
        parent: columns.parent as string | null,
        parentEffect: columns.parent_effect as string | null,
        state: String(columns.state),
        columns,
        journal: [],
        timers: [],
        tasks: [],
      },
    ]),
  );
  for (const row of (journal ?? []) as unknown as JournalRow[]) facts.get(row.caseId)?.journal.push(row);
  for (const row of timers ?? []) facts.get(String(row.caseId))?.timers.push(String(row.said));
  for (const row of tasks ?? []) facts.get(String(row.caseId))?.tasks.push(String(row.said));
  return [...facts.values()];
}
