import { known } from "../db/as-of.ts";
import type { Database } from "../db/client.ts";
import type { Observation } from "./observations-write.ts";

/** One page of stored values of a metric, the latest period first, as of now or as known then. */
export async function listObservations(
  db: Database,
  query: {
    metric: string;
    subject?: string;
    visible?: readonly string[];
    knownAt?: number;
    cursor?: string;
    limit?: number;
  },
): Promise<{ items: (Observation & { recordedAt: number })[]; total: number; next: string | null }> {
  const limit = Math.min(500, Math.max(1, query.limit ?? 100));
  const offset = Math.max(0, Number.parseInt(query.cursor ?? "0", 10) || 0);
  const where = ["o.metric = :metric", known("o", query.knownAt === undefined ? undefined : ":knownAt")];
  const args: Record<string, string | number> = {
    metric: query.metric,
    ...(query.knownAt === undefined ? {} : { knownAt: query.knownAt }),
  };
  if (query.subject !== undefined) {
    where.push("o.subject = :subject");
    args.subject = query.subject;
  }
  if (query.visible) {
    where.push("o.subject IN (SELECT value FROM json_each(:visible))");
    args.visible = JSON.stringify(query.visible);
  }
  const [items, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `SELECT o.metric, o.subject_kind AS subjectKind, o.subject, o.period_from AS periodFrom, o.period_to AS periodTo, o.value, o.target, o.state,
              o.recorded_at AS recordedAt FROM observations AS o WHERE ${where.join(" AND ")}
            ORDER BY o.period_from DESC, o.subject LIMIT :limit OFFSET :offset`,
      args: { ...args, limit, offset },
    },
    { sql: `SELECT count(*) AS total FROM observations AS o WHERE ${where.join(" AND ")}`, args },
  ]);
  const total = Number(count?.[0]?.total ?? 0);
  return {
    items: (items ?? []).map((row) => ({ ...row }) as unknown as Observation & { recordedAt: number }),
    total,
    next: offset + limit < total ? String(offset + limit) : null,
  };
}
