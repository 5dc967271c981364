import type { Database } from "../db/client.ts";
import type { Incident } from "./incidents.ts";

/** A page of ids of blocked cases, in the order in which they were opened. */
export async function listBlocked(
  db: Database,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ ids: string[]; total: number; next: string | null }> {
  const after = Number.parseInt(cursor ?? "", 10) || 0;
  const [rows, total] = await db.readMany<{ position: number; id: string; n: number }>([
    {
      sql: "SELECT rowid AS position, id FROM cases WHERE status = 'blocked' AND rowid > ? ORDER BY rowid LIMIT ?",
      args: [after, limit + 1],
    },
    { sql: "SELECT count(*) AS n FROM cases WHERE status = 'blocked'" },
  ]);
  const page = (rows ?? []).slice(0, limit);
  return {
    ids: page.map(({ id }) => id),
    total: total?.[0]?.n ?? 0,
    next: (rows?.length ?? 0) > limit ? String(page.at(-1)!.position) : null,
  };
}

/** A page of open incidents, the newest first. */
export async function listIncidents(
  db: Database,
  { limit, cursor }: { limit: number; cursor?: string },
): Promise<{ rows: Incident[]; total: number; next: string | null }> {
  const before = Number.parseInt(cursor ?? "", 10) || Number.MAX_SAFE_INTEGER;
  const [rows, total] = await db.readMany<Incident & { n: number }>([
    {
      sql: `SELECT id, case_id AS caseId, what, message, at FROM incidents WHERE resolved_at IS NULL AND id < ?
            ORDER BY id DESC LIMIT ?`,
      args: [before, limit + 1],
    },
    { sql: "SELECT count(*) AS n FROM incidents WHERE resolved_at IS NULL" },
  ]);
  const page = (rows ?? []).slice(0, limit);
  return { rows: page, total: total?.[0]?.n ?? 0, next: (rows?.length ?? 0) > limit ? String(page.at(-1)!.id) : null };
}
