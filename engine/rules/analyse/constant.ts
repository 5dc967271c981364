import type { DecisionTable } from "../table.ts";
import type { CellTest, Column } from "../table-cell.ts";
import { setInWords, told } from "./box-words.ts";
import type { Dimension } from "./dimension.ts";
import type { Finding } from "./finding.ts";
import { type AnalyseOptions, type Found, more } from "./search.ts";
import { sameSet } from "./span-set.ts";
import { cellSet, type TableSubject } from "./table-subject.ts";

/** Finds cells of a table that no value can meet, and cells that every value meets though they seem to ask something. */
export function constantCells(
  subject: TableSubject,
  cells: readonly CellTest[][],
  table: DecisionTable,
  options: AnalyseOptions,
): Found {
  const most = options.most ?? 50;
  const found = subject.entries
    .toSorted((a, b) => a.index - b.index)
    .flatMap((entry) => {
      const own = (cells[entry.index] ?? []).flatMap((test, at) => cellFinding(entry.index, at, test, subject, table));
      if (entry.answers.maybe.length > 0 || own.some(({ code }) => code === "never-holds")) return own;
      return [...own, contradiction(entry.index, table)];
    });
  const findings = found.slice(0, most);
  if (found.length > most) findings.push(more("never-holds", found.length - most, "/table/rows"));
  return { findings, complete: true };
}

function cellFinding(row: number, at: number, test: CellTest, subject: TableSubject, table: DecisionTable): Finding[] {
  const place = subject.columns[at];
  const column = table.columns[at] as Column;
  if (!place || "unclear" in place || test.kind === "any") return [];
  const dimension = subject.dimensions[place.at] as Dimension;
  const set = cellSet(test, dimension, false);
  const common = { path: `/table/rows/${row}/cells/${at}`, rows: [row], inputs: [] };
  const cell = `row ${row + 1}, ${column.title ?? column.fact}: "${table.rows[row]?.cells[at]?.trim()}"`;
  if (set.length === 0) {
    const values = setInWords(dimension.full, dimension);
    const words = told(
      `${cell} can never hold${values === "anything" ? domainWords(dimension) : ""}, so the row never answers`,
    );
    return [{ code: "never-holds", severity: "error", ...common, words }];
  }
  if (!sameSet(set, dimension.full)) return [];
  const fix = { words: 'Write "-"', edit: [{ op: "replace" as const, path: common.path, value: "-" }] };
  const words = told(`${cell} holds for every value${domainWords(dimension)}`);
  return [{ code: "always-holds", severity: "info", ...common, words, fix }];
}

/** What the declaration of a fact says of its values. */
function domainWords({ domain, type }: Dimension): string {
  if (domain.of && domain.of.length > 0)
    return ` among ${domain.of.slice(0, 8).map(String).join(", ")}${domain.of.length > 8 ? ", …" : ""}`;
  const { min, max } = domain;
  if (min !== undefined && max !== undefined) return ` between ${said(min, type.type)} and ${said(max, type.type)}`;
  if (min !== undefined) return ` from ${said(min, type.type)} on`;
  return max === undefined ? "" : ` up to ${said(max, type.type)}`;
}

const said = (value: number, type: string) =>
  type === "percent" ? `${Number((value * 100).toFixed(6))} %` : String(value);

function contradiction(row: number, table: DecisionTable): Finding {
  const names = table.columns.map((column) => column.title ?? column.fact).join(", ");
  return {
    code: "never-holds",
    severity: "error",
    path: `/table/rows/${row}`,
    rows: [row],
    words: told(`row ${row + 1} can never match: its cells contradict each other (${names})`),
    inputs: [],
  };
}
