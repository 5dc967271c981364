import type { Assignment } from "#engine/organisation/model.ts";
import type { Statement } from "../db/client.ts";
import { type Cell, insertVersions, type Stamp, supersede } from "../db/versioned.ts";
import { TABLES } from "./organisation-tables.ts";

const cells = (a: Assignment): Cell[] => [a.person, a.unit, a.manager, a.kind, a.weight, a.validFrom, a.validTo];
const key = (a: Assignment): Cell[] => [a.person, a.kind, a.unit, a.validFrom];

/**
 * Statements that replace reporting lines: `ended` are taken back as they were, `lines` are recorded. To move a person on a
 * date, take the open line back and record it with an end, together with the new line. Two primary lines with one start
 * fail; overlaps are the caller's to refuse (see runtime/ingest).
 */
export function assignmentsStatements(
  lines: readonly Assignment[],
  stamp: Stamp,
  ended: readonly Assignment[] = [],
): Statement[] {
  const statements: Statement[] = [];
  const keys = [...ended, ...lines].map(key);
  if (keys.length > 0) statements.push(supersede(TABLES.assignments, keys, stamp));
  if (lines.length > 0) statements.push(insertVersions(TABLES.assignments, lines.map(cells), stamp));
  return statements;
}
