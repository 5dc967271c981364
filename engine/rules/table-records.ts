import { error, type Issue } from "../words/issue.ts";
import { DecisionTable } from "./table.ts";
import { readOutput, writeOutput } from "./table-output-text.ts";

export type TableRead = { ok: true; table: DecisionTable } | { ok: false; issues: Issue[] };

/** All of a table but its rows: columns, answers, hit policy. */
export type TableShape = DecisionTable;

/** Headings of what is neither a column nor an answer. */
const NOTE = "# note";
const FROM = "# in force from";
const TO = "# in force to";
const OTHERWISE = "otherwise";

export interface RecordsOptions {
  /** The shape travels beside the records: nothing of a cell is lost. */
  head?: boolean;
}

const isOtherwise = (cell: string | undefined) => cell?.trim().toLowerCase() === OTHERWISE;
/** A first cell that really says `otherwise` is told from the default row by a backslash before it. */
const escaped = (cell: string) => (/^\s*\\*otherwise\s*$/i.test(cell) ? `\\${cell}` : cell);
const unescaped = (cell: string) => (/^\\\s*\\*otherwise\s*$/i.test(cell) ? cell.slice(1) : cell);

/**
 * A table as records of texts: headings (answers begin with an arrow), one record for each row, and `otherwise` for the
 * default row. `shape` is all that the records do not say; `tableFromRecords` makes the same table of the two again.
 */
export function tableRecords(
  table: DecisionTable,
  options: RecordsOptions = {},
): { records: string[][]; shape: TableShape } {
  const { rows, default: fallback, ...rest } = table;
  const showsDefault = fallback !== undefined && (!options.head || table.columns.length > 0);
  const extras = [
    { heading: FROM, of: (row: DecisionTable["rows"][number]) => row.valid?.from },
    { heading: TO, of: (row: DecisionTable["rows"][number]) => row.valid?.to },
    { heading: NOTE, of: (row: DecisionTable["rows"][number]) => row.note },
  ].filter(({ of }) => rows.some((row) => of(row) !== undefined));
  const headings = [
    ...table.columns.map((column) => column.title ?? column.fact),
    ...table.outputs.map((output) => `→ ${output.title ?? output.name}`),
    ...extras.map(({ heading }) => heading),
  ];
  const lines = rows.map((row) => [
    ...row.cells.map((cell, at) => (options.head && at === 0 ? escaped(cell) : cell)),
    ...row.out.map((value, at) => writeOutput(value, table.outputs[at])),
    ...extras.map(({ of }) => of(row) ?? ""),
  ]);
  if (showsDefault) {
    const answers = fallback.map((value, at) => writeOutput(value, table.outputs[at]));
    lines.push([...table.columns.map((_, at) => (at === 0 ? OTHERWISE : "-")), ...answers, ...extras.map(() => "")]);
  }
  const shape: TableShape = { ...rest, rows: [], ...(fallback && !showsDefault && { default: fallback }) };
  return { records: [headings, ...lines], shape };
}

/**
 * Reads records into a table of this shape. Columns are found by their headings, in whatever order they come; cells are
 * kept as typed (`parseTable` judges them). Never throws: what cannot be read is an issue with its line.
 * @param raw cells are taken as they are, not trimmed: the records were written by `tableRecords`
 */
export function tableFromRecords(shape: TableShape, records: readonly (readonly string[])[], raw = false): TableRead {
  const [headings = [], ...lines] = records;
  const places = placesOf(shape, headings);
  if ("issues" in places) return { ok: false, issues: places.issues };
  const table: Record<string, unknown> = { ...shape };
  const issues: Issue[] = [];
  const rows: DecisionTable["rows"] = [];
  for (const [at, line] of lines.entries()) {
    if (line.length > headings.length) {
      const message = `Line ${at + 2} has ${line.length} cells, and there are ${headings.length} headings.`;
      issues.push(error("row-length", `/rows/${at}`, message));
      continue;
    }
    const said = (place: number | undefined) => (place === undefined ? "" : (line[place] ?? ""));
    const cells = places.columns.map((place) => (raw ? said(place) : said(place).trim() || "-"));
    const out = places.outputs.map((place, output) => readOutput(said(place), shape.outputs[output]));
    if (isOtherwise(cells[0])) {
      table.default = out;
      continue;
    }
    if (raw && cells[0] !== undefined) cells[0] = unescaped(cells[0]);
    const [from, to, note] = [said(places.from).trim(), said(places.to).trim(), said(places.note)];
    const valid = { ...(from !== "" && { from }), ...(to !== "" && { to }) };
    rows.push({ cells, out, ...(from + to !== "" && { valid }), ...(note !== "" && { note }) });
  }
  const parsed = DecisionTable.safeParse({ ...table, rows });
  if (!parsed.success) issues.push(...parsed.error.issues.map(lineIssue));
  return issues.length > 0 || !parsed.success ? { ok: false, issues } : { ok: true, table: parsed.data };
}

/** What the format refuses, said of the line it stands in. */
function lineIssue({ path, message }: { path: PropertyKey[]; message: string }): Issue {
  const line = path[0] === "rows" && typeof path[1] === "number" ? `Line ${path[1] + 2}: ` : "";
  return error("table-text", `/${path.map(String).join("/")}`, `${line}${message}`);
}

interface Places {
  columns: number[];
  outputs: number[];
  from: number | undefined;
  to: number | undefined;
  note: number | undefined;
}

function placesOf(shape: TableShape, headings: readonly string[]): Places | { issues: Issue[] } {
  const issues: Issue[] = [];
  const taken = new Set<number>();
  const find = (names: (string | undefined)[], what: string) => {
    const wanted = names.flatMap((name) => (name === undefined ? [] : [plain(name)]));
    const at = headings.findIndex((heading, place) => !taken.has(place) && wanted.includes(plain(heading)));
    if (at === -1) {
      const hint = `the headings are ${headings.join(", ")}`;
      issues.push(error("table-text", "", `There is no heading "${names[0] ?? names[1]}" for ${what}.`, hint));
    } else taken.add(at);
    return at;
  };
  const columns = shape.columns.map(({ title, fact }) => find([title, fact], "a column"));
  const outputs = shape.outputs.map(({ title, name }) => find([title, name], "an answer"));
  const extra = (name: string) => {
    const at = headings.findIndex((heading, place) => !taken.has(place) && heading.trim() === name);
    if (at === -1) return undefined;
    taken.add(at);
    return at;
  };
  const others = { from: extra(FROM), to: extra(TO), note: extra(NOTE) };
  const unknown = headings.filter((heading, at) => !taken.has(at) && heading.trim() !== "");
  if (unknown.length > 0 && issues.length === 0) {
    issues.push(
      error("table-text", "", `The table has no column "${unknown[0]}".`, "add the column first, or leave it out"),
    );
  }
  return issues.length > 0 ? { issues } : { columns, outputs, ...others };
}

const plain = (heading: string) =>
  heading
    .replace(/^(?:\s*(?:→|=>|->))+/, "")
    .trim()
    .toLowerCase();
