import type { Database, Statement } from "../db/client.ts";

/** A message as it is stored. */
export interface StoredMessage {
  position: number;
  id: string;
  caseId: string | null;
  taskId: string | null;
  kind: "task" | "notice" | "escalation";
  title: string;
  body: string;
  at: number;
  readAt: number | null;
}

/** A page of a person's messages, the newest first. */
export async function messagesOf(
  db: Database,
  person: string,
  query: { unread: boolean; limit: number; after?: { at: number; position: number } },
): Promise<{ messages: StoredMessage[]; total: number; more: boolean }> {
  const where = `i.person = :person${query.unread ? " AND i.read_at IS NULL" : ""}`;
  const after = query.after ? "AND (i.at, i.rowid) < (:afterAt, :afterPosition)" : "";
  const [rows, count] = await db.readMany<Record<string, unknown>>([
    {
      sql: `SELECT i.rowid AS position, i.id, i.case_id AS caseId, i.task AS taskId, i.kind, i.title, i.body, i.at, i.read_at AS readAt
            FROM inbox AS i WHERE ${where} ${after} ORDER BY i.at DESC, i.rowid DESC LIMIT :limit`,
      args: {
        person,
        limit: query.limit + 1,
        ...(query.after ? { afterAt: query.after.at, afterPosition: query.after.position } : {}),
      },
    },
    { sql: `SELECT count(*) AS n FROM inbox AS i WHERE ${where}`, args: { person } },
  ]);
  const all = (rows ?? []).map((row) => ({ ...row }) as unknown as StoredMessage);
  return { messages: all.slice(0, query.limit), total: Number(count?.[0]?.n ?? 0), more: all.length > query.limit };
}

/** Statement that marks messages of a person as read; other people's stay as they are. */
export function markRead(person: string, ids: readonly string[], at: number): Statement {
  return {
    sql: "UPDATE inbox SET read_at = ? WHERE person = ? AND read_at IS NULL AND id IN (SELECT value FROM json_each(?))",
    args: [at, person, JSON.stringify(ids)],
  };
}
