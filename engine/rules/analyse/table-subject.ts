import { canonical } from "../../words/json.ts";
import { isDay } from "../date-order.ts";
import type { RulesetBody } from "../decide.ts";
import type { FactUse } from "../facts.ts";
import type { DecisionTable } from "../table.ts";
import { HitCombiner } from "../table-answer.ts";
import type { CellTest, Column } from "../table-cell.ts";
import { acceptsNull } from "../table-match.ts";
import type { Box } from "./box.ts";
import { correlated, keyOfUse } from "./correlated.ts";
import { Dimension, valuesOf } from "./dimension.ts";
import { domainOf, kindOfType, titled, typeOfColumn } from "./domain.ts";
import type { Bounds, Entry, Subject } from "./entry.ts";
import { intersection, type SpanSet, sameSet, union } from "./span-set.ts";

/** Where a column stands: the number of its dimension, or why its cells are not understood. */
type Placed = { at: number } | { unclear: string };

/** A table whose cells are read, with the place of each column among the dimensions. */
export interface TableSubject extends Subject {
  columns: readonly Placed[];
}

/** Makes a decision table ready for analysis. Its cells have been read without issues. */
export function tableSubject(
  table: DecisionTable,
  cells: readonly CellTest[][],
  ruleset: Pick<RulesetBody, "facts" | "missing">,
): TableSubject {
  const { dimensions, columns } = dimensionsOf(table, cells, ruleset.facts);
  const full = dimensions.map((dimension) => dimension.full);
  const combiner = new HitCombiner(table);
  const ranked = table.hitPolicy === "priority" || table.hitPolicy === "output-order";
  const order = table.rows.map((_, at) => at);
  if (ranked) order.sort((a, b) => combiner.compare(a, b));
  const read = new RowReader(dimensions, columns, ruleset.missing !== "skip");
  const entries = order.map((row): Entry => {
    const unclear = columns.flatMap((column, at) =>
      "unclear" in column && cells[row]?.[at]?.kind !== "any" ? [column.unclear] : [],
    );
    return {
      index: row,
      path: `/table/rows/${row}`,
      name: `row ${row + 1}`,
      answers: read.bounds(cells[row] as CellTest[], false, unclear.length > 0),
      blocks: read.bounds(cells[row] as CellTest[], true, unclear.length > 0),
      says: canonical(table.rows[row]?.out ?? []),
      priority: 1,
      unclear,
    };
  });
  return { kind: "table", dimensions, full, entries, columns };
}

function dimensionsOf(table: DecisionTable, cells: readonly CellTest[][], facts: RulesetBody["facts"]) {
  const uses = table.columns.map(readBy);
  const bound = correlated(uses);
  const groups = Map.groupBy(
    uses.map((_, at) => at),
    (at) => keyOfUse(uses[at] as FactUse),
  );
  const dimensions: Dimension[] = [];
  const columns = new Array<Placed>(table.columns.length);
  for (const [key, group] of groups) {
    const own = group.map((at) => table.columns[at] as Column);
    const tests = group.flatMap((at) => cells.map((row) => row[at] as CellTest));
    const problem = bound.get(key) ?? columnProblem(own, tests);
    if (problem !== undefined) {
      for (const at of group) columns[at] = { unclear: `${nameOf(table.columns[at] as Column)}: ${problem}` };
      continue;
    }
    for (const at of group) columns[at] = { at: dimensions.length };
    const type = typeOfColumn(own[0] as Column, facts);
    const kind = kindOfType(type.type);
    if (!kind) throw new Error(`a column of type ${type.type} has no order and no equality`);
    const asksNull = tests.some((test) => test.kind !== "any" && acceptsNull(test) !== undefined);
    const use = uses[group[0] as number] as FactUse;
    dimensions.push(new Dimension(use, titled(use, type, kind), domainOf(kind, type), new Set(tests), asksNull));
  }
  return { dimensions, columns };
}

/** Why the cells of a column, or of columns over the same fact, cannot be compared exactly. */
function columnProblem(columns: readonly Column[], tests: readonly CellTest[]): string | undefined {
  const [first] = columns;
  if (!columns.every((column) => kindOfType(column.type) === kindOfType((first as Column).type))) {
    return "two columns read it as different types";
  }
  if (first?.type === "date" && tests.flatMap(valuesOf).some((value) => value !== null && !isDay(value))) {
    return "some cells name a time of day, and those compare differently with dates and with moments";
  }
  return undefined;
}

const nameOf = (column: Column) => column.title ?? column.fact;

export function readBy(column: Column): FactUse {
  return {
    fact: column.fact,
    ...(column.params && { params: column.params }),
    ...(column.path && { path: column.path }),
  };
}

class RowReader {
  readonly #dimensions: readonly Dimension[];
  readonly #columns: readonly Placed[];
  readonly #missingBlocks: boolean;
  readonly #sets = new Map<string, Map<CellTest, SpanSet>>();

  constructor(dimensions: readonly Dimension[], columns: readonly Placed[], missingBlocks: boolean) {
    this.#dimensions = dimensions;
    this.#columns = columns;
    this.#missingBlocks = missingBlocks;
  }

  /** The box of a row. A cell that is not understood may hold or not: such a row surely holds nowhere. */
  bounds(tests: readonly CellTest[], blocking: boolean, unclear: boolean): Bounds {
    const box = this.#box(tests, blocking && this.#missingBlocks);
    const maybe = box ? [box] : [];
    return { sure: unclear ? [] : maybe, maybe };
  }

  #box(tests: readonly CellTest[], blocking: boolean): Box | undefined {
    const box: (SpanSet | undefined)[] = this.#dimensions.map(() => undefined);
    for (const [at, test] of tests.entries()) {
      const column = this.#columns[at] as Placed;
      if (test.kind === "any" || "unclear" in column) continue;
      const set = this.#set(column.at, test, blocking);
      const known = box[column.at];
      const both = known ? intersection(known, set) : set;
      if (both.length === 0) return undefined;
      box[column.at] = both;
    }
    return box.map((set, at) => (set && sameSet(set, (this.#dimensions[at] as Dimension).full) ? undefined : set));
  }

  #set(at: number, test: CellTest, blocking: boolean): SpanSet {
    const key = `${at} ${blocking}`;
    const known = this.#sets.get(key) ?? new Map<CellTest, SpanSet>();
    this.#sets.set(key, known);
    const found = known.get(test) ?? cellSet(test, this.#dimensions[at] as Dimension, blocking);
    known.set(test, found);
    return found;
  }
}

/** The values that a cell takes. "No value" leaves a cell open that does not ask for it, and an open row holds others up. */
export function cellSet(test: CellTest, dimension: Dimension, blocking: boolean): SpanSet {
  const present = dimension.where(test);
  const said = acceptsNull(test);
  const takesNull = said === true || (said === undefined && blocking);
  if (dimension.nullAtom === undefined || !takesNull) return present;
  return union(present, [dimension.nullAtom, dimension.nullAtom]);
}
