import { fieldProblem } from "#engine/definition/field-problem.ts";
import type { RecordType } from "#engine/definition/record-type.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { dateAt, instantOf } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";
import { didYouMean } from "#engine/words/closest.ts";
import { error, type Issue } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
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
