import type { Assignment, OrganisationData } from "#engine/organisation/model.ts";
import { ALWAYS } from "../store/organisation-tables.ts";
import { unhurried } from "./breather.ts";
import { type CheckContext, type Checked, counted, listed, nothingChecked } from "./checked.ts";
import { cyclesThrough } from "./cycles.ts";
import { type DrawnLine, lineChanges, lineOn, overlapping, overlay } from "./lines.ts";
import { type MappedRow, type Mapping, mappedFields } from "./mapping.ts";
import { UnitNames } from "./unit-names.ts";
import { readDate, readDecimal, readWord } from "./values.ts";

/**
 * Checks a file of dated lines (who worked where, reporting to whom, from when to when) against the organisation. Primary
 * lines are laid over the stored ones; overlaps within the file and circles are refused, with both rows named.
 */
export async function checkAssignments(
  rows: readonly MappedRow[],
  mapping: Mapping,
  known: OrganisationData,
  context: CheckContext,
): Promise<Checked> {
  const checked = nothingChecked();
  const mapped = mappedFields(mapping);
  const people = new Set(known.people.map((person) => person.id));
  const units = new UnitNames(known.units);
  const existing = Map.groupBy(known.assignments, (line) => line.person);
  const primary = (person: string) => (existing.get(person) ?? []).filter((line) => line.kind === "primary");
  const found: DrawnLine[] = [];
  for await (const row of unhurried([...rows].sort((a, b) => ((a.values.unit ?? "") < (b.values.unit ?? "") ? -1 : 1))))
    found.push(...[read(row) ?? []].flat());
  const drawn = Map.groupBy(found, ({ line }) => line.person);
  refuseOverlaps();
  refuseCircles();
  let unchanged = 0;
  for await (const [person, lines] of unhurried([...drawn].sort(([a], [b]) => (a < b ? -1 : 1)))) {
    const wanted = [
      ...overlay(
        primary(person),
        lines.filter(({ line }) => line.kind === "primary").map(({ line }) => line),
      ),
      ...overlayMatrix(
        (existing.get(person) ?? []).filter((line) => line.kind === "matrix"),
        lines.filter(({ line }) => line.kind === "matrix").map(({ line }) => line),
      ),
    ];
    const write = lineChanges(existing.get(person) ?? [], wanted);
    if (!write) {
      unchanged += lines.length;
      continue;
    }
    checked.writes.push(write);
    for (const { row, line } of lines) {
      const same = (existing.get(person) ?? []).some(
        (old) =>
          old.validFrom === line.validFrom &&
          old.validTo === line.validTo &&
          old.unit === line.unit &&
          old.manager === line.manager,
      );
      if (same) unchanged++;
      else
        checked.changes.push({
          row,
          id: person,
          what: existing.has(person) ? "moved" : "added",
          words: `${person} is in ${line.unit}${line.manager ? `, reporting to ${line.manager},` : ""} from ${line.validFrom}${line.validTo ? ` to ${line.validTo}` : ""}.`,
          fields: {},
        });
    }
  }
  checked.newUnits = units.made.map((unit) => unit.id);
  checked.writes.unshift(
    ...units.made.map((unit) => ({
      table: "units" as const,
      keys: [[unit.id, ALWAYS]],
      rows: [[unit.id, unit.title, unit.level, unit.parent, unit.timeZone, unit.calendar, ALWAYS, null]],
    })),
  );
  return counted(checked, unchanged);

  function read({ row, values }: MappedRow): DrawnLine | undefined {
    const refuse = (code: string, field: string, message: string) => {
      checked.refused.push({ row, code, field, message });
      return undefined;
    };
    const person = values.person ?? "";
    if (!people.has(person))
      return refuse("unknown-person", "person", `The person ${person || "(blank)"} is not known: import people first.`);
    const from = readDate(values.from ?? "", mapping.dateOrder);
    if (!from.ok || from.value === null)
      return refuse("bad-date", "from", `from: ${from.ok ? "a line needs a start" : from.reason}.`);
    const to = values.to ? readDate(values.to, mapping.dateOrder) : { ok: true as const, value: null };
    if (!to.ok) return refuse("bad-date", "to", `to: ${to.reason}.`);
    if (to.value !== null && to.value < from.value)
      return refuse("end-before-start", "to", `The line ends on ${to.value}, before it starts on ${from.value}.`);
    if (to.value === from.value)
      return refuse("empty-period", "to", `The line starts and ends on ${from.value}: it holds on no day.`);
    const kind = values.kind
      ? readWord(values.kind, ["primary", "matrix"], { "dotted-line": "matrix", dotted: "matrix", solid: "primary" })
      : { ok: true as const, value: "primary" as const };
    if (!kind.ok) return refuse("bad-word", "kind", `kind: ${kind.reason}.`);
    const weight = values.weight ? readDecimal(values.weight, mapping.decimalComma) : { ok: true as const, value: "1" };
    if (!weight.ok) return refuse("bad-number", "weight", `weight: ${weight.reason}.`);
    const lines = primary(person);
    const held = lineOn(lines, to.value === null ? context.effectiveOn : from.value) ?? lineOn(lines, from.value);
    const manager = mapped.has("manager") ? values.manager || null : (held?.manager ?? null);
    if (manager !== null && !people.has(manager))
      return refuse("unknown-manager", "manager", `The manager ${manager} of ${person} is not known.`);
    if (manager === person) return refuse("own-manager", "manager", `${person} is given as their own manager.`);
    const unit = values.unit ? units.idOf(values.unit) : held?.unit;
    if (unit === undefined)
      return refuse("missing-unit", "unit", `The line of ${person} names no unit, and none is known.`);
    return {
      row,
      line: { person, unit, manager, kind: kind.value, weight: weight.value, validFrom: from.value, validTo: to.value },
    };
  }

  function refuseOverlaps(): void {
    for (const [person, lines] of drawn) {
      const clashes = overlapping(lines.filter(({ line }) => line.kind === "primary"));
      for (const [one, other] of clashes)
        checked.refused.push({
          row: one.row,
          code: "overlapping-lines",
          field: "from",
          message: `The primary line of ${person} from ${one.line.validFrom} to ${one.line.validTo ?? "no end"} overlaps the one of row ${other.row}: a person has one primary line at a time.`,
        });
      drawn.set(
        person,
        lines.filter((line) => !clashes.has(line)),
      );
    }
  }

  function refuseCircles(): void {
    for (;;) {
      const linesOf = (person: string) =>
        overlay(
          primary(person),
          (drawn.get(person) ?? []).filter(({ line }) => line.kind === "primary").map(({ line }) => line),
        );
      const cycles = cyclesThrough(
        linesOf,
        [...drawn.values()]
          .flat()
          .filter(({ line }) => line.kind === "primary")
          .map(({ line }) => line),
      );
      if (cycles.size === 0) return;
      for (const [person, lines] of drawn) {
        for (const { row, line } of lines) {
          const cycle = cycles.get(line);
          if (cycle)
            checked.refused.push({
              row,
              code: "reporting-cycle",
              field: "manager",
              message: `${listed([...cycle, cycle[0] ?? ""], 12).replaceAll(", ", " → ")}: they report to each other in a circle.`,
            });
        }
        drawn.set(
          person,
          lines.filter(({ line }) => !cycles.has(line)),
        );
      }
    }
  }
}

/** Matrix lines stand beside each other; one to the same unit from the same day is replaced. */
function overlayMatrix(existing: readonly Assignment[], incoming: readonly Assignment[]): Assignment[] {
  const replaced = existing.filter(
    (old) => !incoming.some((line) => line.unit === old.unit && line.validFrom === old.validFrom),
  );
  return [...replaced, ...incoming];
}
