import type { Database } from "../db/client.ts";

/** A task as it is stored, with the case it belongs to. */
export interface StoredTask {
  id: string;
  caseId: string;
  step: string;
  kind: string;
  title: string;
  form: string | null;
  bundle: string | null;
  outcomes: string[];
  assignees: string[];
  claimedBy: string | null;
  because: string;
  status: "open" | "done" | "cancelled";
  outcome: string | null;
  openedAt: number;
  dueAt: number | null;
  overdue: number;
  closedAt: number | null;
  closedBy: string | null;
}

const COLUMNS = `t.id, t.case_id AS caseId, t.step, t.kind, t.title, t.form, t.bundle, t.outcomes, t.assignees, t.claimed_by AS claimedBy, t.because,
  t.status, t.outcome, t.opened_at AS openedAt, t.due_at AS dueAt, t.overdue, t.closed_at AS closedAt, t.closed_by AS closedBy`;
type Row = Omit<StoredTask, "outcomes" | "assignees"> & { outcomes: string; assignees: string };
const taskOf = (row: Row): StoredTask => ({
  ...row,
  outcomes: JSON.parse(row.outcomes) as string[],
  assignees: JSON.parse(row.assignees) as string[],
});

/** One task. */
export async function readTask(db: Database, id: string): Promise<StoredTask | undefined> {
  const [row] = await db.read<Row>(`SELECT ${COLUMNS} FROM tasks AS t WHERE t.id = ?`, [id]);
  return row && taskOf(row);
}

/** All tasks of a case, in the order in which they were opened. */
export async function tasksOfCase(db: Database, caseId: string): Promise<StoredTask[]> {
  return (
    await db.read<Row>(`SELECT ${COLUMNS} FROM tasks AS t WHERE t.case_id = ? ORDER BY t.opened_at, t.rowid`, [caseId])
  ).map(taskOf);
}

/** Where a page of a person's tasks goes on: due instant (open end: the largest number), then id. */
export interface TaskCursor {
  due: number;
  id: string;
}
const NEVER = Number.MAX_SAFE_INTEGER;

/** A task in a list; of a bundle, the one due first stands for all of it. None is `late` in a case that is not: that stands still. */
export type ListedTask = StoredTask & { rows: number; late: number };

/**
 * A page of a person's tasks, those due first at the top. Where somebody else has claimed a task it is not theirs to do. Open
 * tasks of one bundle are one in the list.
 */
export async function tasksOfPerson(
  db: Database,
  person: string,
  query: {
    status?: "open" | "done" | "cancelled";
    search?: string;
    limit: number;
    after?: TaskCursor;
    /** Tasks due before this instant count as late. */
    now: number;
  },
): Promise<{ tasks: ListedTask[]; total: number; next: TaskCursor | null }> {
  const where = ["p.person = :person"];
  const args: Record<string, string | number> = { person };
  if (query.status !== undefined) {
    where.push("t.status = :status", "p.open = :open");
    args.status = query.status;
    args.open = query.status === "open" ? 1 : 0;
  }
  if (query.status === "open") where.push("(t.claimed_by IS NULL OR t.claimed_by = :person)");
  if (query.search) {
    where.push(
      `(t.title LIKE :search ESCAPE '\\' OR EXISTS (SELECT 1 FROM cases AS c JOIN profiles AS s ON s.person = c.subject
        WHERE c.id = t.case_id AND c.subject_kind = 'person' AND s.superseded_at IS NULL AND s.search LIKE :search ESCAPE '\\'))`,
    );
    args.search = `%${query.search.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  }
  const group = query.status === "open" ? "ifnull(t.bundle, t.id)" : "t.id";
  const mine = `WITH mine AS (SELECT ${COLUMNS},
      row_number() OVER (PARTITION BY ${group} ORDER BY ifnull(t.due_at, ${NEVER}), t.id) AS place,
      count(*) OVER (PARTITION BY ${group}) AS rows,
      sum((t.overdue = 1 OR ifnull(t.due_at, ${NEVER}) < :now) AND EXISTS (SELECT 1 FROM cases AS k
        WHERE k.id = t.case_id AND (k.overdue = 1 OR k.due_at < :now))) OVER (PARTITION BY ${group}) AS late
    FROM task_people AS p CROSS JOIN tasks AS t ON t.id = p.task WHERE ${where.join(" AND ")})`;
  const after = query.after ? `AND (ifnull(dueAt, ${NEVER}), id) > (:afterDue, :afterId)` : "";
  const [rows, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `${mine} SELECT * FROM mine WHERE place = 1 ${after} ORDER BY ifnull(dueAt, ${NEVER}), id LIMIT :limit`,
      args: {
        ...args,
        now: query.now,
        limit: query.limit + 1,
        ...(query.after ? { afterDue: query.after.due, afterId: query.after.id } : {}),
      },
    },
    { sql: `${mine} SELECT count(*) AS n FROM mine WHERE place = 1`, args: { ...args, now: query.now } },
  ]);
  const all = (rows ?? []).map((row): ListedTask => {
    const { place: _, ...listed } = row as unknown as Row & { place: number; rows: number; late: number };
    return { ...taskOf(listed), rows: listed.rows, late: listed.late };
  });
  const tasks = all.slice(0, query.limit);
  const last = tasks.at(-1);
  return {
    tasks,
    total: Number(count?.[0]?.n ?? 0),
    next: all.length > query.limit && last ? { due: last.dueAt ?? NEVER, id: last.id } : null,
  };
}

/** The open tasks of a bundle that are a person's to do, those due first at the top. */
export async function tasksOfBundle(db: Database, bundle: string, person: string): Promise<StoredTask[]> {
  const rows = await db.read<Row>(
    `SELECT ${COLUMNS} FROM tasks AS t JOIN task_people AS p ON p.task = t.id
     WHERE t.bundle = :bundle AND t.status = 'open' AND p.person = :person AND (t.claimed_by IS NULL OR t.claimed_by = :person)
     ORDER BY ifnull(t.due_at, ${NEVER}), t.id`,
    { bundle, person },
  );
  return rows.map(taskOf);
}

/** What several people write into one task together is one draft, which is nobody's own. */
const EVERYBODY = "*";

/** Whose draft a person writes in a task: their own, or the one of all who work on it together. */
export const ownerOfDraft = (task: { together?: unknown } | undefined, person: string): string =>
  task?.together === undefined ? person : EVERYBODY;

/** What a person has typed into a task and not sent. */
export async function taskDraft(
  db: Database,
  task: string,
  person: string,
): Promise<{ answers: string; revision: number; savedAt: number } | undefined> {
  const [row] = await db.read<{ answers: string; revision: number; savedAt: number }>(
    "SELECT answers, revision, saved_at AS savedAt FROM task_drafts WHERE task = ? AND person = ?",
    [task, person],
  );
  return row;
}
