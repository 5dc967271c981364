import { error, type Issue, IssuesError } from "../words/issue.ts";
import type { Json } from "../words/json.ts";
import type { FactReader, FactUse } from "./facts.ts";
import { compilePath, pathProblem } from "./path.ts";
import type { RuleEvent } from "./plan.ts";
import type { DecisionTable } from "./table.ts";
import { HitCombiner, type Outputs, type TableAnswer } from "./table-answer.ts";
import { type CellTest, type Column, parseCell } from "./table-cell.ts";
import { datedTable } from "./table-dated.ts";
import { indexRows, type RowFinder } from "./table-index.ts";
import { acceptsNull, fits, type Matcher, matcher } from "./table-match.ts";

export interface CompiledTable {
  facts: readonly FactUse[];
  /** Answers from values read one by one. */
  evaluateRead: (read: FactReader) => TableAnswer;
  /** The event of an answer; undefined where nothing matched. */
  eventOf: (answer: TableAnswer) => RuleEvent | undefined;
  rowEvent: (row: number) => RuleEvent;
}

/** The cells of a table, read; or what is wrong with them, cell by cell. */
export function parseTable(table: DecisionTable, at = ""): { cells: CellTest[][]; issues: Issue[] } {
  const issues: Issue[] = [];
  const known = table.columns.map(() => new Map<string, CellTest>());
  const cells = table.rows.map((row, rowAt) => {
    if (row.cells.length !== table.columns.length) {
      const expected = table.columns.length;
      const message = `row ${rowAt + 1} has ${row.cells.length} cells, the table has ${expected} columns`;
      issues.push(error("row-length", `${at}/rows/${rowAt}/cells`, message, "write - in a cell that does not matter"));
    }
    if (row.out.length !== table.outputs.length) {
      const message = `row ${rowAt + 1} has ${row.out.length} outputs, the table has ${table.outputs.length}`;
      issues.push(error("row-length", `${at}/rows/${rowAt}/out`, message));
    }
    return table.columns.map((column, columnAt): CellTest => {
      const text = row.cells[columnAt] ?? "-";
      const seen = known[columnAt]?.get(text);
      if (seen) return seen;
      const parsed = parseCell(text, column);
      if (parsed.ok) {
        known[columnAt]?.set(text, parsed.test);
        return parsed.test;
      }
      const place = `row ${rowAt + 1}, ${column.title ?? column.fact}`;
      issues.push(error("cell", `${at}/rows/${rowAt}/cells/${columnAt}`, `${place}: ${parsed.message}`, parsed.hint));
      return { kind: "any" };
    });
  });
  issues.push(...tableProblems(table, at));
  return { cells, issues };
}

function tableProblems(table: DecisionTable, at: string): Issue[] {
  const issues = table.columns.flatMap((column, index) => {
    const problem = column.path ? pathProblem(column.path) : undefined;
    return problem ? [error("path", `${at}/columns/${index}/path`, problem)] : [];
  });
  if (table.default && table.default.length !== table.outputs.length) {
    issues.push(error("row-length", `${at}/default`, "the default row does not have a value for each output"));
  }
  const ordered = table.hitPolicy === "priority" || table.hitPolicy === "output-order";
  if (ordered && !table.outputs.some((output) => output.of && output.of.length > 0)) {
    const hint = 'list the values of an output in "of", the strongest first';
    issues.push(
      error("hit-policy", `${at}/hitPolicy`, `"${table.hitPolicy}" needs to know which output is stronger`, hint),
    );
  }
  return issues;
}

/** Compiles a table: cells become tests, large tables get an index. Throws IssuesError that names each bad cell. */
export function compileTable(given: DecisionTable, options: { at?: string } = {}): CompiledTable {
  const table = datedTable(given);
  const { cells, issues } = parseTable(table, options.at);
  if (issues.length > 0) throw new IssuesError(issues);
  return new TableProgram(table, cells);
}

class TableProgram implements CompiledTable {
  readonly facts: readonly FactUse[];
  readonly #table: DecisionTable;
  readonly #cells: CellTest[][];
  readonly #tests: (Matcher | undefined)[][];
  readonly #find: RowFinder | undefined;
  readonly #combiner: HitCombiner;
  readonly #paths: (((value: unknown) => unknown) | undefined)[];

