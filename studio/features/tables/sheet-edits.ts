import { readOutput } from "#engine/rules/table-output-text.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../document/json-value.ts";
import type { Range } from "./selection.ts";
import { type ColumnPlace, list, placeOf, type Sheet, sheetOf, textAt } from "./sheet.ts";

/** A cell and what is typed into it; the row after the last one is the default row. */
export interface Typed {
  row: number;
  column: number;
  text: string;
}

const emptyRow = (sheet: Sheet): JsonObject => ({
  cells: sheet.columns.map(() => "-"),
  out: sheet.outputs.map(() => null),
});

/**
 * The table with cells typed into, all at once; `rows` more rows are added first where there is more than fits. An emptied
 * condition says "anything", an emptied answer nothing, an emptied note goes.
 */
export function withTyped(table: JsonObject, typed: readonly Typed[], rows = 0): JsonObject {
  const sheet = sheetOf(table);
  const next = [...sheet.rows, ...Array.from({ length: rows }, () => emptyRow(sheet))];
  let fallback = sheet.fallback;
  for (const [row, ofRow] of Map.groupBy(typed, (one) => one.row)) {
    if (row < next.length) next[row] = typedInto(next[row]!, ofRow, sheet);
    else fallback = typedDefault(fallback, ofRow, sheet);
  }
  const { default: _old, ...rest } = table;
  return { ...rest, rows: next, ...(fallback ? { default: [...fallback] } : {}) };
}

function typedInto(row: JsonObject, typed: readonly Typed[], sheet: Sheet): JsonObject {
  const cells = sheet.columns.map((_, at): Json => list(row.cells)[at] ?? "-");
  const out = sheet.outputs.map((_, at): Json => list(row.out)[at] ?? null);
  let note = row.note;
  for (const { column, text } of typed) {
    const place = placeOf(sheet, column);
    if (place.side === "cells") cells[place.at] = text.trim() === "" ? "-" : text.trim();
    else if (place.side === "out") out[place.at] = readOutput(text, sheet.outputs[place.at]);
    else note = text.trim() === "" ? undefined : text.trim();
  }
  const { note: _old, ...rest } = row;
  return { ...rest, cells, out, ...(note === undefined ? {} : { note }) };
}

function typedDefault(fallback: readonly Json[] | undefined, typed: readonly Typed[], sheet: Sheet) {
  const out = sheet.outputs.map((_, at): Json => fallback?.[at] ?? null);
  for (const { column, text } of typed) {
    const place = placeOf(sheet, column);
    if (place.side === "out") out[place.at] = readOutput(text, sheet.outputs[place.at]);
  }
  return out.every((value) => value === null) ? undefined : out;
}

/** The cells of a range, emptied. */
export function cleared(table: JsonObject, range: Range): JsonObject {
  return withTyped(
    table,
    typedOver(range, () => ""),
  );
}

/**
 * A range filled from a part of it, over and over: what a spreadsheet does when the corner of a selection is dragged, and
 * Ctrl+D with the first row.
 */
export function filled(table: JsonObject, source: Range, over: Range): JsonObject {
  const sheet = sheetOf(table);
  const high = source.bottom - source.top + 1;
  const wide = source.right - source.left + 1;
  const turn = (at: number, by: number) => ((at % by) + by) % by;
  return withTyped(
    table,
    typedOver(over, (row, column) =>
      textAt(sheet, source.top + turn(row - source.top, high), source.left + turn(column - source.left, wide)),
    ).filter(({ row }) => row < sheet.rows.length),
  );
}

function typedOver(range: Range, text: (row: number, column: number) => string): Typed[] {
  const typed: Typed[] = [];
  for (let row = range.top; row <= range.bottom; row++)
    for (let column = range.left; column <= range.right; column++) typed.push({ row, column, text: text(row, column) });
  return typed;
}

/** The table with empty rows put in before a place. */
export function withRowsInserted(table: JsonObject, at: number, count = 1): JsonObject {
  const sheet = sheetOf(table);
  return { ...table, rows: [...sheet.rows].toSpliced(at, 0, ...Array.from({ length: count }, () => emptyRow(sheet))) };
}

/** The table without some rows. */
export function withRowsDeleted(table: JsonObject, from: number, to: number): JsonObject {
  return { ...table, rows: sheetOf(table).rows.filter((_, at) => at < from || at > to) };
}

/** The table with rows copied below themselves. */
export function withRowsDoubled(table: JsonObject, from: number, to: number): JsonObject {
  const rows = [...sheetOf(table).rows];
  return { ...table, rows: rows.toSpliced(to + 1, 0, ...rows.slice(from, to + 1)) };
}

/** The table with the rows `from` to `to` taken out and put in before what stands at `before`. */
export function withRowsMoved(table: JsonObject, from: number, to: number, before: number): JsonObject {
  const rows = [...sheetOf(table).rows];
  if (before >= from && before <= to + 1) return table;
  const moved = rows.splice(from, to - from + 1);
  return { ...table, rows: rows.toSpliced(before > to ? before - moved.length : before, 0, ...moved) };
}

/** The table with a column (a condition or an answer) taken away, with its cells. */
export function withColumnDeleted(table: JsonObject, { side, at }: ColumnPlace): JsonObject {
  return eachRow(table, side, (cells) => cells.toSpliced(at, 1));
}

/** The table with a column moved among those of its kind. */
export function withColumnMoved(table: JsonObject, { side, at }: ColumnPlace, to: number): JsonObject {
  return eachRow(table, side, (cells) => {
    const [moved] = cells.slice(at, at + 1);
    return moved === undefined ? cells : cells.toSpliced(at, 1).toSpliced(to, 0, moved);
  });
}

/** The table with a new column; its cells say "anything", its answers nothing. */
export function withColumnAdded(table: JsonObject, side: "cells" | "out", column: JsonObject): JsonObject {
  const named = side === "cells" ? "columns" : "outputs";
  const grown = eachRow({ ...table, [named]: [] }, side, (cells) => [...cells, side === "cells" ? "-" : null]);
  return { ...grown, [named]: [...list(table[named]), column] };
}

/** The table with what a column is said anew: its fact, type, unit, title. */
export function withColumnSet(table: JsonObject, { side, at }: ColumnPlace, column: JsonObject): JsonObject {
  const named = side === "cells" ? "columns" : "outputs";
  return { ...table, [named]: list(table[named]).with(at, column) };
}

function eachRow(table: JsonObject, side: "cells" | "out", change: (cells: Json[]) => Json[]): JsonObject {
  const named = side === "cells" ? "columns" : "outputs";
  const width = list(table[named]).length;
  const blank: Json = side === "cells" ? "-" : null;
  const changed = (cells: Json[]) =>
    change(width === 0 ? cells : Array.from({ length: width }, (_, at) => cells[at] ?? blank));
  return {
    ...table,
    [named]: change(list(table[named])),
    rows: list(table.rows).map((row) => (isObject(row) ? { ...row, [side]: changed(list(row[side])) } : row)),
    ...(side === "out" && Array.isArray(table.default) ? { default: changed(table.default) } : {}),
  };
}
