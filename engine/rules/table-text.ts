import { error } from "../words/issue.ts";
import { parseDelimited, type Separator, separatorOf, writeDelimited } from "./delimited-text.ts";
import { DecisionTable } from "./table.ts";
import { inferColumns } from "./table-infer.ts";
import { type TableRead, type TableShape, tableFromRecords, tableRecords } from "./table-records.ts";

export interface TableTextOptions {
  /** Default: a tab, as spreadsheet programs copy and paste. */
  separator?: Separator;
  /** Put types, hit policy and all else that is no cell into a first record, so that the text alone makes the same table again. */
  head?: boolean;
}

export type TableFromText = TableRead;

const HEAD = "#table";

/**
 * A decision table as text for a spreadsheet: a line of headings (answers begin with an arrow), a line for each row, and
 * `otherwise` for the default row. No cell can be taken for a formula.
 */
export function tableToText(table: DecisionTable, options: TableTextOptions = {}): string {
  const { records, shape } = tableRecords(table, options);
  const guardedRecords = records.map((record) => record.map(guarded));
  const head = options.head ? [[HEAD, JSON.stringify({ ...shape, rows: undefined })]] : [];
  return writeDelimited([...head, ...guardedRecords], options.separator ?? "\t");
}

/** Spreadsheet programs run what begins like a formula: such a cell gets an apostrophe, which they do not show. */
const guarded = (text: string) => (/^[=+@\t\r']|^-./.test(text) && !/^-[\d.]+%?$/.test(text) ? `'${text}` : text);
const unguarded = (text: string) => (/^'(?:[=+@\t\r']|-)/.test(text) ? text.slice(1) : text);

/**
 * Reads a table pasted from a spreadsheet or written by `tableToText`. Columns are found by their headings in the table it
 * is `like`; without one (and without a head) types are taken from the cells, and the last column is the answer unless
 * headings say so with an arrow. Never throws: what cannot be read is an issue with its row. Cells are kept as typed;
 * `parseTable` judges them.
 */
export function tableFromText(
  text: string,
  options: { like?: DecisionTable; separator?: Separator } = {},
): TableFromText {
  const records = parseDelimited(text, options.separator ?? separatorOf(text)).map((record) => record.map(unguarded));
  const [first] = records;
  if (!first) return refused("There is nothing to paste.", "copy the headings and the rows");
  if (first[0] === HEAD) {
    const head = headOf(first[1]);
    if (!head) return refused("The first line is damaged.", "leave it out, and paste again");
    return tableFromRecords(head, records.slice(1), true);
  }
  const [headings = [], ...lines] = records;
  return tableFromRecords(likeOr(options.like, headings, lines), records);
}

function likeOr(like: DecisionTable | undefined, headings: string[], lines: string[][]): TableShape {
  return like ? { ...like, rows: [] } : inferColumns(headings, lines);
}

/** The shape that stands in the first record; undefined where it is damaged. */
export function headOf(text: string | undefined): TableShape | undefined {
  try {
    const parsed = DecisionTable.safeParse({ ...JSON.parse(text ?? ""), rows: [] });
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function refused(message: string, hint: string): TableFromText {
  return { ok: false, issues: [error("table-text", "", message, hint)] };
}
