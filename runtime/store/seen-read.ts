import type { InValue } from "@libsql/client";
import type { Database } from "../db/client.ts";

interface Condition {
  sql: string;
  args: Record<string, InValue>;
}

const idsOf = (rows: { id: string }[]) => new Set(rows.map(({ id }) => id));

/** Of these cases, those that a condition over `cases AS c` lets through. */
export async function seenCases(db: Database, condition: Condition, ids: readonly string[]): Promise<Set<string>> {
  return idsOf(
    await db.read<{ id: string }>(
      `SELECT c.id FROM json_each(:ids) AS j CROSS JOIN cases AS c ON c.id = j.value WHERE ${condition.sql}`,
      { ...condition.args, ids: JSON.stringify(ids) },
    ),
  );
}

/** Of these tasks, those whose case a condition over `cases AS c` lets through. */
export async function seenTasks(db: Database, condition: Condition, ids: readonly string[]): Promise<Set<string>> {
  return idsOf(
    await db.read<{ id: string }>(
      `SELECT t.id FROM json_each(:ids) AS j CROSS JOIN tasks AS t ON t.id = j.value
       CROSS JOIN cases AS c ON c.id = t.case_id WHERE ${condition.sql}`,
      { ...condition.args, ids: JSON.stringify(ids) },
    ),
  );
}

/** Of these jobs, those begun by a person; null: all of them. */
export async function seenJobs(db: Database, by: string | null, ids: readonly string[]): Promise<Set<string>> {
  const mine = by === null ? "" : "WHERE jobs.by = :by";
  return idsOf(
    await db.read<{ id: string }>(
      `SELECT jobs.id FROM json_each(:ids) AS j CROSS JOIN jobs ON jobs.id = j.value ${mine}`,
      { ids: JSON.stringify(ids), ...(by === null ? {} : { by }) },
    ),
  );
}
