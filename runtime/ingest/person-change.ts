import type { Assignment, OrganisationData, Person } from "#engine/organisation/model.ts";
import { type Json, sameJson } from "#engine/words/json.ts";
import { profileCells } from "../store/people-rows.ts";
import { type Change, type CheckContext, type Checked, listed } from "./checked.ts";
import type { Subject } from "./draw-lines.ts";
import { lineChanges, lineOn, overlay } from "./lines.ts";
import type { PersonRow } from "./read-person.ts";

/** What a person's rows change, in words; the rows to write are added to `checked`. Undefined where nothing changes. */
export function changeOf(
  subject: Subject,
  before: Person | undefined,
  existing: readonly Assignment[],
  known: OrganisationData,
  context: CheckContext,
  checked: Checked,
): Change | undefined {
  const { main } = subject;
  const after = profileOf(main, before, known, context);
  let wanted = overlay(
    existing,
    subject.lines.map((drawn) => drawn.line),
  );
  if (after.status === "left") wanted = closedAt(wanted, after.endDate ?? context.effectiveOn);
  const lines = lineChanges(existing, wanted);
  const fields = before ? differences(before, after) : {};
  const changed = !before || Object.keys(fields).length > 0;
  if (changed) checked.writes.push({ table: "profiles", keys: [[after.id]], rows: [profileCells(after)] });
  if (lines) checked.writes.push(lines);
  if (!before) checked.newPeople.push(after.id);
  if (!changed && !lines) return undefined;
  const old = lineOn(existing, context.effectiveOn) ?? existing.at(-1);
  const now = subject.lines.at(-1)?.line;
  if (before && lines && now) {
    if (old?.unit !== now.unit) fields.unit = { before: old?.unit ?? null, after: now.unit };
    if ((old?.manager ?? null) !== now.manager) fields.manager = { before: old?.manager ?? null, after: now.manager };
  }
  const leaves = after.status === "left" && before !== undefined && before.status !== "left";
  const what = !before ? "added" : leaves ? "left" : lines ? "moved" : "changed";
  return { row: main.row, id: after.id, what, words: inWords(what, after, now, fields), fields };
}

function profileOf(row: PersonRow, before: Person | undefined, known: OrganisationData, context: CheckContext): Person {
  const blank: Person = {
    id: row.id,
    name: row.id,
    email: null,
    status: "active",
    title: null,
    role: null,
    grade: null,
    hireDate: null,
    endDate: null,
    timeZone: null,
    calendar: null,
    fte: "1",
    salaryMinor: null,
    currency: known.currency,
    fields: {},
  };
  const person = { ...(before ?? blank), ...row.profile, id: row.id, fields: { ...before?.fields, ...row.fields } };
  // An end date in the past says it too, unless the file has a status of its own.
  if (row.profile.status === undefined && person.endDate !== null && person.endDate <= context.effectiveOn)
    person.status = "left";
  return person;
}

/** The lines of somebody who left, ended on that day; lines that begin later are dropped. History that had ended stays. */
function closedAt(lines: readonly Assignment[], date: string): Assignment[] {
  return lines.flatMap((line) => {
    if (line.validTo !== null && line.validTo <= date) return [line];
    if (line.validFrom >= date) return [];
    return [{ ...line, validTo: date }];
  });
}

const COMPARED = [
  "name",
  "email",
  "status",
  "title",
  "role",
  "grade",
  "hireDate",
  "endDate",
  "timeZone",
  "calendar",
  "fte",
  "salaryMinor",
  "currency",
] as const;

function differences(before: Person, after: Person): Change["fields"] {
  const found: Change["fields"] = {};
  for (const key of COMPARED) if (before[key] !== after[key]) found[key] = { before: before[key], after: after[key] };
  for (const key of Object.keys(after.fields)) {
    const [old, now]: [Json, Json] = [before.fields[key] ?? null, after.fields[key] ?? null];
    if (!sameJson(old, now)) found[`fields.${key}`] = { before: old, after: now };
  }
  return found;
}

function inWords(what: Change["what"], person: Person, line: Assignment | undefined, fields: Change["fields"]): string {
  if (what === "added")
    return `${person.name} is added${line ? `, in ${line.unit}${line.manager ? `, reporting to ${line.manager}` : ""}` : ""}.`;
  if (what === "left") return `${person.name} has left${person.endDate ? ` on ${person.endDate}` : ""}.`;
  const parts = Object.entries(fields).map(([field, { before, after }]) => `${field} ${text(before)} → ${text(after)}`);
  return `${person.name}: ${parts.length > 0 ? listed(parts, 6) : "dates of the line"}.`;
}

const text = (value: Json) => (value === null ? "nothing" : typeof value === "string" ? value : JSON.stringify(value));
