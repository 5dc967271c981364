import { parseDelimited, writeDelimited } from "#engine/rules/delimited-text.ts";
import { tableFromText } from "#engine/rules/table-text.ts";
import type { Json } from "#engine/words/json.ts";
import type { JsonObject } from "../../document/json-value.ts";
import type { FactChoice } from "../rules/conditions/fact-choice.ts";
import { columnFor } from "./column-of-fact.ts";
import type { Cell, Range } from "./selection.ts";
import { type Sheet, sheetOf, textAt, titleAt } from "./sheet.ts";
import { type Typed, withTyped } from "./sheet-edits.ts";

/** What a paste makes of a table, or why it cannot be taken. */
export type Pasted =
  | { ok: true; table: JsonObject; range: Range; said: string; left?: string }
  | { ok: false; message: string };

/**
 * Pastes lines with tabs between their cells, as spreadsheet programs copy them. Into a table without columns headings make
 * the columns; else cells are typed over from the active one on: rows are added where there is more, and a first line that
 * repeats the headings is left out.
 */
export function pasted(table: JsonObject, from: Cell, text: string, choices: readonly FactChoice[]): Pasted {
  const sheet = sheetOf(table);
  if (sheet.columns.length === 0) return pastedAnew(table, text, choices);
  const records = parseDelimited(text, "\t");
  const [first] = records;
  if (!first) return { ok: false, message: "There is nothing to paste." };
  const lines = records.length > 1 && repeatsHeadings(first, sheet, from.column) ? records.slice(1) : records;
  const room = sheet.width - from.column;
  const longest = Math.max(...lines.map((line) => line.length));
  const onDefault = from.row >= sheet.rows.length && sheet.rows.length > 0;
  const taken = onDefault ? lines.slice(0, 1) : lines;
  const typed = taken.flatMap((line, down): Typed[] =>
    line.slice(0, room).map((cell, aside) => ({ row: from.row + down, column: from.column + aside, text: cell })),
  );
  const more = onDefault ? 0 : Math.max(0, from.row + taken.length - sheet.rows.length);
  const range = {
    top: from.row,
    bottom: from.row + taken.length - 1,
    left: from.column,
    right: from.column + Math.min(room, longest) - 1,
  };
  const said = taken.length === 1 ? "Paste a row" : `Paste ${taken.length} rows`;
  const left = longest > room ? `${longest - room} more columns than the table has were left out.` : undefined;
  return { ok: true, table: withTyped(table, typed, more), range, said, ...(left ? { left } : {}) };
}

/** A paste of one cell over many fills them all. */
export function pastedOver(table: JsonObject, range: Range, text: string): JsonObject {
  const typed: Typed[] = [];
  for (let row = range.top; row <= range.bottom; row++)
    for (let column = range.left; column <= range.right; column++) typed.push({ row, column, text });
  return withTyped(table, typed);
}

function pastedAnew(table: JsonObject, text: string, choices: readonly FactChoice[]): Pasted {
  const read = tableFromText(text);
  if (!read.ok) {
    const [issue] = read.issues;
    return { ok: false, message: [issue?.message, issue?.hint].filter(Boolean).join(" ") };
  }
  const { columns, outputs, rows, default: fallback } = read.table;
  const next: JsonObject = {
    ...table,
    hitPolicy: "unique",
    columns: columns.map((column): Json => columnFor(column, choices)),
    outputs: outputs as Json[],
    rows: rows as Json[],
    ...(fallback ? { default: fallback } : {}),
  };
  const range = { top: 0, bottom: Math.max(0, rows.length - 1), left: 0, right: columns.length + outputs.length - 1 };
  return { ok: true, table: next, range, said: `Paste a table of ${rows.length} rows` };
}

const plain = (text: string) =>
  text
    .replace(/^\s*(?:→|=>|->)\s*/, "")
    .trim()
    .toLowerCase();

function repeatsHeadings(line: readonly string[], sheet: Sheet, from: number): boolean {
  const asked = line.filter((cell) => cell.trim() !== "");
  return (
    asked.length > 0 && line.every((cell, at) => cell === "" || plain(cell) === plain(headingAt(sheet, from + at)))
  );
}

const headingAt = (sheet: Sheet, column: number) => (column < sheet.width ? titleAt(sheet, column) : "");

/** A range as spreadsheet programs paste it: tabs between cells, quotes where a cell has a tab, a quote or a line end. */
export function copied(sheet: Sheet, range: Range): string {
  const records: string[][] = [];
  for (let row = range.top; row <= range.bottom; row++) {
    const record: string[] = [];
    for (let column = range.left; column <= range.right; column++) record.push(textAt(sheet, row, column));
    records.push(record);
  }
  return writeDelimited(records, "\t");
}
