import type { ColumnType, DecisionTable } from "./table.ts";
import { parseCell } from "./table-cell.ts";

const ARROW = /^\s*(?:→|=>|->)\s*/;
const TRIED: readonly ColumnType[] = ["percent", "number", "money", "date", "boolean"];

/**
 * The columns of a table that nobody declared, from its headings and cells: answers are the headings with an arrow, or the
 * last one; the type of a column is the first that reads all its cells. One row is to answer, so that overlaps are told.
 */
export function inferColumns(headings: readonly string[], lines: readonly (readonly string[])[]): DecisionTable {
  const kept = headings.flatMap((heading, at) =>
    heading.trim() === "" || heading.trim().startsWith("# ") ? [] : [at],
  );
  const arrows = kept.filter((at) => ARROW.test(headings[at] ?? ""));
  const answers = arrows.length > 0 ? arrows : kept.slice(-1);
  const title = (at: number) => (headings[at] ?? "").replace(ARROW, "").trim();
  const columns = kept
    .filter((at) => !answers.includes(at))
    .map((at) => ({
      fact: nameOf(title(at)),
      title: title(at),
      type: typeOfCells(lines.map((line) => line[at] ?? "")),
    }));
  const outputs = answers.map((at) => {
    const cells = lines.map((line) => (line[at] ?? "").trim());
    const isPercent =
      cells.some((cell) => cell.endsWith("%")) && cells.every((cell) => cell === "" || cell.endsWith("%"));
    return { name: nameOf(title(at)), title: title(at), ...(isPercent && { type: "percent" as const }) };
  });
  return { hitPolicy: "unique", columns, outputs, rows: [] };
}

function typeOfCells(cells: readonly string[]): ColumnType {
  const asking = [...new Set(cells.map((cell) => cell.trim()))].filter((cell) => !/^(?:-|–|otherwise|)$/i.test(cell));
  if (asking.length === 0) return "text";
  return TRIED.find((type) => asking.every((cell) => parseCell(cell, { type }).ok)) ?? "text";
}

/** A heading as the name of a fact: one that looks like a name is kept, others become camelCase. */
function nameOf(title: string): string {
  if (/^[A-Za-z][\w-]*(?:\.[\w-]+)*$/.test(title)) return title;
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ["column"];
  return words.map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("");
}
