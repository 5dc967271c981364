import type { Assignment, OrganisationData, Person } from "#engine/organisation/model.ts";
import { ALWAYS } from "../store/organisation-tables.ts";
import { unhurried } from "./breather.ts";
import { type CheckContext, type Checked, counted, listed, nothingChecked } from "./checked.ts";
import { drawLines, type Subject } from "./draw-lines.ts";
import { type MappedRow, type Mapping, mappedFields } from "./mapping.ts";
import { changeOf } from "./person-change.ts";
import { type PersonRow, readPerson } from "./read-person.ts";
import { refuseCycles } from "./refuse-cycles.ts";
import { UnitNames } from "./unit-names.ts";

/**
 * Checks a people file against the organisation: who is added, changed, moved, gone, and which rows or lines are refused.
 * The order of rows never matters: what clashes is refused on both sides. Several rows of one id are a history when the
 * file says from when each holds, and duplicates otherwise.
 */
export async function checkPeople(
  rows: readonly MappedRow[],
  mapping: Mapping,
  known: OrganisationData,
  context: CheckContext,
): Promise<Checked> {
  const checked = nothingChecked();
  const mapped = mappedFields(mapping);
  const drawsLines = mapped.has("unit") || mapped.has("manager");
  const subjects = await readSubjects(rows, mapping, mapped, known, checked);
  const people = new Map(known.people.map((person) => [person.id, person]));
  const existing = linesByPerson(known.assignments);
  const units = new UnitNames(known.units);
  const managerOf = managerResolver(subjects, people);

  if (drawsLines)
    for await (const subject of unhurried(sorted(subjects)))
      drawLines(
        subject,
        mapped,
        existing.get(subject.main.id) ?? [],
        people.has(subject.main.id),
        units,
        managerOf,
        context,
        checked,
      );
  refuseCycles(subjects, existing, checked);

  let unchanged = 0;
  for await (const subject of unhurried(sorted(subjects))) {
    const change = changeOf(
      subject,
      people.get(subject.main.id),
      existing.get(subject.main.id) ?? [],
      known,
      context,
      checked,
    );
    if (change) checked.changes.push(change);
    else unchanged++;
  }
  const unitRows = units.made.map((unit) => [
    unit.id,
    unit.title,
    unit.level,
    unit.parent,
    unit.timeZone,
    unit.calendar,
    ALWAYS,
    null,
  ]);
  checked.newUnits = units.made.map((unit) => unit.id);
  checked.writes = [
    ...unitRows.map((row) => ({ table: "units" as const, keys: [[row[0] ?? null, ALWAYS]], rows: [row] })),
    ...checked.writes.filter((write) => write.table === "profiles"),
    ...checked.writes.filter((write) => write.table === "assignments"),
  ];
  return counted(checked, unchanged);
}

const sorted = (subjects: Map<string, Subject>) =>
  [...subjects.values()].sort((a, b) => (a.main.id < b.main.id ? -1 : 1));

function linesByPerson(assignments: readonly Assignment[]): Map<string, Assignment[]> {
  const lines = new Map<string, Assignment[]>();
  for (const line of assignments) {
    if (line.kind !== "primary") continue;
    const list = lines.get(line.person);
    if (list) list.push(line);
    else lines.set(line.person, [line]);
  }
  return lines;
}

async function readSubjects(
  rows: readonly MappedRow[],
  mapping: Mapping,
  mapped: ReadonlySet<string>,
  known: OrganisationData,
  checked: Checked,
): Promise<Map<string, Subject>> {
  const byId = new Map<string, PersonRow[]>();
  for await (const row of unhurried(rows)) {
    const read = readPerson(row, mapped, mapping, known.currency);
    if ("refused" in read) checked.refused.push(...read.refused);
    else byId.set(read.person.id, [...(byId.get(read.person.id) ?? []), read.person]);
  }
  const subjects = new Map<string, Subject>();
  for (const [id, list] of byId) {
    if (list.length > 1 && !mapped.has("from")) {
      for (const person of list)
        checked.refused.push({
          row: person.row,
          code: "duplicate-id",
          field: "id",
          message: `The id ${id} stands in rows ${listed(list.map((other) => other.row))}: keep one, or map the column that says from when each row holds.`,
        });
      continue;
    }
    const ordered = [...list].sort((a, b) =>
      (a.from ?? "") < (b.from ?? "") ? -1 : (a.from ?? "") > (b.from ?? "") ? 1 : a.row - b.row,
    );
    const main = ordered.at(-1);
    if (main) subjects.set(id, { main, rows: ordered, lines: [] });
  }
  return subjects;
}

/** Finds the person that a manager's text means: a row's key, an id of the file, or a person already known. */
function managerResolver(
  subjects: ReadonlyMap<string, Subject>,
  people: ReadonlyMap<string, Person>,
): (text: string) => string | undefined {
  const byKey = new Map<string, string>();
  for (const subject of subjects.values()) for (const row of subject.rows) byKey.set(row.rowKey, subject.main.id);
  return (text) => byKey.get(text) ?? (subjects.has(text) || people.has(text) ? text : undefined);
}
