import readWorkbook, { type Row } from "read-excel-file/universal";
import writeWorkbook, { type SheetData } from "write-excel-file/universal";
import { error, IssuesError } from "../../words/issue.ts";
import type { ColumnType, DecisionTable } from "../table.ts";
import { valueText } from "../table-cell-text.ts";
import { inferColumns } from "../table-infer.ts";
import { type TableRead, tableFromRecords, tableRecords } from "../table-records.ts";
import { headOf } from "../table-text.ts";
import { unpackedSize } from "./unpacked-size.ts";
import { workbookText } from "./xlsx-text.ts";

const ROWS = "Table";
const REST = "Rondo";
/** What a cell of a workbook can hold at most, in characters. */
const LONGEST = 32_767;
/** Larger workbooks are refused before they are opened. */
const MOST_BYTES = 20_000_000;
/** A small file may unpack to a very large one; a table does not. */
const MOST_UNPACKED = 200_000_000;

/**
 * A decision table as an Excel workbook: the sheet "Table" to read and edit, and the sheet "Rondo" with what no cell says
 * (types, hit policy, facts), so that `tableFromXlsx` makes the same table again. All cells are texts, formatted as text:
 * what begins with = + - or @ is never run. Throws IssuesError for a cell that is longer than a workbook can hold.
 */
export async function tableToXlsx(table: DecisionTable): Promise<Uint8Array<ArrayBuffer>> {
  const { records, shape } = tableRecords(table, { head: true });
  const head = JSON.stringify({ ...shape, rows: undefined });
  const pieces = (head.match(/[\s\S]{1,4000}/g) ?? []).map(workbookText);
  const width = table.columns.length + table.outputs.length;
  const sheets = [
    {
      sheet: ROWS,
      data: records.map((record, at) => lineOf(record, at, table.columns.length)),
      columns: (records[0] ?? []).map((heading) => ({ width: Math.min(40, Math.max(14, heading.length + 4)) })),
      stickyRowsCount: 1,
      ...(table.columns.length > 0 && width > 4 && { stickyColumnsCount: 1 }),
    },
    { sheet: REST, data: [[textCell(NOTICE)], ...pieces.map((piece) => [textCell(piece)])] },
  ];
  const blob = await writeWorkbook(sheets).toBlob();
  return new Uint8Array(await blob.arrayBuffer());
}

const NOTICE = "Written by Rondo to read the sheet Table back without loss. Please leave it as it is.";

function textCell(value: string) {
  return { value, type: String, format: "@" };
}

/** A line of texts; one that says nothing at all would be dropped, so its first answer says `null`. */
function lineOf(record: readonly string[], at: number, firstAnswer: number): SheetData[number] {
  const isSilent = record.every((text) => text === "");
  return record.map((text, column) => {
    const value = isSilent && column === firstAnswer ? "null" : workbookText(text);
    if (value.length > LONGEST) {
      const message = `line ${at + 1}, column ${column + 1}: a workbook holds at most ${LONGEST} characters in a cell`;
      throw new IssuesError([error("workbook", "", message, "shorten it, or export as text")]);
    }
    if (value === "") return null;
    return at === 0 ? { ...textCell(value), fontWeight: "bold" as const } : textCell(value);
  });
}

/**
 * Reads a workbook: one that `tableToXlsx` wrote and a person edited since, or any other, of which the first sheet is taken
 * as if it had been pasted. Never throws: what cannot be read is an issue. Numbers, dates, yes and no that a spreadsheet
 * made of what was typed are taken as their column means them.
 * @param options.like the table whose columns are meant, where the workbook does not say it itself
 */
export async function tableFromXlsx(
  bytes: Uint8Array<ArrayBuffer>,
  options: { like?: DecisionTable } = {},
): Promise<TableRead> {
  if (bytes.byteLength > MOST_BYTES)
    return refused(`The file is larger than ${MOST_BYTES / 1e6} MB.`, "leave out what is no table");
  if ((unpackedSize(bytes) ?? 0) > MOST_UNPACKED)
    return refused(`The file unpacks to more than ${MOST_UNPACKED / 1e6} MB.`, "leave out what is no table");
  const sheets = await sheetsOf(bytes);
  if (!sheets) return refused("The file is no Excel workbook, or it is damaged.", "save it as .xlsx and try again");
  const rest = sheets.find(({ sheet }) => sheet === REST);
  const own = rest && headOf(rest.data.slice(1).map(([piece]) => String(piece ?? "")).join("")); // biome-ignore format: one thought
  const data = (sheets.find(({ sheet }) => sheet === ROWS) ?? sheets[0])?.data ?? [];
  const [first, ...lines] = data.filter((line) => line.some((cell) => cell !== null));
  if (!first)
    return refused("The workbook is empty.", "put headings into the first row, and a row for each case below");
  const headings = first.map((cell) => said(cell, undefined));
  const like = own ?? (options.like && { ...options.like, rows: [] });
  const plainLines = () => lines.map((line) => line.map((cell) => said(cell, undefined)));
  const shape = like ?? inferColumns(headings, plainLines());
  const typed = new Map<string, ColumnType | undefined>();
  for (const output of shape.outputs) typed.set(plain(output.title ?? output.name), output.type);
  for (const column of shape.columns) typed.set(plain(column.title ?? column.fact), column.type);
  const types = headings.map((heading) => typed.get(plain(heading)));
  const records = [headings, ...lines.map((line) => line.map((cell, at) => said(cell, types[at])))];
  return tableFromRecords(shape, records, own !== undefined);
}

const plain = (heading: string) => heading.replace(/^(?:\s*(?:→|=>|->))+/, "").trim().toLowerCase(); // biome-ignore format: one thought

async function sheetsOf(bytes: Uint8Array<ArrayBuffer>) {
  try {
    const copy = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    return await readWorkbook(copy, { trim: false });
  } catch {
    // Whatever the reader stumbles over, the file is not one we wrote or a spreadsheet program saved.
    return undefined;
  }
}

/** A cell in words: texts as they are, and what a spreadsheet made of a typed value as the column would spell it. */
function said(cell: Row[number], type: ColumnType | undefined): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell;
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return valueText(cell as number | boolean, type ?? (typeof cell === "boolean" ? "boolean" : "number"));
}

function refused(message: string, hint: string): TableRead {
  return { ok: false, issues: [error("workbook", "", message, hint)] };
}
