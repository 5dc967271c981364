import type { Task, TaskChange } from "#engine/execute/state.ts";
import type { Statement } from "../db/client.ts";
import type { Cell } from "../db/versioned.ts";
import { fed } from "./case-lanes.ts";

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

/** Statements that write tasks and who may do them. */
export function taskStatements(rows: readonly TaskRow[]): Statement[] {
  if (rows.length === 0) return [];
  const cells = rows.map(({ caseId, task, status, outcome, closedAt, closedBy }): Cell[] => [
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
  const people = rows.flatMap(({ task, status }) => [
    ...task.assignees.map((person): Cell[] => [person, status === "open" ? 1 : 0, task.id]),
    // Who had it before somebody moved looks on: it is part of what they may see, and no task of theirs.
    ...(task.contributors ?? []).map((person): Cell[] => [person, 0, task.id]),
  ]);
  return [
    fed(
      "INSERT INTO tasks (id, case_id, step, kind, title, form, bundle, outcomes, assignees, claimed_by, because, status, outcome, opened_at, due_at, overdue, closed_at, closed_by)",
      18,
      cells,
      `ON CONFLICT (id) DO UPDATE SET assignees = excluded.assignees, claimed_by = excluded.claimed_by, because = excluded.because,
         status = excluded.status, outcome = excluded.outcome, due_at = excluded.due_at, overdue = excluded.overdue,
         closed_at = excluded.closed_at, closed_by = excluded.closed_by`,
    ),
    // A task handed over is no longer theirs who had it.
    {
      sql: `DELETE FROM task_people WHERE task IN (SELECT value FROM json_each(?))`,
      args: [JSON.stringify(rows.map((row) => row.task.id))],
    },
    fed("INSERT INTO task_people (person, open, task)", 3, people, "ON CONFLICT DO NOTHING"),
  ];
}
