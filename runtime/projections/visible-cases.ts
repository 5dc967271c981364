import type { InValue } from "@libsql/client";
import type { Reader } from "../access/reader.ts";
import { known } from "../db/as-of.ts";

/** A condition of SQL with its named arguments. */
export interface SqlCondition {
  sql: string;
  args: Record<string, InValue>;
}

/**
 * Which cases (alias `c`) a reader may see: those about people and units that the policy opens, about records of these, and
 * those in which the reader has or had a task. An escalation about the reader is only seen with a task in it.
 */
export function visibleCases(reader: Reader): SqlCondition {
  const { policy } = reader;
  const people = policy.peopleIds();
  const units = policy.unitIds();
  if (people === undefined || units === undefined) return { sql: "1", args: {} };
  const among = (column: string, ids: string) => `${column} IN (SELECT value FROM json_each(${ids}))`;
  return {
    sql: `(
      (c.subject_kind = 'person' AND ${among("c.subject", ":people")} AND (c.kind = 'workflow' OR c.subject <> :me))
      OR (c.subject_kind = 'unit' AND ${among("c.subject", ":units")})
      OR (c.subject_kind = 'record' AND EXISTS (
        SELECT 1 FROM records AS rec WHERE rec.id = c.subject AND rec.type = c.subject_type AND ${known("rec")} AND (
          (rec.about_kind = 'person' AND ${among("rec.about", ":people")} AND (c.kind = 'workflow' OR rec.about <> :me))
          OR (rec.about_kind = 'unit' AND ${among("rec.about", ":units")}))))
      OR c.id IN (SELECT mt.case_id FROM task_people AS mp JOIN tasks AS mt ON mt.id = mp.task WHERE mp.person = :me))`,
    args: { people: JSON.stringify(people), units: JSON.stringify(units), me: reader.personId ?? "" },
  };
}
