import type { OrganisationData, Unit } from "#engine/organisation/model.ts";
import { isZone } from "#engine/time/zone.ts";
import { ALWAYS } from "../store/organisation-tables.ts";
import { type Checked, counted, listed, nothingChecked } from "./checked.ts";
import type { MappedRow, Mapping } from "./mapping.ts";
import { mappedFields } from "./mapping.ts";
import { readDate, short } from "./values.ts";

type DatedUnit = Unit & { row: number; from: string; to: string | null };

/** Checks a file of units: ids, parents that exist (in the file or already), no circles. */
export function checkUnits(rows: readonly MappedRow[], mapping: Mapping, known: OrganisationData): Checked {
  const checked = nothingChecked();
  const mapped = mappedFields(mapping);
  const before = new Map(known.units.map((unit) => [unit.id, unit]));
  const taken = withoutDuplicates(rows.flatMap((row) => read(row) ?? []));
  refuseUnknownParents();
  let unchanged = 0;
  for (const unit of [...taken.values()].sort((a, b) => a.row - b.row)) {
    const old = before.get(unit.id);
    const fields = Object.fromEntries(
      (["title", "level", "parent", "timeZone", "calendar"] as const).flatMap((key) =>
        old && old[key] !== unit[key] ? [[key, { before: old[key], after: unit[key] }]] : [],
      ),
    );
    if (old && Object.keys(fields).length === 0) {
      unchanged++;
      continue;
    }
    const moved = old !== undefined && old.parent !== unit.parent;
    checked.writes.push({
      table: "units",
      keys: [[unit.id, unit.from]],
      rows: [[unit.id, unit.title, unit.level, unit.parent, unit.timeZone, unit.calendar, unit.from, unit.to]],
    });
    if (!old) checked.newUnits.push(unit.id);
    checked.changes.push({
      row: unit.row,
      id: unit.id,
      what: old ? (moved ? "moved" : "changed") : "added",
      words: old
        ? `${unit.title}: ${listed(Object.entries(fields).map(([key, { before: was, after }]) => `${key} ${was ?? "nothing"} → ${after ?? "nothing"}`))}.`
        : `${unit.title} is added${unit.parent ? ` below ${unit.parent}` : ""}.`,
      fields,
    });
  }
  return counted(checked, unchanged);

  function read({ row, values }: MappedRow): DatedUnit | undefined {
    const refuse = (code: string, field: string, message: string) => {
      checked.refused.push({ row, code, field, message });
      return undefined;
    };
    const id = values.id ?? "";
    if (id === "") return refuse("missing-id", "id", "The row has no unit id.");
    const old = before.get(id);
    const stated = (field: "title" | "level" | "parent" | "timeZone" | "calendar", fallback: string | null) =>
      mapped.has(field) ? values[field] || null : (old?.[field] ?? fallback);
    const from = values.from ? readDate(values.from, mapping.dateOrder) : { ok: true as const, value: null };
    const to = values.to ? readDate(values.to, mapping.dateOrder) : { ok: true as const, value: null };
    if (!from.ok) return refuse("bad-date", "from", `from: ${from.reason}.`);
    if (!to.ok) return refuse("bad-date", "to", `to: ${to.reason}.`);
    const start = from.value ?? ALWAYS;
    if (to.value !== null && to.value <= start)
      return refuse("end-before-start", "to", `The unit ends on ${to.value}, before it starts on ${start}.`);
    const timeZone = stated("timeZone", null);
    if (timeZone && !isZone(timeZone))
      return refuse(
        "bad-time-zone",
        "timeZone",
        `timeZone: "${short(timeZone)}" is not a time zone; write Europe/Berlin.`,
      );
    return {
      row,
      id,
      title: stated("title", id) ?? id,
      level: stated("level", "department") ?? "department",
      parent: stated("parent", null),
      timeZone,
      calendar: stated("calendar", null),
      from: start,
      to: to.value,
    };
  }

  function withoutDuplicates(units: DatedUnit[]): Map<string, DatedUnit> {
    const byId = Map.groupBy(units, (unit) => unit.id);
    for (const [id, list] of byId) {
      if (list.length === 1) continue;
      for (const unit of list)
        checked.refused.push({
          row: unit.row,
          code: "duplicate-id",
          field: "id",
          message: `The unit ${id} stands in rows ${listed(list.map((other) => other.row))}.`,
        });
      byId.delete(id);
    }
    return new Map([...byId].flatMap(([id, list]) => (list[0] ? [[id, list[0]] as const] : [])));
  }

  /** A refused unit takes those below it along, so this goes on until nothing more falls. */
  function refuseUnknownParents(): void {
    for (let fell = true; fell; ) {
      fell = false;
      for (const unit of [...taken.values()]) {
        if (unit.parent === null) continue;
        const circle = circleOf(unit);
        const unknown = !taken.has(unit.parent) && !before.has(unit.parent);
        if (!unknown && !circle) continue;
        checked.refused.push({
          row: unit.row,
          code: circle ? "unit-cycle" : "unknown-parent",
          field: "parent",
          message: circle
            ? `${circle.join(" → ")}: these units lie inside each other in a circle.`
            : `The parent unit ${unit.parent} of ${unit.id} is neither in the file nor known.`,
        });
        if (!circle) taken.delete(unit.id);
        else for (const id of circle) taken.delete(id);
        fell = true;
      }
    }
  }

  function circleOf(unit: DatedUnit): string[] | undefined {
    const path = [unit.id];
    for (let at = unit.parent; at !== null; ) {
      if (at === unit.id) return [...path, at];
      if (path.includes(at)) return undefined;
      path.push(at);
      at = (taken.get(at) ?? before.get(at))?.parent ?? null;
    }
    return undefined;
  }
}
