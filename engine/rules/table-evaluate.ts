import { error, IssuesError } from "../words/issue.ts";
import { DecisionTable } from "./table.ts";
import type { TableAnswer } from "./table-answer.ts";
import { type CompiledTable, compileTable } from "./table-compile.ts";

/** Tables compiled before, by identity: a table is a document, edited by making a new one. */
const compiled = new WeakMap<object, CompiledTable>();

/**
 * Evaluates a decision table (`DecisionTable`) over inputs by fact name; a column's `path` reads into its input.
 * A row whose input is missing, null or of another type does not match, unless its cell is `-` or asks for `null`; such
 * rows stand in `open`. Compiled once for each table object, so a table must not be changed in place.
 * Throws IssuesError for what is no table, naming each bad cell.
 */
export function evaluateTable(table: DecisionTable, inputs: Record<string, unknown>): TableAnswer {
  return compiledTable(table).evaluateRead((fact, params) => {
    if (!Object.hasOwn(inputs, fact)) return undefined;
    const value = inputs[fact];
    return typeof value === "function" ? value(params ?? {}) : value;
  });
}

function compiledTable(table: DecisionTable): CompiledTable {
  const known = compiled.get(table);
  if (known) return known;
  const parsed = DecisionTable.safeParse(table);
  if (!parsed.success) {
    throw new IssuesError(
      parsed.error.issues.map((issue) =>
        error("table", issue.path.map((part) => `/${String(part)}`).join(""), issue.message),
      ),
    );
  }
  const made = compileTable(parsed.data);
  compiled.set(table, made);
  return made;
}
