import type { Database } from "../db/client.ts";
import type { CaseConditions } from "./cases-read.ts";

/** Tasks of the cases that conditions let through, counted by definition, step and how they stand. */
export interface TaskCount {
  kind: "workflow" | "escalation";
  definition: string;
  bundle: string;
  step: string;
  taskKind: string;
  /** `done`; `cancelled`; open and `due`, `later` (due in the future), or `open-ended` (no due date). */
  standing: "done" | "cancelled" | "due" | "later" | "open-ended";
  n: number;
}

export function countTasks(db: Database, conditions: CaseConditions, now: number): Promise<TaskCount[]> {
  return db.read<TaskCount>(
    `SELECT c.kind, c.definition, c.bundle, t.step, t.kind AS taskKind,
       CASE WHEN t.status = 'done' THEN 'done' WHEN t.status = 'cancelled' THEN 'cancelled'
            WHEN t.due_at IS NULL THEN 'open-ended' WHEN t.due_at <= :now THEN 'due' ELSE 'later' END AS standing, count(*) AS n
     FROM cases AS c CROSS JOIN tasks AS t ON t.case_id = c.id WHERE ${conditions.where.join(" AND ") || "1"}
     GROUP BY c.kind, c.definition, c.bundle, t.step, t.kind, standing`,
    { ...conditions.args, now },
  );
}