  constructor(table: DecisionTable, cells: CellTest[][]) {
    this.#table = table;
    this.#cells = cells;
    const made = new Map<CellTest, Matcher | undefined>();
    this.#tests = cells.map((row) =>
      row.map((test, at) => {
        if (!made.has(test)) made.set(test, matcher(test, (table.columns[at] as Column).type));
        return made.get(test);
      }),
    );
    this.#find = indexRows(table.columns, cells);
    this.#combiner = new HitCombiner(table);
    this.#paths = table.columns.map((column) => (column.path ? compilePath(column.path).read : undefined));
    this.facts = table.columns.map(useOf);
  }

  evaluateRead(read: FactReader): TableAnswer {
    const { columns } = this.#table;
    const values = new Array<unknown>(columns.length);
    let unknown = false;
    for (let at = 0; at < columns.length; at++) {
      const column = columns[at] as Column;
      const whole = read(column.fact, column.params);
      const path = this.#paths[at];
      const value = path && whole !== undefined ? walk(path, whole) : whole;
      values[at] = value;
      if (!fits(value, column.type)) unknown = true;
    }
    return unknown ? this.#openAnswer(values) : this.#answer(values);
  }

  /** Every input is there: rows match or do not. */
  #answer(values: readonly unknown[]): TableAnswer {
    const rows: number[] = [];
    const first = this.#combiner.stopsAtFirst;
    const visit = (row: number) => {
      if (!this.#matches(row, values)) return false;
      rows.push(row);
      return first;
    };
    if (this.#find) this.#find(values, visit);
    else for (let row = 0; row < this.#tests.length && !visit(row); row++);
    return { ...this.#combiner.combine(rows), open: [], missing: [] };
  }

  #matches(row: number, values: readonly unknown[]): boolean {
    const tests = this.#tests[row] as (Matcher | undefined)[];
    for (let at = 0; at < tests.length; at++) {
      const test = tests[at];
      if (test && !test(values[at])) return false;
    }
    return true;
  }

  /** Some input is missing: a row that asks for it is open, unless another of its cells says no. */
  #openAnswer(values: readonly unknown[]): TableAnswer {
    const rows: number[] = [];
    const open: number[] = [];
    const missing = new Set<number>();
    for (let row = 0; row < this.#tests.length; row++) {
      const asked: number[] = [];
      const verdict = this.#rowVerdict(row, values, asked);
      if (verdict === undefined) {
        open.push(row);
        for (const column of asked) missing.add(column);
      }
      if (!verdict) continue;
      rows.push(row);
      if (this.#combiner.stopsAtFirst) break;
    }
    const combined = this.#combiner.combine(rows);
    const [best] = combined.matched;
    const stronger =
      this.#table.hitPolicy === "priority" && best !== undefined
        ? open.filter((row) => this.#combiner.compare(row, best) < 0)
        : open;
    return { ...combined, open: stronger, missing: [...missing].map((column) => this.facts[column] as FactUse) };
  }

  #rowVerdict(row: number, values: readonly unknown[], asked: number[]): boolean | undefined {
    let open = false;
    for (const [at, test] of (this.#tests[row] as (Matcher | undefined)[]).entries()) {
      if (!test) continue;
      const value = values[at];
      if (fits(value, (this.#table.columns[at] as Column).type)) {
        if (!test(value)) return false;
        continue;
      }
      const none = value === undefined || value === null;
      const said = none ? acceptsNull(this.#cells[row]?.[at] as CellTest) : undefined;
      if (said === false) return false;
      if (said === undefined) {
        open = true;
        asked.push(at);
      }
    }
    return open ? undefined : true;
  }

  eventOf(answer: TableAnswer): RuleEvent | undefined {
    const { hitPolicy, event, outputs } = this.#table;
    const [row] = answer.matched;
    if (row === undefined) {
      const record = this.#combiner.defaults();
      return record && this.#event(record);
    }
    if (["unique", "first", "any", "priority"].includes(hitPolicy)) return this.rowEvent(row);
    if (!hitPolicy.startsWith("collect-")) return { type: event ?? "matched", params: { results: answer.output } };
    const name = hitPolicy === "collect-count" ? "count" : (outputs[0]?.name ?? "result");
    const single = outputs.length === 1 || hitPolicy === "collect-count";
    return { type: event ?? "matched", params: single ? { [name]: answer.output } : (answer.output as Outputs) };
  }

  rowEvent(row: number): RuleEvent {
    return this.#event(this.#combiner.named(row));
  }

  /** An output called `event` names the event; the others are its params. */
  #event(record: Outputs): RuleEvent {
    const { event: named, ...params } = record;
    const type = typeof named === "string" && named !== "" ? named : (this.#table.event ?? "matched");
    return { type, params: params as Record<string, Json> };
  }
}

/** A path that fails on this value leads nowhere. */
function walk(path: (value: unknown) => unknown, value: unknown): unknown {
  try {
    return path(value);
  } catch {
    return undefined;
  }
}

function useOf(column: Column): FactUse {
  return {
    fact: column.fact,
    ...(column.params && { params: column.params }),
    ...(column.path && { path: column.path }),
  };
}
