import type { Absence } from "#engine/organisation/model.ts";
import type { Database, Statement } from "../db/client.ts";

/** Statement that declares an absence, `[from, to)`, with who acts meanwhile. */
export function declareAbsence(absence: Absence, recordedAt: number): Statement {
  return {
    sql: "INSERT INTO absences (person, from_date, to_date, delegate, recorded_at) VALUES (?, ?, ?, ?, ?) RETURNING id",
    args: [absence.person, absence.from, absence.to, absence.delegate, recordedAt],
  };
}

/** Statement that takes an absence back; RETURNING says whether there was one. */
export function withdrawAbsence(id: number, at: number): Statement {
  return {
    sql: "UPDATE absences SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL RETURNING id",
    args: [at, id],
  };
}

/** The declared absences of a person, the latest first. */
export async function absencesOf(db: Database, person: string): Promise<(Absence & { id: number })[]> {
  return db.read<Absence & { id: number }>(
    `SELECT id, person, from_date AS "from", to_date AS "to", delegate FROM absences
     WHERE person = ? AND withdrawn_at IS NULL ORDER BY from_date DESC`,
    [person],
  );
}
