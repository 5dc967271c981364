import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import type { FactChoice } from "../conditions/fact-choice.ts";

/** One step on a table's rows, as the menu offers it. */
export type RowEdit = "up" | "down" | "insert" | "delete";

const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const partsOf = (row: Json | undefined): { cells: Json[]; out: Json[]; row: JsonObject } => {
  const parts = isObject(row) ? row : {};
  return { cells: list(parts.cells), out: list(parts.out), row: parts };
};

/** The table with one cell or output set. */
export function withCell(
  table: JsonObject,
  row: number,
  side: "cells" | "out",
  column: number,
  value: Json,
): JsonObject {
  const rows = list(table.rows);
  const parts = partsOf(rows[row]);
  const width = list(side === "cells" ? table.columns : table.outputs).length;
  const next = Array.from({ length: width }, (_, at) =>
    at === column ? value : (parts[side][at] ?? (side === "cells" ? "-" : "")),
  );
  return { ...table, rows: rows.with(row, { ...parts.row, [side]: next }) };
}

/** The table with a row moved, put in below, or taken away. */
export function withRow(table: JsonObject, row: number, edit: RowEdit): JsonObject {
  const rows = list(table.rows);
  if (edit === "delete") return { ...table, rows: rows.filter((_, at) => at !== row) };
  if (edit === "insert") {
    const empty = { cells: list(table.columns).map(() => "-"), out: list(table.outputs).map(() => "") };
    return { ...table, rows: rows.toSpliced(row + 1, 0, empty) };
  }
  const to = edit === "up" ? row - 1 : row + 1;
  const [a, b] = [rows[row], rows[to]];
  return a === undefined || b === undefined ? table : { ...table, rows: rows.with(row, b).with(to, a) };
}

/** The cell below gets what this one says. */
export function fillDown(table: JsonObject, row: number, column: number): JsonObject {
  const width = list(table.columns).length;
  if (row + 1 >= list(table.rows).length) return table;
  const { cells, out } = partsOf(list(table.rows)[row]);
  return column < width
    ? withCell(table, row + 1, "cells", column, cells[column] ?? "-")
    : withCell(table, row + 1, "out", column - width, out[column - width] ?? "");
}

/** Tabs and lines, as a spreadsheet copies them, from a cell onwards; rows are added where there are more lines. */
export function pasteBlock(table: JsonObject, row: number, column: number, text: string): JsonObject {
  const width = list(table.columns).length;
  const all = width + list(table.outputs).length;
  let next = table;
  text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .forEach((line, down) => {
      while (list(next.rows).length <= row + down) next = withRow(next, list(next.rows).length - 1, "insert");
      line.split("\t").forEach((value, right) => {
        const at = column + right;
        if (at < width) next = withCell(next, row + down, "cells", at, value.trim() || "-");
        else if (at < all) {
          const number = Number(value);
          next = withCell(
            next,
            row + down,
            "out",
            at - width,
            value.trim() !== "" && !Number.isNaN(number) ? number : value.trim(),
          );
        }
      });
    });
  return next;
}

const COLUMN_TYPES: Record<string, string> = {
  number: "number",
  integer: "number",
  money: "money",
  percent: "percent",
  date: "date",
  "date-time": "date",
  choice: "choice",
  boolean: "boolean",
};

/** The table with a column for a fact; the new cells say "anything". */
export function withColumnAdded(table: JsonObject, choice: FactChoice): JsonObject {
  const column: JsonObject = {
    fact: choice.fact,
    title: choice.title,
    ...(choice.params ? { params: choice.params } : {}),
    ...(choice.path ? { path: choice.path } : {}),
    type: COLUMN_TYPES[choice.type] ?? "text",
    ...(choice.of ? { of: [...choice.of] } : {}),
  };
  return {
    ...table,
    columns: [...list(table.columns), column],
    rows: list(table.rows).map((row) => {
      const { cells, row: parts } = partsOf(row);
      return { ...parts, cells: [...cells, "-"] };
    }),
  };
}
