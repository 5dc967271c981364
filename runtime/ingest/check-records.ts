import { setImmediate as breathe } from "node:timers/promises";
import type { Field } from "#engine/definition/field.ts";
import type { RecordType } from "#engine/definition/record-type.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { dateAt, instantOf } from "#engine/time/instant-text.ts";
import { type Zone, zone } from "#engine/time/zone.ts";
import { canonical, type Json, sameJson } from "#engine/words/json.ts";
import { sha256 } from "#engine/words/sha256.ts";
import type { StoredRecord } from "../store/records-write.ts";
import { type Checked, counted, listed, nothingChecked, SLICE } from "./checked.ts";
import { type MappedRow, type Mapping, mappedFields } from "./mapping.ts";
import { type Read, readBoolean, readDate, readDecimal, short } from "./values.ts";

/**
 * Checks a file of records against their type: every field has the type that the document gives it. Without an id in the
 * file, a record is known by its content, so that importing it again adds nothing.
 *
 * @param stored the current records of the type, by id
 */
export async function checkRecords(
  rows: readonly MappedRow[],
  mapping: Mapping,
  type: RecordType,
  known: OrganisationData,
  stored: ReadonlyMap<string, StoredRecord>,
): Promise<Checked> {
  const checked = nothingChecked();
  const mapped = mappedFields(mapping);
  const people = new Set(known.people.map((person) => person.id));
  const units = new Set(known.units.map((unit) => unit.id));
  const local = zone(known.timeZone);
  const aboutField = type.about ?? Object.keys(type.fields).find((name) => type.fields[name]?.type === "person");
  const dateField =
    type.date ??
    Object.keys(type.fields).find(
      (name) => type.fields[name]?.type === "date" || type.fields[name]?.type === "date-time",
    );
  const found: { row: number; record: StoredRecord }[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % SLICE === SLICE - 1) await breathe();
    const one = read(row);
    if (one) found.push(one);
  }
  const byId = Map.groupBy(found, ({ record }) => record.id);
  let unchanged = 0;
  for (const [id, list] of byId) {
    const [first] = list;
    if (!first) continue;
    if (list.some(({ record }) => !sameJson(record, first.record))) {
      for (const { row } of list)
        checked.refused.push({
          row,
          code: "duplicate-id",
          field: "id",
          message: `The record ${id} stands in rows ${listed(list.map((other) => other.row))} with different values.`,
        });
      continue;
    }
    for (const { row } of list.slice(1))
      checked.refused.push({
        row,
        code: "duplicate-record",
        field: "id",
        message: `The same record stands in row ${first.row} already; it counts once.`,
      });
    const old = stored.get(id);
    const now = old ? { ...first.record, fields: { ...untouched(old.fields), ...first.record.fields } } : first.record;
    if (old && sameJson(old, now)) {
      unchanged++;
      continue;
    }
    checked.writes.push({
      table: "records",
      keys: old ? [[now.type, now.id]] : [],
      rows: [[now.id, now.type, now.aboutKind, now.about, now.date, JSON.stringify(now.fields)]],
    });
    checked.changes.push({
      row: first.row,
      id,
      what: old ? "changed" : "added",
      words: `${type.title} ${id}${now.about ? ` about ${now.about}` : ""}${now.date ? `, ${now.date}` : ""} is ${old ? "changed" : "added"}.`,
      fields: old ? differences(old.fields, now.fields) : {},
    });
  }
  return counted(checked, unchanged);

  /** What the file says nothing about stays as it is. */
  function untouched(fields: Record<string, Json>): Record<string, Json> {
    return Object.fromEntries(Object.entries(fields).filter(([name]) => !mapped.has(name)));
  }

  function read({ row, values }: MappedRow): { row: number; record: StoredRecord } | undefined {
    const fields: Record<string, Json> = {};
    let good = true;
    const refuse = (code: string, field: string, message: string) => {
      good = false;
      checked.refused.push({ row, code, field, message });
    };
    for (const [name, field] of Object.entries(type.fields)) {
      const text = values[name] ?? "";
      if (text === "") {
        if (field.required) refuse("missing-value", name, `${name} is required.`);
        else if (field.default !== undefined) fields[name] = field.default;
        continue;
      }
      const value = readField(text, field, mapping, local);
      if (!value.ok) refuse("bad-value", name, `${name}: ${value.reason}.`);
      else if (field.type === "person" && !people.has(text))
        refuse("unknown-person", name, `${name}: the person ${short(text)} is not known.`);
      else if (field.type === "unit" && !units.has(text))
        refuse("unknown-unit", name, `${name}: the unit ${short(text)} is not known.`);
      else fields[name] = value.value;
    }
    if (!good) return undefined;
    const about = aboutField ? fields[aboutField] : undefined;
    const date = dateField ? fields[dateField] : undefined;
    const id = values.id || `${type.id}-${sha256(canonical(fields)).slice(0, 16)}`;
    return {
      row,
      record: {
        id,
        type: type.id,
        aboutKind:
          typeof about === "string"
            ? aboutField && type.fields[aboutField]?.type === "unit"
              ? "unit"
              : "person"
            : null,
        about: typeof about === "string" ? about : null,
        date: localDate(date, local),
        fields,
      },
    };
  }
}

