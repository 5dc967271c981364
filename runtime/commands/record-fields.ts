import type { Field } from "#engine/definition/field.ts";
import type { RecordType } from "#engine/definition/record-type.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { tryDayOfDate } from "#engine/time/epoch-day.ts";
import { dateAt, instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { didYouMean } from "#engine/words/closest.ts";
import { error, type Issue } from "#engine/words/issue.ts";
import { type Json, sameJson } from "#engine/words/json.ts";
import { pointer } from "#engine/words/pointer.ts";
import type { StoredRecord } from "../store/records-write.ts";

/** The record that typed fields make, or what is wrong with them. Whom it is about and its date are found by the type. */
export function recordOf(
  type: RecordType,
  id: string,
  fields: Record<string, Json>,
  directory: Directory,
): { record: StoredRecord; issues: Issue[] } {
  const issues: Issue[] = [];
  for (const name of Object.keys(fields)) {
    if (Object.hasOwn(type.fields, name)) continue;
    const hint = didYouMean(name, Object.keys(type.fields));
    issues.push(error("unknown-field", pointer("fields", name), `A ${type.title} has no field "${name}".`, hint));
  }
  for (const [name, field] of Object.entries(type.fields)) {
    const value = fields[name];
    const path = pointer("fields", name);
    if (value === undefined || value === null || value === "") {
      if (field.required) issues.push(error("missing", path, `"${field.title ?? name}" is missing.`));
      continue;
    }
    const problem = fieldProblem(field, value, directory);
    if (problem) issues.push(error("wrong-value", path, `"${field.title ?? name}" ${problem}.`));
  }
  const first = (kinds: string[]) => Object.keys(type.fields).find((name) => kinds.includes(type.fields[name]!.type));
  const about = fields[type.about ?? first(["person", "unit"]) ?? ""];
  const date = fields[type.date ?? first(["date", "date-time"]) ?? ""];
  const local = zone(directory.data.timeZone);
  const at = instantOf(date, local, "start");
  const aboutId = typeof about === "string" && about !== "" ? about : null;
  return {
    record: {
      id,
      type: type.id,
      aboutKind: aboutId === null ? null : directory.person(aboutId) ? "person" : "unit",
      about: aboutId,
      date: at === undefined ? null : dateAt(at, local),
      fields,
    },
    issues,
  };
}

/** What is wrong with a value for a field, as the end of a sentence; undefined where nothing is. */
function fieldProblem(field: Field, value: Json, directory: Directory): string | undefined {
  const known = (id: Json, has: (text: string) => boolean, what: string) =>
    typeof id === "string" && has(id) ? undefined : `names no ${what}`;
  switch (field.type) {
    case "number":
    case "integer": {
      if (typeof value !== "number" || !Number.isFinite(value)) return "is not a number";
      if (field.type === "integer" && !Number.isInteger(value)) return "is not a whole number";
      if (field.min !== undefined && value < field.min) return `is below ${field.min}`;
      return field.max !== undefined && value > field.max ? `is above ${field.max}` : undefined;
    }
    case "money":
      return typeof value === "number" || (typeof value === "string" && /^-?\d{1,15}(\.\d{1,4})?$/.test(value))
        ? undefined
        : 'is not an amount such as "12.50"';
    case "text":
      return typeof value === "string" && value.length <= 10_000
        ? undefined
        : "is not a text of at most 10,000 letters";
    case "boolean":
      return typeof value === "boolean" ? undefined : "is not true or false";
    case "date":
      return typeof value === "string" && tryDayOfDate(value) !== undefined
        ? undefined
        : "is not a date such as 2026-03-31";
    case "date-time":
      return instantOf(value, zone(directory.data.timeZone), "start") === undefined
        ? "is not a time such as 2026-03-31T09:00"
        : undefined;
    case "person":
      return known(value, (id) => directory.person(id) !== undefined, "person");
    case "people":
      return Array.isArray(value) && value.every((id) => typeof id === "string" && directory.person(id))
        ? undefined
        : "is not a list of people";
    case "unit":
      return known(value, (id) => directory.unit(id) !== undefined, "unit");
    case "choice":
      return (field.of ?? []).some((one) => sameJson(one, value)) ? undefined : "is not one of its choices";
    case "list":
      return Array.isArray(value) ? undefined : "is not a list";
    default:
      return field.type satisfies never;
  }
}
