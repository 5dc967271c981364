import type { Assignment } from "#engine/organisation/model.ts";
import type { CheckContext, Checked } from "./checked.ts";
import { type DrawnLine, lineOn, overlapping } from "./lines.ts";
import type { PersonRow } from "./read-person.ts";
import type { UnitNames } from "./unit-names.ts";

/** One person of the file: the row that describes them (the latest, of several), and the lines that their rows draw. */
export interface Subject {
  main: PersonRow;
  rows: PersonRow[];
  lines: DrawnLine[];
}

/**
 * Draws the primary lines that a person's rows state. A line that cannot be drawn is refused; the person is taken all the same,
 * and somebody new keeps their unit.
 */
export function drawLines(
  subject: Subject,
  mapped: ReadonlySet<string>,
  existing: readonly Assignment[],
  isKnown: boolean,
  units: UnitNames,
  managerOf: (text: string) => string | undefined,
  context: CheckContext,
  checked: Checked,
): void {
  for (const row of subject.rows) {
    const refuse = (code: string, field: string, message: string) =>
      checked.refused.push({ row: row.row, code, field, message, lineOnly: true });
    const held = lineOn(existing, context.effectiveOn) ?? existing.at(-1);
    const unit = row.unit === undefined ? held?.unit : row.unit === "" ? undefined : units.idOf(row.unit);
    let manager = row.manager === undefined ? (held?.manager ?? null) : null;
    if (row.manager) {
      const found = managerOf(row.manager);
      if (found === undefined) {
        refuse(
          "unknown-manager",
          "manager",
          `The manager ${row.manager} of ${row.id} is neither in the file nor known.`,
        );
        if (existing.length > 0) continue;
      }
      if (found === row.id) {
        refuse("own-manager", "manager", `${row.id} is given as their own manager.`);
        if (existing.length > 0) continue;
      }
      manager = found === row.id ? null : (found ?? null);
    }
    if (unit === undefined && manager === null) continue;
    const validFrom =
      row.from ??
      (isKnown && existing.length > 0 ? context.effectiveOn : (row.profile.hireDate ?? context.effectiveOn));
    const validTo = row.to ?? row.profile.endDate ?? null;
    if (validTo !== null && validTo <= validFrom) continue;
    const line: Assignment = {
      person: row.id,
      unit: unit ?? units.idOf("No unit"),
      manager,
      kind: "primary",
      weight: "1",
      validFrom,
      validTo,
    };
    // A file without dates says how things are, not that they changed today.
    if (
      !mapped.has("from") &&
      held &&
      held.unit === line.unit &&
      held.manager === line.manager &&
      (held.validTo ?? null) === validTo
    )
      continue;
    if (!mapped.has("from") && row.profile.status === "left" && held && validTo === null) continue;
    subject.lines.push({ row: row.row, line });
  }
  const clashes = overlapping(subject.lines);
  for (const [drawn, other] of clashes)
    checked.refused.push({
      row: drawn.row,
      code: "overlapping-lines",
      field: "from",
      message: `The primary line of ${subject.main.id} from ${drawn.line.validFrom} to ${drawn.line.validTo ?? "no end"} overlaps the one of row ${other.row}: a person has one primary line at a time.`,
      lineOnly: true,
    });
  subject.lines = subject.lines.filter((drawn) => !clashes.has(drawn));
}
