import type { RecordType } from "#engine/definition/record-type.ts";
import { didYouMean } from "#engine/words/closest.ts";
import { error, type Issue } from "#engine/words/issue.ts";
import { type FieldSpec, IMPORT_KINDS, type ImportKind, plainName } from "./kinds.ts";
import type { Separator } from "./separator.ts";
import type { Table } from "./table.ts";
import type { DateOrder } from "./values.ts";

/** Which column is which field. Saved with the import, so that the next file of the same system needs no step. */
export interface Mapping {
  /**
   * Field by column name; null leaves a column out. Several columns of one text field are joined by a space. A key that
   * starts with `=` is a constant for every row: `{ "=sales-quota": "metric" }`.
   */
  columns: Record<string, string | null>;
  hasHeader?: boolean;
  separator?: Separator;
  dateOrder?: DateOrder;
  decimalComma?: boolean;
}

/** The fields that a kind of import knows; records have those of their type. */
export function fieldsOf(kind: ImportKind, recordType?: RecordType): FieldSpec[] {
  const fields: FieldSpec[] = [...IMPORT_KINDS[kind]];
  for (const [name, spec] of Object.entries(recordType?.fields ?? {}))
    if (!fields.some((field) => field.name === name))
      fields.push({
        name,
        title: spec.title ?? name,
        known: [plainName(name)],
        ...(spec.required ? { required: true } : {}),
      });
  return fields;
}

/** The mapping that the header names suggest. Each field is suggested once, for the column whose name fits best. */
export function suggestMapping(kind: ImportKind, table: Table, recordType?: RecordType): Mapping {
  const columns: Record<string, string | null> = Object.fromEntries(table.columns.map((column) => [column, null]));
  const free = new Set(table.columns);
  for (const field of fieldsOf(kind, recordType)) {
    for (const known of field.known) {
      const column = [...free].find((candidate) => plainName(candidate) === plainName(known));
      if (column === undefined) continue;
      columns[column] = field.name;
      free.delete(column);
      break;
    }
  }
  return { columns };
}

/** Whether a mapping can be used with this file: known columns, known fields, required fields present, nothing twice. */
export function mappingIssues(kind: ImportKind, mapping: Mapping, table: Table, recordType?: RecordType): Issue[] {
  const issues: Issue[] = [];
  const fields = fieldsOf(kind, recordType);
  const used = new Map<string, string>();
  for (const [column, target] of Object.entries(mapping.columns)) {
    if (!column.startsWith("=") && !table.columns.includes(column))
      issues.push(
        error(
          "unknown-column",
          `/${column}`,
          `The file has no column "${column}".`,
          didYouMean(column, table.columns) ?? `It has: ${table.columns.slice(0, 20).join(", ")}.`,
        ),
      );
    if (target === null) continue;
    if (!isField(kind, target, fields))
      issues.push(
        error(
          "unknown-field",
          `/${column}`,
          `"${target}" is not a field of ${kind}.`,
          didYouMean(
            target,
            fields.map((field) => field.name),
          ) ?? "Choose one of the list.",
        ),
      );
    const before = used.get(target);
    if (before !== undefined && target !== "name" && target !== "fields")
      issues.push(
        error(
          "field-mapped-twice",
          `/${column}`,
          `"${before}" and "${column}" are both mapped to ${target}.`,
          "Leave one of them out.",
        ),
      );
    used.set(target, column);
  }
  for (const field of fields)
    if (field.required && !used.has(field.name))
      issues.push(
        error("field-not-mapped", "", `No column is mapped to ${field.title}.`, "Choose the column that holds it."),
      );
  if (kind === "observations") issues.push(...observationIssues(used));
  return issues;
}

function isField(kind: ImportKind, target: string, fields: readonly FieldSpec[]): boolean {
  if (fields.some((field) => field.name === target)) return true;
  if (kind === "people") return /^fields\.[a-z][a-zA-Z0-9]*$/.test(target);
  return kind === "observations" && /^(value|target):[a-z][a-z0-9-]*$/.test(target);
}

function observationIssues(used: ReadonlyMap<string, string>): Issue[] {
  const issues: Issue[] = [];
  const wide = [...used.keys()].some((target) => /^(value|target):/.test(target));
  if (!wide && !used.has("metric"))
    issues.push(
      error(
        "field-not-mapped",
        "",
        "Nothing says which metric the values are of.",
        'Map a column to Metric id, or give a constant: { "=sales-quota": "metric" }.',
      ),
    );
  if (!wide && !used.has("value") && !used.has("target"))
    issues.push(
      error(
        "field-not-mapped",
        "",
        "No column is mapped to Value or Target.",
        "Choose the column that holds the numbers.",
      ),
    );
  if (!used.has("period") && !used.has("from"))
    issues.push(
      error(
        "field-not-mapped",
        "",
        "Nothing says which period the values are of.",
        "Map a column to Period or to Period from.",
      ),
    );
  return issues;
}

/** A row of the file with the texts of our fields, trimmed; a field that is blank is "". */
export interface MappedRow {
  row: number;
  values: Record<string, string>;
}

/** The rows in the words of our fields. */
export function mapRows(table: Table, mapping: Mapping): MappedRow[] {
  const sources: { at: number; field: string; constant?: string }[] = [];
  for (const [column, target] of Object.entries(mapping.columns)) {
    if (target === null) continue;
    if (column.startsWith("=")) sources.push({ at: -1, field: target, constant: column.slice(1) });
    else sources.push({ at: table.columns.indexOf(column), field: target });
  }
  sources.sort((a, b) => a.at - b.at);
  return table.rows.map(({ row, cells }) => {
    const values: Record<string, string> = {};
    for (const source of sources) {
      const text = source.constant ?? (cells[source.at] ?? "").trim();
      const before = values[source.field];
      values[source.field] = before ? `${before} ${text}`.trim() : text;
    }
    return { row, values };
  });
}

/** The fields that some column or constant is mapped to. */
export function mappedFields(mapping: Mapping): Set<string> {
  return new Set(Object.values(mapping.columns).filter((target) => target !== null));
}
