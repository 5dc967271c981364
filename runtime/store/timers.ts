import type { Database } from "../db/client.ts";

/** Cases with a timer that is due, in the order of (due, seq), each once; parked timers and the cases named are left out. */
export async function dueCases(db: Database, now: number, except: readonly string[], limit: number): Promise<string[]> {
  const rows = await db.read<{ caseId: string }>(
    `SELECT case_id AS caseId FROM timers WHERE parked IS NULL AND due_at <= ?
     AND case_id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, seq LIMIT ?`,
    [now, JSON.stringify(except), limit],
  );
  return [...new Set(rows.map((row) => row.caseId))];
}

/** When the next timer is due; undefined where none is armed. */
export async function nextTimerAt(db: Database): Promise<number | undefined> {
  const [row] = await db.read<{ at: number | null }>("SELECT min(due_at) AS at FROM timers WHERE parked IS NULL");
  return row?.at ?? undefined;
}
