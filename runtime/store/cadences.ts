import type { Database, Statement } from "../db/client.ts";

/** Until when a cadence has been looked after. */
export interface CadenceRow {
  id: string;
  since: number;
  doneUntil: number;
}

export function readCadences(db: Database): Promise<CadenceRow[]> {
  return db.read<CadenceRow>("SELECT id, since, done_until AS doneUntil FROM cadences");
}

/** Statement that begins to look after a cadence; one that is known stays as it is. */
export function beginCadence(id: string, version: number, since: number): Statement {
  return {
    sql: "INSERT INTO cadences (id, version, since, done_until) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
    args: [id, version, since, since],
  };
}

/** Statement that says until when a cadence is done; never backwards. */
export function cadenceDone(id: string, version: number, until: number): Statement {
  return {
    sql: "UPDATE cadences SET done_until = max(done_until, ?), version = ? WHERE id = ?",
    args: [until, version, id],
  };
}
