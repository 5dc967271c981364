import type { DecisionTable } from "#engine/rules/table.ts";
import { writeOutput } from "#engine/rules/table-output-text.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import { words } from "../../text/kinds.ts";

export type Column = DecisionTable["columns"][number];
export type Output = DecisionTable["outputs"][number];

/** Where a column of the grid stands in the document: a condition, an answer, or the note of a row. */
export type Place = ColumnPlace | { side: "note" };

/** A column with a definition of its own: a condition or an answer. */
export interface ColumnPlace {
  side: "cells" | "out";
  at: number;
}

/** A decision table as a spreadsheet: columns of three kinds beside each other, rows, and the default row below them. */
export interface Sheet {
  columns: readonly Column[];
  outputs: readonly Output[];
  rows: readonly JsonObject[];
  /** What is answered where no row fits; undefined where nothing is said. */
  fallback: readonly Json[] | undefined;
  /** Conditions, answers and the note. */
  width: number;
  hitPolicy: string;
  event: string;
}

export const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const objects = (value: Json | undefined): JsonObject[] => list(value).filter(isObject);

/** The table of a document as it is written, whatever is wrong with it. */
export function sheetOf(table: Json | undefined): Sheet {
  const given = isObject(table) ? table : {};
  const columns = objects(given.columns) as unknown as Column[];
  const outputs = objects(given.outputs) as unknown as Output[];
  return {
    columns,
    outputs,
    rows: objects(given.rows),
    fallback: Array.isArray(given.default) ? given.default : undefined,
    width: columns.length + outputs.length + 1,
    hitPolicy: typeof given.hitPolicy === "string" ? given.hitPolicy : "first",
    event: typeof given.event === "string" ? given.event : "",
  };
}

/** What a column of the grid is. */
export function placeOf(sheet: Pick<Sheet, "columns" | "outputs">, column: number): Place {
  if (column < sheet.columns.length) return { side: "cells", at: column };
  const at = column - sheet.columns.length;
  return at < sheet.outputs.length ? { side: "out", at } : { side: "note" };
}

/** A row's cell as a person reads and types it. The row after the last one is the default row, which has answers only. */
export function textAt(sheet: Sheet, row: number, column: number): string {
  const place = placeOf(sheet, column);
  if (row >= sheet.rows.length) {
    if (place.side !== "out") return "";
    const value = sheet.fallback?.[place.at];
    return value === undefined ? "" : writeOutput(value, sheet.outputs[place.at]);
  }
  return rowText(sheet.rows[row]!, place, sheet.outputs);
}

/** A cell of a row, by its place. */
export function rowText(row: JsonObject, place: Place, outputs: readonly Output[]): string {
  switch (place.side) {
    case "cells":
      return String(list(row.cells)[place.at] ?? "-");
    case "out": {
      const value = list(row.out)[place.at];
      return value === undefined ? "" : writeOutput(value, outputs[place.at]);
    }
    case "note":
      return typeof row.note === "string" ? row.note : "";
  }
}

/** What a column of the grid is called. */
export function titleAt(sheet: Sheet, column: number): string {
  const place = placeOf(sheet, column);
  if (place.side === "note") return "Note";
  if (place.side === "out") {
    const output = sheet.outputs[place.at]!;
    return output.title ?? words(String(output.name ?? ""));
  }
  const one = sheet.columns[place.at]!;
  return one.title ?? words(String(one.fact ?? ""));
}
