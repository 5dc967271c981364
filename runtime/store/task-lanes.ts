import type { Task, TaskChange } from "#engine/execute/state.ts";
import type { Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";

/** A task's row after all that happened to it in one batch. */
export interface TaskRow {
  caseId: string;
  task: Task;
  status: "open" | "done" | "cancelled";
  outcome: string | null;
  closedAt: number | null;
  closedBy: string | null;
}

/** Folds a change into the row that will be written. */
export function taskRow(caseId: string, change: TaskChange, at: number): TaskRow {
  const closed = change.what === "done" || change.what === "cancelled";
  return {
    caseId,
    task: change.task,
    status: closed ? (change.what as "done" | "cancelled") : "open",
    outcome: closed ? (change.outcome ?? null) : null,
    closedAt: closed ? at : null,
    closedBy: closed ? (change.by ?? null) : null,
  };
}

/** A task to write, with how it stands on disk: undefined where that is not known, null where it cannot be there yet. */
export interface TaskWrite {
  row: TaskRow;
  before: Task | null | undefined;
}

/**
 * Statements that write tasks and who may do them. Of a task that is there only what changes is written: an index entry that
 * is written anew is a page of its own among a million tasks, even where it says what it said.
 */
export function taskStatements(writes: readonly TaskWrite[]): Statement[] {
  const handed = writes.filter(({ row, before }) => before && row.status === "open" && row.task.dueAt === before.dueAt);
  const other = writes.filter((write) => !handed.includes(write));
  return [...handedStatements(handed), ...wholeStatements(other), ...peopleStatements(writes)];
}

/** Open tasks that stay open until the same instant: other people, other words. */
function handedStatements(writes: readonly TaskWrite[]): Statement[] {
  if (writes.length === 0) return [];
  const cells = writes.map(({ row: { task } }): Cell[] => [
    task.id,
    JSON.stringify(task.assignees),
    task.claimedBy,
    task.because,
    task.overdue ? 1 : 0,
  ]);
  return [
    {
      sql: `UPDATE tasks SET assignees = j.value ->> 1, claimed_by = j.value ->> 2, because = j.value ->> 3, overdue = j.value ->> 4
            FROM json_each(?) AS j WHERE tasks.id = j.value ->> 0`,
      args: [JSON.stringify(cells)],
    },
  ];
}

function wholeStatements(writes: readonly TaskWrite[]): Statement[] {
  const cells = writes.map(({ row: { caseId, task, status, outcome, closedAt, closedBy } }): Cell[] => [
    task.id,
    caseId,
    task.step,
    task.kind,
    task.title,
    task.form,
    task.bundle ?? null,
    JSON.stringify(task.outcomes),
    JSON.stringify(task.assignees),
    task.claimedBy,
    task.because,
    status,
    outcome,
    task.openedAt,
    task.dueAt,
    task.overdue ? 1 : 0,
    closedAt,
    closedBy,
  ]);
  return insertRows(
    "INSERT INTO tasks (id, case_id, step, kind, title, form, bundle, outcomes, assignees, claimed_by, because, status, outcome, opened_at, due_at, overdue, closed_at, closed_by)",
    18,
    cells,
    `ON CONFLICT (id) DO UPDATE SET assignees = excluded.assignees, claimed_by = excluded.claimed_by, because = excluded.because,
         status = excluded.status, outcome = excluded.outcome, due_at = excluded.due_at, overdue = excluded.overdue,
         closed_at = excluded.closed_at, closed_by = excluded.closed_by`,
  );
}

/** The people of tasks, as the difference to those who are there; all of them where that is not known. */
function peopleStatements(writes: readonly TaskWrite[]): Statement[] {
  const unknown: string[] = [];
  const gone: Cell[][] = [];
  const come: Cell[][] = [];
  for (const { row, before } of writes) {
    const { id } = row.task;
    if (before === undefined) unknown.push(id);
    const had = before ? peopleOf(before, true) : new Map<string, number>();
    const have = peopleOf(row.task, row.status === "open");
    for (const person of had.keys()) if (!have.has(person)) gone.push([person, id]);
    for (const [person, open] of have) if (had.get(person) !== open) come.push([person, open, id]);
  }
  return [
    ...(unknown.length > 0
      ? [
          {
            sql: "DELETE FROM task_people WHERE task IN (SELECT value FROM json_each(?))",
            args: [JSON.stringify(unknown)],
          },
        ]
      : []),
    ...(gone.length > 0
      ? [
          {
            sql: "DELETE FROM task_people WHERE (person, task) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
            args: [JSON.stringify(gone)],
          },
        ]
      : []),
    ...insertRows(
      "INSERT INTO task_people (person, open, task)",
      3,
      come,
      "ON CONFLICT (person, task) DO UPDATE SET open = excluded.open",
    ),
  ];
}

/** Who may see a task, each with 1 where it is theirs to do. Who had it before somebody moved looks on: no task of theirs. */
function peopleOf(task: Task, open: boolean): Map<string, number> {
  const looking = (task.contributors ?? []).map((person) => [person, 0] as const);
  return new Map([...looking, ...task.assignees.map((person) => [person, open ? 1 : 0] as const)]);
}
