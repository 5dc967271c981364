import type { Person } from "#engine/organisation/model.ts";
import type { Statement } from "../db/client.ts";
import { insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";
import { profileCells } from "./people-rows.ts";

/** Statements that add people or new versions of them, whole. */
export function peopleStatements(people: readonly Person[], stamp: Stamp): Statement[] {
  if (people.length === 0) return [];
  return [
    {
      sql: "INSERT INTO people (id, created_at) SELECT value, ? FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING",
      args: [stamp.recordedAt, JSON.stringify(people.map((person) => person.id))],
    },
    supersede(
      TABLES.profiles,
      people.map((person) => [person.id]),
      stamp,
    ),
    insertVersions(TABLES.profiles, people.map(profileCells), stamp),
  ];
}

/** Columns of `profiles` that a record step may write by the name the person's fact has. */
const COLUMN_OF: Record<string, string> = {
  title: "title",
  role: "role",
  grade: "grade",
  status: "status",
  email: "email",
  hireDate: "hire_date",
  endDate: "end_date",
  timeZone: "time_zone",
  calendar: "calendar",
  fte: "fte",
};

/** The version that readers still see while an import stages the next one: writing on from it must collide, not vanish. */
const heldByImport =
  "(superseded_import_no IN (SELECT no FROM pending_imports) AND import_no NOT IN (SELECT no FROM pending_imports))";

/**
 * Statements that set one field of a person (`person.rating`), as a new version of the profile. They add nothing when the
 * person does not exist, and fail (UNIQUE) while an import is writing the same person: try again after it.
 * @param value JSON text of the value
 */
export function personFieldStatements(person: string, field: string, value: string, recordedAt: number): Statement[] {
  const column = COLUMN_OF[field];
  const columns = TABLES.profiles.columns.map((name) => {
    if (column === name) return "json_extract(:value, '$')";
    if (column === undefined && name === "fields") return "json_set(fields, :path, json(:value))";
    return name;
  });
  return [
    supersede(TABLES.profiles, [[person]], { recordedAt, importNo: 0 }),
    {
      sql: `INSERT INTO profiles (${TABLES.profiles.columns.join(", ")}, recorded_at)
            SELECT ${columns.join(", ")}, :at FROM profiles
            WHERE person = :person AND ((superseded_at = :at AND superseded_import_no = 0) OR ${heldByImport})
            ORDER BY rowid DESC LIMIT 1`,
      args: { value, at: recordedAt, person, ...(column === undefined ? { path: `$."${field}"` } : {}) },
    },
  ];
}
