import type { Json } from "../../words/json.ts";
import type { DecisionTable } from "../table.ts";
import type { EditStep, Finding, Fix } from "./finding.ts";
import { cellValidity } from "./validity-of-cell.ts";

/**
 * A finding about a table that was analysed with the days of its rows as one more column, said of the table as it was
 * written: an edit of that column becomes one of the row's validity, and what no validity can say is not offered.
 */
export function asWritten(finding: Finding, table: DecisionTable): Finding {
  const { fix, alternatives, ...rest } = finding;
  const [first, ...others] = [fix, ...(alternatives ?? [])].flatMap((one) => (one && translated(one, table)) ?? []);
  const path = cellOf(rest.path)?.column === table.columns.length ? validPath(cellOf(rest.path)?.row ?? 0) : rest.path;
  return { ...rest, path, ...(first && { fix: first }), ...(others.length > 0 && { alternatives: others }) };
}

function translated(fix: Fix, table: DecisionTable): Fix | undefined {
  const edit = fix.edit.map((step) => stepAsWritten(step, table));
  return edit.includes(undefined) ? undefined : { ...fix, edit: edit as EditStep[] };
}

const validPath = (row: number) => `/table/rows/${row}/valid`;

function cellOf(path: string): { row: number; column: number } | undefined {
  const match = /^\/table\/rows\/(\d+)\/cells\/(\d+)$/.exec(path);
  return match ? { row: Number(match[1]), column: Number(match[2]) } : undefined;
}

function stepAsWritten(step: EditStep, table: DecisionTable): EditStep | undefined {
  const width = table.columns.length;
  if (step.op === "remove" || step.op === "move") return step;
  const place = cellOf(step.path);
  if (place && place.column === width) {
    const said = cellValidity(String(step.value));
    if (!said) return undefined;
    const path = validPath(place.row);
    const had = table.rows[place.row]?.valid !== undefined;
    if (!said.valid) return had ? { op: "remove", path } : undefined;
    return { op: had ? "replace" : "add", path, value: said.valid };
  }
  const row = step.value as { cells?: Json[]; out?: Json } | null;
  if (!step.path.startsWith("/table/rows/") || !Array.isArray(row?.cells) || row.cells.length !== width + 1)
    return step;
  const said = cellValidity(String(row.cells[width]));
  return (
    said && { ...step, value: { ...row, cells: row.cells.slice(0, width), ...(said.valid && { valid: said.valid }) } }
  );
}
