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
  /** As `id/generation due instant (seq)`, with step and title. */
  timers: string[];
  /** All of its tasks, the open ones and those that are history. */
  tasks: TaskFact[];
  /** Who may see its tasks, as `task of person` and whether it is theirs to do. */
  people: string[];
  /** Effects that it waits for and that nothing stands for: neither something to be done, nor a case. */
  unheard: string[];
}

/** A task as the table has it. */
export interface TaskFact {
  id: string;
  status: string;
  outcome: string | null;
  closedAt: number | null;
  closedBy: string | null;
  /** What of an open task follows from the snapshot, in the order of `TASK_COLUMNS`. */
  cells: Cell[];
}

/** The columns of an open task that follow from the snapshot. */
export const TASK_COLUMNS = [
  "step",
  "kind",
  "title",
  "form",
  "bundle",
  "outcomes",
  "assignees",
  "claimed_by",
  "because",
  "opened_at",
  "due_at",
  "overdue",
] as const;

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
  const [cases, journal, timers, tasks, people, unheard] = await db.readMany<Record<string, Cell>>([
    { sql: `SELECT ${CASE_COLUMNS.map((column) => `t.${column}`).join(", ")} FROM ${of("cases", "id")}`, args },
    {
      sql: `SELECT t.case_id AS caseId, t.seq, t.at, t.due_at AS dueAt, t.late, t.by, t.type, t.entry, t.previous, t.hash
            FROM ${of("journal", "case_id")} ORDER BY t.case_id, t.seq`,
      args,
    },
    {
      sql: `SELECT t.case_id AS caseId, t.id || '/' || t.generation || ' due ' || t.due_at || ' (' || t.seq || ') at ' || t.step || ': ' || t.title AS said
            FROM ${of("timers", "case_id")}`,
      args,
    },
    {
      sql: `SELECT t.case_id AS caseId, t.id, t.status, t.outcome, t.closed_at AS closedAt, t.closed_by AS closedBy,
              ${TASK_COLUMNS.map((column) => `t.${column}`).join(", ")} FROM ${of("tasks", "case_id")}`,
      args,
    },
    {
      sql: `SELECT t.case_id AS caseId, p.task || ' of ' || p.person || CASE p.open WHEN 1 THEN ', to do' WHEN 0 THEN ', to look at' ELSE ', of no known kind' END AS said
            FROM ${of("tasks", "case_id")} CROSS JOIN task_people AS p ON p.task = t.id WHERE t.status = 'open'`,
      args,
    },
    {
      sql: `SELECT t.id AS caseId, p.value ->> 'effect' AS said FROM ${of("cases", "id")} CROSS JOIN json_each(t.state, '$.pending') AS p
            WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.id = p.value ->> 'effect')
              AND NOT EXISTS (SELECT 1 FROM cases AS k WHERE k.parent_effect = p.value ->> 'effect')
              AND NOT EXISTS (SELECT 1 FROM case_members AS m WHERE m.effect = p.value ->> 'effect')`,
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
        people: [],
        unheard: [],
      },
    ]),
  );
  for (const row of (journal ?? []) as unknown as JournalRow[]) facts.get(row.caseId)?.journal.push(row);
  for (const row of timers ?? []) facts.get(String(row.caseId))?.timers.push(String(row.said));
  for (const row of tasks ?? [])
    facts.get(String(row.caseId))?.tasks.push({
      ...({ ...row } as unknown as TaskFact),
      cells: TASK_COLUMNS.map((column) => row[column] ?? null),
    });
  for (const row of people ?? []) facts.get(String(row.caseId))?.people.push(String(row.said));
  for (const row of unheard ?? []) facts.get(String(row.caseId))?.unheard.push(String(row.said));
  return [...facts.values()];
}
