import type { Database, Statement } from "../db/client.ts";

export type OutboxStatus = "waiting" | "sending" | "done" | "dead";

/** An effect as it stands in the outbox. */
export interface OutboxItem {
  id: string;
  caseId: string | null;
  kind: string;
  payload: unknown;
  status: OutboxStatus;
  tries: number;
  nextAt: number;
  error: string | null;
  createdAt: number;
  /** The trace that it belongs to: a W3C traceparent. */
  trace: string | null;
  /** Whom it goes to: a server, `email`, or `inside`. Each has a queue of its own. */
  lane: string;
}

const COLUMNS =
  "id, case_id AS caseId, kind, payload, status, tries, next_at AS nextAt, error, created_at AS createdAt, trace, lane";
type Row = Omit<OutboxItem, "payload"> & { payload: string };
const itemOf = (row: Row): OutboxItem => ({ ...row, payload: JSON.parse(row.payload) as unknown });

/**
 * Effects of a lane that are due, in the order in which they were asked for; those of `busy` are being worked on. From the
 * index: a hundred thousand of one lane cost another nothing.
 */
export async function dueEffects(
  db: Database,
  now: number,
  lane: string,
  busy: readonly string[],
  limit: number,
): Promise<OutboxItem[]> {
  const rows = await db.read<Row>(
    `SELECT ${COLUMNS} FROM outbox WHERE status IN ('waiting', 'sending') AND lane = :lane AND next_at <= :now
     AND id NOT IN (SELECT value FROM json_each(:busy)) ORDER BY next_at, rowid LIMIT :limit`,
    { now, lane, busy: JSON.stringify(busy), limit },
  );
  return rows.map(itemOf);
}

/**
 * When each lane has something to do: the next effect's time, or the end of the pause of a receiver that is left alone. One
 * step in the index for each lane, however much waits in it.
 */
const LANES = `WITH RECURSIVE known (lane) AS (
    SELECT min(lane) FROM outbox WHERE status IN ('waiting', 'sending')
    UNION ALL
    SELECT (SELECT min(lane) FROM outbox WHERE status IN ('waiting', 'sending') AND lane > known.lane)
    FROM known WHERE known.lane IS NOT NULL
  ), lanes (lane, at) AS (
    SELECT known.lane, max(
      (SELECT min(next_at) FROM outbox WHERE status IN ('waiting', 'sending') AND lane = known.lane),
      coalesce((SELECT paused_until FROM receivers AS r WHERE r.lane = known.lane), 0)
    ) FROM known WHERE known.lane IS NOT NULL
  )`;

/** The lanes that have something to do now. */
export async function dueLanes(db: Database, now: number): Promise<string[]> {
  const rows = await db.read<{ lane: string }>(`${LANES} SELECT lane FROM lanes WHERE at <= ?`, [now]);
  return rows.map(({ lane }) => lane);
}

/** When the next effect can be carried out; undefined where none waits. */
export async function nextEffectAt(db: Database): Promise<number | undefined> {
  const [row] = await db.read<{ at: number | null }>(`${LANES} SELECT min(at) AS at FROM lanes`);
  return row?.at ?? undefined;
}

/** Statement that notes that effects are on their way out, so that a restart knows that they may have arrived. */
export function effectsSending(ids: readonly string[]): Statement {
  return {
    sql: "UPDATE outbox SET status = 'sending' WHERE id IN (SELECT value FROM json_each(?)) AND status = 'waiting'",
    args: [JSON.stringify(ids)],
  };
}

/** Statement that puts an effect back until a later try. */
export function effectLater(id: string, nextAt: number, error: string): Statement {
  return {
    sql: "UPDATE outbox SET status = 'waiting', tries = tries + 1, next_at = ?, error = ? WHERE id = ? AND status <> 'done'",
    args: [nextAt, error.slice(0, 1000), id],
  };
}

/** Statement that gives an effect up: somebody has to look at it. */
export function effectDead(id: string, at: number, error: string): Statement {
  return {
    sql: "UPDATE outbox SET status = 'dead', tries = tries + 1, finished_at = ?, error = ? WHERE id = ? AND status <> 'done'",
    args: [at, error.slice(0, 1000), id],
  };
}

