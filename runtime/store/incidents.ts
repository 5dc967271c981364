import type { Database, Statement } from "../db/client.ts";

/** Something that could not be carried out and waits for a person. */
export interface Incident {
  id: number;
  caseId: string;
  what: string;
  message: string;
  at: number;
}

/** Statements that open an incident, and park the timer that caused it so that it is not tried for ever. */
export function incidentStatements(
  caseId: string,
  what: string,
  message: string,
  at: number,
  timer?: { id: string; generation: number },
): Statement[] {
  return [
    {
      sql: "INSERT INTO incidents (case_id, what, message, at) VALUES (?, ?, ?, ?)",
      args: [caseId, what, message.slice(0, 2000), at],
    },
    ...(timer
      ? [
          {
            sql: "UPDATE timers SET parked = ? WHERE case_id = ? AND id = ? AND generation = ?",
            args: [message.slice(0, 500), caseId, timer.id, timer.generation],
          },
        ]
      : []),
  ];
}

/** Statements that close the incidents of a case and let its parked timers fire again: what `retry` does. */
export function resolveIncidents(caseId: string, at: number): Statement[] {
  return [
    { sql: "UPDATE incidents SET resolved_at = ? WHERE case_id = ? AND resolved_at IS NULL", args: [at, caseId] },
    { sql: "UPDATE timers SET parked = NULL WHERE case_id = ? AND parked IS NOT NULL", args: [caseId] },
  ];
}

/** Open incidents, the newest first. */
export function openIncidents(db: Database, limit = 200): Promise<Incident[]> {
  return db.read<Incident>(
    "SELECT id, case_id AS caseId, what, message, at FROM incidents WHERE resolved_at IS NULL ORDER BY id DESC LIMIT ?",
    [limit],
  );
}

/** An open incident by its number; undefined where it is resolved or there is none. */
export async function readIncident(db: Database, id: number): Promise<Incident | undefined> {
  const [row] = await db.read<Incident>(
    "SELECT id, case_id AS caseId, what, message, at FROM incidents WHERE id = ? AND resolved_at IS NULL",
    [id],
  );
  return row;
}

/** Statement that closes one incident and leaves what it set aside where it is. */
export function closeIncident(id: number, at: number): Statement {
  return { sql: "UPDATE incidents SET resolved_at = ? WHERE id = ? AND resolved_at IS NULL", args: [at, id] };
}

/** How often something of the same name could not be carried out for a case: the tries that its history keeps. */
export async function triesOf(db: Database, caseId: string, what: string): Promise<number> {
  const [row] = await db.read<{ n: number }>("SELECT count(*) AS n FROM incidents WHERE case_id = ? AND what = ?", [
    caseId,
    what,
  ]);
  return row?.n ?? 0;
}
