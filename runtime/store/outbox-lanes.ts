import type { Message } from "#engine/execute/state.ts";
import type { Statement } from "../db/client.ts";
import { insertRows } from "../db/many-rows.ts";
import type { Cell } from "../db/versioned.ts";
import { currentTrace } from "../tracing.ts";

/** An effect as it is put into the outbox. `payload` is plain JSON. */
export interface OutboxRow {
  id: string;
  caseId: string | null;
  kind: string;
  payload: unknown;
  at: number;
  /** The trace it belongs to; the one under way where none is said. */
  trace?: string | null;
}

/** Statements that put effects into the outbox. An id that is there already stays as it is: an effect is never asked for twice. */
export function outboxStatements(rows: readonly OutboxRow[]): Statement[] {
  return insertRows(
    "INSERT INTO outbox (id, case_id, kind, payload, status, tries, next_at, created_at, trace)",
    9,
    rows.map((row): Cell[] => [
      row.id,
      row.caseId,
      row.kind,
      JSON.stringify(row.payload),
      "waiting",
      0,
      row.at,
      row.at,
      row.trace === undefined ? currentTrace() : row.trace,
    ]),
    "ON CONFLICT (id) DO NOTHING",
  );
}

/** Statement that marks effects as done. */
export function effectsDone(ids: readonly string[], at: number): Statement {
  return {
    sql: "UPDATE outbox SET status = 'done', finished_at = ?, error = NULL, tries = tries + 1 WHERE id IN (SELECT value FROM json_each(?)) AND status <> 'done'",
    args: [at, JSON.stringify(ids)],
  };
}

/** Statements that put messages into people's inboxes, one row a person; a message never comes twice. */
export function inboxStatements(messages: readonly { caseId: string; at: number; message: Message }[]): Statement[] {
  return insertRows(
    "INSERT INTO inbox (person, id, case_id, task, kind, title, body, at)",
    8,
    messages.flatMap(({ caseId, at, message }) =>
      message.to.map((person): Cell[] => [
        person,
        message.id,
        caseId,
        message.task,
        message.kind,
        message.title,
        message.body,
        at,
      ]),
    ),
    "ON CONFLICT (person, id) DO NOTHING",
  );
}
