import type { Database } from "../db/client.ts";

/** What a look at the tables says about how we keep up. */
export interface Backlog {
  schema: number;
  /** When the timer that has waited longest was due; null where none is overdue. */
  oldestDueAt: number | null;
  outbox: number;
  demo: { done: number; total: number; what: string } | null;
}

/** One cheap read: every part is answered from an index. */
export async function readBacklog(db: Database, now: number): Promise<Backlog> {
  const [schema, due, outbox, demo] = await db.readMany<Record<string, number | string | null>>([
    { sql: "SELECT max(number) AS n FROM migrations" },
    { sql: "SELECT min(due_at) AS at FROM timers WHERE parked IS NULL AND due_at <= ?", args: [now] },
    { sql: "SELECT count(*) AS n FROM outbox WHERE status IN ('waiting', 'sending') AND next_at <= ?", args: [now] },
    {
      sql: "SELECT done, total, message FROM jobs WHERE kind = 'demo' AND status IN ('waiting', 'running') LIMIT 1",
    },
  ]);
  const loading = demo?.[0];
  return {
    schema: Number(schema?.[0]?.n ?? 0),
    oldestDueAt: (due?.[0]?.at as number | null) ?? null,
    outbox: Number(outbox?.[0]?.n ?? 0),
    demo: loading ? { done: Number(loading.done), total: Number(loading.total), what: String(loading.message) } : null,
  };
}
