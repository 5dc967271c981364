import { IssuesError } from "../words/issue.ts";
import type { Condition, Conditions } from "./conditions.ts";
import type { Rule } from "./ruleset.ts";
import type { DecisionTable } from "./table.ts";
import { HitCombiner } from "./table-answer.ts";
import type { CellTest, CellValue, Column, Sign } from "./table-cell.ts";
import { compileTable, parseTable } from "./table-compile.ts";
import { datedTable } from "./table-dated.ts";

/**
 * A table as rules in json-rules-engine's format, one for each row, named `row 1` and on, in the order in which the hit
 * policy tries them. For inputs of the columns' types a rule holds exactly where its row matches.
 * Throws IssuesError that names each bad cell.
 */
export function lowerTable(given: DecisionTable): Rule[] {
  const table = datedTable(given);
  const { cells, issues } = parseTable(table);
  if (issues.length > 0) throw new IssuesError(issues);
  const compiled = compileTable(table);
  const priorities = rowPriorities(table);
  return table.rows.map((row, at) => ({
    name: `row ${at + 1}`,
    priority: priorities[at] as number,
    conditions: rowConditions(table.columns, cells[at] ?? []),
    event: compiled.rowEvent(at) as Rule["event"],
    ...(row.note && { note: row.note }),
  }));
}

/** Rows are equal, and the first goes first, but for the policies that rank outputs. */
function rowPriorities(table: DecisionTable): number[] {
  if (table.hitPolicy !== "priority" && table.hitPolicy !== "output-order") return table.rows.map(() => 1);
  const combiner = new HitCombiner(table);
  const ranked = table.rows.map((_, at) => at).sort((a, b) => combiner.compare(a, b));
  const priorities = new Array<number>(ranked.length);
  for (const [rank, row] of ranked.entries()) priorities[row] = ranked.length - rank;
  return priorities;
}

function rowConditions(columns: readonly Column[], cells: readonly CellTest[]): Conditions {
  return { all: columns.flatMap((column, at) => lowerCell(column, cells[at] as CellTest)) };
}

const NUMBERS: Record<Sign, string> = {
  "<": "lessThan",
  "<=": "lessThanInclusive",
  ">": "greaterThan",
  ">=": "greaterThanInclusive",
};
const DATES: Record<Sign, string> = {
  "<": "dateBefore",
  "<=": "dateOnOrBefore",
  ">": "dateAfter",
  ">=": "dateOnOrAfter",
};

/** The conditions of one cell, all of which must hold; none for a cell that takes anything. */
export function lowerCell(column: Column, test: CellTest): Condition[] {
  const dated = column.type === "date";
  const leaf = (operator: string, value: CellValue | CellValue[]): Condition => ({
    fact: column.fact,
    ...(column.params && { params: column.params }),
    ...(column.path && { path: column.path }),
    operator,
    value,
  });
  switch (test.kind) {
    case "any":
      return [];
    case "compare":
      return [leaf((dated ? DATES : NUMBERS)[test.sign], test.value)];
    case "range":
      return [
        leaf((dated ? DATES : NUMBERS)[test.lowIncluded ? ">=" : ">"], test.low),
        leaf((dated ? DATES : NUMBERS)[test.highIncluded ? "<=" : "<"], test.high),
      ];
    case "one-of":
      return [oneOf(test.values, dated, leaf)];
    case "or":
      return [{ any: test.tests.map((one) => single(lowerCell(column, one))) }];
    case "not":
      return [{ not: single(lowerCell(column, test.test)) }];
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

const single = (conditions: Condition[]): Condition =>
  conditions.length === 1 ? (conditions[0] as Condition) : { all: conditions };

function oneOf(
  values: readonly CellValue[],
  dated: boolean,
  leaf: (operator: string, value: CellValue | CellValue[]) => Condition,
): Condition {
  const known = values.filter((value) => value !== null);
  const [only = null] = known;
  const tests: Condition[] = [];
  if (values.includes(null)) tests.push(leaf("isMissing", true));
  if (dated) tests.push(...known.map((value) => all(leaf("dateOnOrAfter", value), leaf("dateOnOrBefore", value))));
  else if (known.length === 1) tests.push(leaf("equal", only));
  else if (known.length > 1) tests.push(leaf("in", known));
  return tests.length === 1 ? (tests[0] as Condition) : { any: tests };
}

const all = (...conditions: Condition[]): Condition => ({ all: conditions });
