import type { DecisionTable } from "#engine/rules/table.ts";
import type { TableChange } from "#engine/rules/table-diff.ts";
import { writeOutput } from "#engine/rules/table-output-text.ts";
import { words } from "../../text/kinds.ts";

/** A difference as a list shows it: where, and what was and is there. */
export interface ChangeWords {
  sign: "+" | "−" | "~";
  where: string;
  before?: string;
  after?: string;
}

const SHAPES: Record<(TableChange & { kind: "shape" })["what"], string> = {
  hitPolicy: "What happens where several rows fit",
  columns: "The conditions: which there are, what they read, their types",
  outputs: "The answers: which there are, their names and types",
  event: "What a row that fits says",
};

/** A change in words; rows are counted as they stand in the new table, removed ones as in the old. */
export function changeWords(change: TableChange, before: DecisionTable, after: DecisionTable): ChangeWords {
  const row = (at: number) => `Row ${at + 1}`;
  switch (change.kind) {
    case "cell": {
      const column = after.columns[change.column]!;
      return {
        sign: "~",
        where: `${row(change.newRow)}, ${column.title ?? words(column.fact)}`,
        before: change.before,
        after: change.after,
      };
    }
    case "answer": {
      const output = after.outputs[change.output]!;
      return {
        sign: "~",
        where: `${row(change.newRow)}, ${output.title ?? words(output.name)}`,
        before: writeOutput(change.before, output) || "nothing",
        after: writeOutput(change.after, output) || "nothing",
      };
    }
    case "note":
      return {
        sign: "~",
        where: `${row(change.newRow)}, note`,
        before: change.before || "none",
        after: change.after || "none",
      };
    case "valid":
      return {
        sign: "~",
        where: `${row(change.newRow)}, in force`,
        before: daysWords(change.before),
        after: daysWords(change.after),
      };
    case "row-added":
      return { sign: "+", where: row(change.newRow), after: rowWords(after, change.newRow) };
    case "row-removed":
      return { sign: "−", where: row(change.row), before: rowWords(before, change.row) };
    case "default":
      return {
        sign: "~",
        where: "Where no row fits",
        before: outWords(change.before, before),
        after: outWords(change.after, after),
      };
    case "shape":
      return { sign: "~", where: SHAPES[change.what] };
  }
}

function rowWords(table: DecisionTable, at: number): string {
  const row = table.rows[at]!;
  return `${row.cells.join(" | ")} → ${outWords(row.out, table)}`;
}

const outWords = (out: DecisionTable["default"], table: DecisionTable) =>
  out === undefined ? "nothing" : out.map((value, at) => writeOutput(value, table.outputs[at]) || "nothing").join(", ");

const daysWords = (valid: DecisionTable["rows"][number]["valid"]) =>
  valid ? [valid.from && `from ${valid.from}`, valid.to && `to ${valid.to}`].filter(Boolean).join(" ") : "always";
