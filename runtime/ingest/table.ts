import { setImmediate as breathe } from "node:timers/promises";
import { type CsvError, parse } from "csv-parse";
import { error, type Issue, warning } from "#engine/words/issue.ts";
import { type Separator, sniffSeparator } from "./separator.ts";
import { decodeText } from "./text.ts";

/** The most columns a file may have. */
export const MAX_COLUMNS = 200;
const MAX_CELL = 1_000_000;

/** A file as rows of texts. Row numbers are those a spreadsheet shows: the first row is 1, blank rows count. */
export interface Table {
  encoding: string;
  separator: Separator;
  /** Whether the first row names the columns; otherwise they are `column 1`, `column 2`, … */
  hasHeader: boolean;
  columns: string[];
  rows: { row: number; cells: string[] }[];
  /** Rows that cannot be read as the others. */
  ragged: { row: number; cells: number }[];
  /** What is wrong with the file as a whole; with an error there are no rows. */
  issues: Issue[];
}

/** What a person may decide where the guess is wrong. */
export interface TableOptions {
  separator?: Separator;
  hasHeader?: boolean;
}

/**
 * Reads a CSV file: byte order marks, `, ; tab |`, quotes, CRLF, encodings, files without a header. The event loop is given
 * back every 64 kB. Never throws for a bad file: `issues` says what is wrong and what to do.
 */
export async function readTable(content: Uint8Array | string, options: TableOptions = {}): Promise<Table> {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const decoded = decodeText(bytes);
  const nothing = (issues: Issue[]): Table => ({
    encoding: decoded.encoding,
    separator: options.separator ?? ",",
    hasHeader: true,
    columns: [],
    rows: [],
    ragged: [],
    issues,
  });
  if (decoded.issues.some((issue) => issue.severity === "error")) return nothing(decoded.issues);
  const text = decoded.text;
  const nul = text.indexOf("\0");
  if (nul >= 0)
    return nothing([
      error(
        "nul-character",
        "",
        `The text holds a NUL character in line ${lineOf(text, nul)}.`,
        "Remove it: no name or number contains one.",
      ),
    ]);
  if (text.trim() === "")
    return nothing([
      error("empty-file", "", "The file holds only blank lines.", "Export it again, with a header row."),
    ]);
  const separator = options.separator ?? sniffSeparator(text);
  const parsed = await parseRecords(text, separator);
  if ("issue" in parsed) return nothing([parsed.issue]);
  const numbered = parsed.records
    .map((cells, i) => ({ row: i + 1, cells }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const first = numbered[0];
  if (!first)
    return nothing([error("empty-file", "", "The file holds no values.", "Export it again, with a header row.")]);
  return {
    ...shape(numbered, options.hasHeader ?? looksLikeHeader(first.cells, numbered[1]?.cells)),
    encoding: decoded.encoding,
    separator,
    issues: [...decoded.issues, ...headerIssues(numbered, options.hasHeader)],
  };
}

/** Splits into header and rows, keeping rows of another length apart. */
function shape(
  numbered: { row: number; cells: string[] }[],
  hasHeader: boolean,
): Pick<Table, "hasHeader" | "columns" | "rows" | "ragged"> {
  const first = numbered[0]?.cells ?? [];
  const columns = hasHeader ? named(first) : first.map((_, i) => `column ${i + 1}`);
  const rows: Table["rows"] = [];
  const ragged: Table["ragged"] = [];
  for (const { row, cells } of hasHeader ? numbered.slice(1) : numbered) {
    // Trailing separators are common and harmless.
    const extra = cells.slice(columns.length).some((cell) => cell.trim() !== "");
    if (cells.length < columns.length || extra) ragged.push({ row, cells: cells.length });
    else rows.push({ row, cells });
  }
  return { hasHeader, columns, rows, ragged };
}

/** Column names, trimmed; a nameless column gets its position. */
const named = (cells: string[]) => cells.map((cell, i) => cell.trim() || `column ${i + 1}`);

function headerIssues(numbered: { row: number; cells: string[] }[], decided: boolean | undefined): Issue[] {
  const first = numbered[0]?.cells ?? [];
  const hasHeader = decided ?? looksLikeHeader(first, numbered[1]?.cells);
  const issues: Issue[] = [];
  if (first.length > MAX_COLUMNS)
    issues.push(
      error(
        "too-many-columns",
        "",
        `The file has ${first.length} columns; an import takes at most ${MAX_COLUMNS}.`,
        "Export only the columns you need.",
      ),
    );
  if (!hasHeader) {
    issues.push(
      warning(
        "no-header",
        "",
        "The first row looks like data, so the columns are named by their position.",
        "If it is a header, say so below.",
      ),
    );
    return issues;
  }
  const seen = new Map<string, number>();
  for (const [i, name] of named(first).entries()) {
    const before = seen.get(name.toLowerCase());
    if (before !== undefined)
      issues.push(
        error(
          "duplicate-header",
          "",
          `Columns ${before + 1} and ${i + 1} have the same name: ${name}.`,
          "Rename one of them in the file.",
        ),
      );
    else seen.set(name.toLowerCase(), i);
  }
  if (numbered.length === 1)
    issues.push(
      error("no-rows", "", "The file has a header and no rows.", "Nothing to import: export it again with data."),
    );
  return issues;
}

/** A header has a text in every cell but the last few, no two alike, and none that is a number, a date or an address. */
function looksLikeHeader(first: string[], second: string[] | undefined): boolean {
  const names = first.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (names.length === 0) return false;
  const data = names.filter((name) =>
    /^[-+]?[\d.,]+%?$|^\d{4}-\d{2}-\d{2}|@|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/.test(name),
  );
  if (data.length > 0) return false;
  // Two names alike in a row of words is a header with a mistake, unless the next row is shaped the same way.
  if (second === undefined) return true;
  return names.length >= first.length / 2;
}

const lineOf = (text: string, at: number) => text.slice(0, at).split("\n").length;

async function parseRecords(text: string, separator: Separator): Promise<{ records: string[][] } | { issue: Issue }> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: MAX_CELL,
  });
  const records: string[][] = [];
  let failure: CsvError | undefined;
  parser.on("error", (cause) => {
    failure = cause as CsvError;
  });
  parser.on("readable", () => {
    for (let record = parser.read() as string[] | null; record !== null; record = parser.read() as string[] | null)
      records.push(record);
  });
  const piece = 64 * 1024;
  for (let at = 0; at < text.length && !failure; at += piece) {
    parser.write(text.slice(at, at + piece));
    await breathe();
  }
  if (!failure) {
    const ended = new Promise<void>((resolve) => {
      parser.once("end", resolve);
      parser.once("error", () => resolve());
    });
    parser.end();
    await ended;
  }
  return failure ? { issue: inWords(failure, records.length + 1) } : { records };
}

function inWords(failure: CsvError, row: number): Issue {
  if (failure.code === "CSV_QUOTE_NOT_CLOSED" || failure.code === "CSV_MAX_RECORD_SIZE")
    return error(
      "quote-not-closed",
      "",
      `A quote (") opened in row ${row} is never closed.`,
      "Close it, or double it if it belongs to the text.",
    );
  return error("not-csv", "", `Row ${row} cannot be read: ${failure.message}`, "Save the sheet again as CSV.");
}