/** Statement that lets a dead effect try again; RETURNING says whether there was one. */
export function reviveEffect(id: string, now: number): Statement {
  return {
    sql: "UPDATE outbox SET status = 'waiting', tries = 0, next_at = ?, finished_at = NULL WHERE id = ? AND status = 'dead' RETURNING id",
    args: [now, id],
  };
}

/** Statement that carries an effect out once more under its own id: whoever it is for can tell that it is the same. */
export function repeatEffect(id: string, now: number): Statement {
  return {
    sql: "UPDATE outbox SET status = 'waiting', tries = 0, next_at = ?, finished_at = NULL WHERE id = ? AND status IN ('done', 'dead')",
    args: [now, id],
  };
}

/** Statement that gives up waiting effects of kinds that nobody here can carry out. */
export function unknownEffects(known: readonly string[], at: number): Statement {
  return {
    sql: `UPDATE outbox SET status = 'dead', finished_at = ?, error = 'This server does not know effects of the kind ' || kind || '. Start the version that asked for it.'
          WHERE status IN ('waiting', 'sending') AND kind NOT IN (SELECT value FROM json_each(?))`,
    args: [at, JSON.stringify(known)],
  };
}

/** An effect that was given up; undefined where there is none of that id. */
export async function readDead(
  db: Database,
  id: string,
): Promise<{ caseId: string | null; tries: number } | undefined> {
  const [row] = await db.read<{ caseId: string | null; tries: number }>(
    "SELECT case_id AS caseId, tries FROM outbox WHERE id = ? AND status = 'dead'",
    [id],
  );
  return row;
}

/** Statement that ends an effect that was given up without doing it; RETURNING says whether there was one. */
export function discardStatement(id: string, at: number, words: string): Statement {
  return {
    sql: "UPDATE outbox SET status = 'done', finished_at = ?, error = ? WHERE id = ? AND status = 'dead' RETURNING id",
    args: [at, words.slice(0, 1000), id],
  };
}

/** How an effect stands; undefined where there is none. */
export async function outboxStatus(db: Database, id: string): Promise<OutboxStatus | undefined> {
  const [row] = await db.read<{ status: OutboxStatus }>("SELECT status FROM outbox WHERE id = ?", [id]);
  return row?.status;
}

/** How many effects stand how. */
export async function countOutbox(db: Database): Promise<{ waiting: number; dead: number }> {
  const [row] = await db.read<{ waiting: number; dead: number }>(
    `SELECT (SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending')) AS waiting,
            (SELECT count(*) FROM outbox WHERE status = 'dead') AS dead`,
  );
  return row ?? { waiting: 0, dead: 0 };
}

/** One page of effects, the newest first. `before` is the rowid to go on from. */
export async function listEffects(
  db: Database,
  query: { status?: OutboxStatus; cursor?: string; limit?: number },
): Promise<{ items: OutboxItem[]; total: number; next: string | null }> {
  const limit = Math.min(500, Math.max(1, query.limit ?? 100));
  const before = Number.parseInt(query.cursor ?? "", 10) || Number.MAX_SAFE_INTEGER;
  const where = query.status === undefined ? "status <> 'done'" : "status = :status";
  const args: Record<string, string> = query.status === undefined ? {} : { status: query.status };
  const [rows, total] = await db.readMany<Record<string, unknown>>([
    {
      sql: `SELECT rowid AS position, ${COLUMNS} FROM outbox WHERE ${where} AND rowid < :before ORDER BY rowid DESC LIMIT :limit`,
      args: { ...args, before, limit: limit + 1 },
    },
    { sql: `SELECT count(*) AS n FROM outbox WHERE ${where}`, args },
  ]);
  const page = (rows as unknown as (Row & { position: number })[]).slice(0, limit);
  return {
    items: page.map(itemOf),
    total: Number(total?.[0]?.n ?? 0),
    next: (rows?.length ?? 0) > limit ? String(page.at(-1)?.position) : null,
  };
}