/** A cell as the JSON value of a field. Instants become ISO texts in UTC, so that they read the same in every zone. */
function readField(text: string, field: Field, mapping: Mapping, local: Zone): Read<Json> {
  const within = (value: number): Read<Json> => {
    if (field.min !== undefined && value < field.min) return { ok: false, reason: `${value} is below ${field.min}` };
    if (field.max !== undefined && value > field.max) return { ok: false, reason: `${value} is above ${field.max}` };
    return { ok: true, value };
  };
  switch (field.type) {
    case "number":
    case "integer": {
      const number = readDecimal(text, mapping.decimalComma);
      if (!number.ok) return number;
      if (field.type === "integer" && number.value.includes("."))
        return { ok: false, reason: `"${short(text)}" is not a whole number` };
      return within(Number(number.value));
    }
    case "percent": {
      const number = readDecimal(text.replace(/\s*%$/, ""), mapping.decimalComma);
      // "80 %" and 0.8 say the same.
      return number.ok ? within(/%\s*$/.test(text) ? Number(number.value) / 100 : Number(number.value)) : number;
    }
    case "money":
      return readDecimal(text, mapping.decimalComma);
    case "boolean":
      return readBoolean(text);
    case "date":
      return readDate(text, mapping.dateOrder);
    case "date-time": {
      const instant = instantOf(text, local, "start");
      if (instant === undefined)
        return { ok: false, reason: `"${short(text)}" is not a date and time; write 2026-03-31T09:30` };
      return { ok: true, value: new Date(instant).toISOString() };
    }
    case "choice": {
      const found = (field.of ?? []).find((choice) => String(choice).toLowerCase() === text.toLowerCase());
      return found === undefined && field.of
        ? { ok: false, reason: `"${short(text)}" is not one of ${listed(field.of.map(String))}` }
        : { ok: true, value: found ?? text };
    }
    case "people":
    case "list":
      return {
        ok: true,
        value: text
          .split(/[;,]/)
          .map((part) => part.trim())
          .filter(Boolean),
      };
    case "text":
    case "person":
    case "unit":
      return { ok: true, value: text };
  }
}

/** The day of a date or an instant where the organisation is. */
function localDate(value: Json | undefined, local: Zone): string | null {
  if (typeof value !== "string") return null;
  const instant = value.length > 10 ? instantOf(value, local, "start") : undefined;
  return instant === undefined ? value.slice(0, 10) : dateAt(instant, local);
}

function differences(old: Record<string, Json>, now: Record<string, Json>) {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return Object.fromEntries(
    names.flatMap((name) =>
      sameJson(old[name] ?? null, now[name] ?? null)
        ? []
        : [[name, { before: old[name] ?? null, after: now[name] ?? null }]],
    ),
  );
}
