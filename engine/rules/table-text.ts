import { error, type Issue } from "../words/issue.ts";
import { parseDelimited, type Separator, separatorOf, writeDelimited } from "./delimited-text.ts";
import { DecisionTable } from "./table.ts";
import { inferColumns } from "./table-infer.ts";
import { readOutput, writeOutput } from "./table-output-text.ts";

export interface TableTextOptions {
  /** Default: a tab, as spreadsheet programs copy and paste. */
  separator?: Separator;
  /** Put types, hit policy and all else that is no cell into a first record, so that the text alone makes the same table again. */
  head?: boolean;
}

export type TableFromText = { ok: true; table: DecisionTable } | { ok: false; issues: Issue[] };

const HEAD = "#table";
const NOTE = "# note";
const OTHERWISE = "otherwise";

/**
 * A decision table as text for a spreadsheet: a line of headings (answers begin with an arrow), a line for each row, and
 * `otherwise` for the default row. No cell can be taken for a formula.
 */
export function tableToText(table: DecisionTable, options: TableTextOptions = {}): string {
  const { rows, ...rest } = table;
  const notes = rows.some((row) => row.note !== undefined);
  const headings = [
    ...table.columns.map((column) => column.title ?? column.fact),
    ...table.outputs.map((output) => `→ ${output.title ?? output.name}`),
    ...(notes ? [NOTE] : []),
  ];
  const lines = rows.map((row) => [
    ...row.cells,
    ...row.out.map((value, at) => writeOutput(value, table.outputs[at])),
    ...(notes ? [row.note ?? ""] : []),
  ]);
  const fallback = (options.head ? undefined : table.default)?.map((value, at) =>
    writeOutput(value, table.outputs[at]),
  );
  const last = fallback
    ? [[...table.columns.map((_, at) => (at === 0 ? OTHERWISE : "-")), ...fallback, ...(notes ? [""] : [])]]
    : [];
  const head = options.head ? [[HEAD, JSON.stringify(rest)]] : [];
  const records = [...head, ...[headings, ...lines, ...last].map((line) => line.map(guarded))];
  return writeDelimited(records, options.separator ?? "\t");
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
  if (!first) return refused("table-text", "", "There is nothing to paste.", "copy the headings and the rows");
  const head = first[0] === HEAD ? headOf(first[1]) : undefined;
  if (first[0] === HEAD && !head)
    return refused("table-text", "", "The first line is damaged.", "leave it out, and paste again");
  const body = head ? records.slice(1) : records;
  const [headings = [], ...lines] = body;
  const shape = head ?? options.like ?? inferColumns(headings, lines);
  const places = head ? inOrder(shape, headings) : placesOf(shape, headings);
  if ("issues" in places) return { ok: false, issues: places.issues };
  const table: Record<string, unknown> = { ...shape, rows: [] };
  const issues: Issue[] = [];
  const rows: DecisionTable["rows"] = [];
  for (const [at, line] of lines.entries()) {
    if (line.length > headings.length) {
      issues.push(
        error(
          "row-length",
          `/rows/${at}`,
          `Line ${at + 2} has ${line.length} cells, and there are ${headings.length} headings.`,
        ),
      );
      continue;
    }
    const cells = places.columns.map((place) => (head ? (line[place] ?? "") : (line[place] ?? "").trim() || "-"));
    const out = places.outputs.map((place, output) => readOutput(line[place] ?? "", shape.outputs[output]));
    const note = places.note === undefined ? "" : (line[places.note] ?? "");
    if (!head && cells[0]?.toLowerCase() === OTHERWISE) table.default = out;
    else rows.push({ cells, out, ...(note !== "" && { note }) });
  }
  const parsed = DecisionTable.safeParse({ ...table, rows });
  if (!parsed.success) {
    issues.push(...parsed.error.issues.map(({ path, message }) => error("table-text", `/${path.join("/")}`, message)));
  }
  return issues.length > 0 || !parsed.success ? { ok: false, issues } : { ok: true, table: parsed.data };
}

function headOf(text: string | undefined): DecisionTable | undefined {
  try {
    const parsed = DecisionTable.safeParse({ ...JSON.parse(text ?? ""), rows: [] });
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface Places {
  columns: number[];
  outputs: number[];
  note: number | undefined;
}

/** A text with a head has its columns in the head's order. */
function inOrder(shape: DecisionTable, headings: readonly string[]): Places {
  const columns = shape.columns.map((_, at) => at);
  const outputs = shape.outputs.map((_, at) => columns.length + at);
  return { columns, outputs, note: headings.at(-1) === NOTE ? headings.length - 1 : undefined };
}

function placesOf(shape: DecisionTable, headings: readonly string[]): Places | { issues: Issue[] } {
  const issues: Issue[] = [];
  const taken = new Set<number>();
  const find = (names: (string | undefined)[], what: string) => {
    const wanted = names.flatMap((name) => (name === undefined ? [] : [plain(name)]));
    const at = headings.findIndex((heading, place) => !taken.has(place) && wanted.includes(plain(heading)));
    if (at === -1)
      issues.push(
        error(
          "table-text",
          "",
          `There is no heading "${names[0] ?? names[1]}" for ${what}.`,
          `the headings are ${headings.join(", ")}`,
        ),
      );
    else taken.add(at);
    return at;
  };
  const columns = shape.columns.map(({ title, fact }) => find([title, fact], "a column"));
  const outputs = shape.outputs.map(({ title, name }) => find([title, name], "an answer"));
  const note = headings.indexOf(NOTE);
  const unknown = headings.filter((heading, at) => !taken.has(at) && at !== note && heading.trim() !== "");
  if (unknown.length > 0 && issues.length === 0) {
    issues.push(
      error("table-text", "", `The table has no column "${unknown[0]}".`, "add the column first, or leave it out"),
    );
  }
  return issues.length > 0 ? { issues } : { columns, outputs, note: note === -1 ? undefined : note };
}

const plain = (heading: string) =>
  heading
    .replace(/^\s*(?:→|=>|->)\s*/, "")
    .trim()
    .toLowerCase();

function refused(code: string, path: string, message: string, hint: string): TableFromText {
  return { ok: false, issues: [error(code, path, message, hint)] };
}
