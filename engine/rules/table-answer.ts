import { Decimal } from "../words/decimal.ts";
import { error, type Issue } from "../words/issue.ts";
import { type Json, sameJson } from "../words/json.ts";
import type { FactUse } from "./facts.ts";
import type { DecisionTable } from "./table.ts";

/** The outputs of a row by name. */
export type Outputs = Record<string, Json>;

/** What a table answers. */
export interface TableAnswer {
  /**
   * The bare value where the table has one output column, else the values by name. A list of those for `rule-order`,
   * `output-order` and `collect`; of `collect-sum`, `-min`, `-max`, `-count` the number. null where no row matches.
   */
  output: Json;
  /** The rows behind the answer, counted from zero, in its order. */
  matched: number[];
  /** Nothing matched, and the default row answers. */
  usedDefault: boolean;
  /** Rows that could still change the answer, if only the missing inputs were known. */
  open: number[];
  /** Inputs that are missing, or of another type than their column. */
  missing: FactUse[];
  /** Two rows of a unique table match, or the rows of an `any` table disagree. The output is then null. */
  problem?: Issue;
}

type Combined = Pick<TableAnswer, "output" | "matched" | "usedDefault" | "problem">;

/** Combines the rows that match, given in row order, by the table's hit policy. */
export class HitCombiner {
  readonly #table: DecisionTable;
  readonly #names: string[];
  readonly #ranks: Map<string, number>[];

  constructor(table: DecisionTable) {
    this.#table = table;
    this.#names = table.outputs.map((output) => output.name);
    this.#ranks = table.outputs.map(
      (output) => new Map((output.of ?? []).map((value, rank) => [JSON.stringify(value), rank])),
    );
  }

  /** Whether the first match decides, so that no further row is looked at. */
  get stopsAtFirst(): boolean {
    return this.#table.hitPolicy === "first";
  }

  named(row: number): Outputs {
    return this.#record(this.#table.rows[row]?.out ?? []);
  }

  defaults(): Outputs | undefined {
    return this.#table.default && this.#record(this.#table.default);
  }

  #record(values: readonly Json[]): Outputs {
    return Object.fromEntries(this.#names.map((name, at) => [name, values[at] ?? null]));
  }

  #shown(record: Outputs): Json {
    return this.#names.length === 1 ? (record[this.#names[0] as string] as Json) : record;
  }

  /** Which of two rows has the stronger outputs, by the order of the outputs' allowed values; equal rows keep their order. */
  compare(a: number, b: number): number {
    const [left, right] = [this.#table.rows[a]?.out ?? [], this.#table.rows[b]?.out ?? []];
    for (const [at, ranks] of this.#ranks.entries()) {
      const rank = (value: Json | undefined) => ranks.get(JSON.stringify(value)) ?? ranks.size;
      const order = rank(left[at]) - rank(right[at]);
      if (order !== 0) return order;
    }
    return a - b;
  }

  combine(rows: number[]): Combined {
    if (rows.length === 0) return this.#nothing();
    switch (this.#table.hitPolicy) {
      case "unique":
        return rows.length === 1
          ? this.#one(rows, rows[0] as number)
          : this.#refused(rows, "unique-violation", "more than one row matches, but the table is unique");
      case "first":
        return this.#one(rows.slice(0, 1), rows[0] as number);
      case "any":
        return rows.every((row) => sameJson(this.#table.rows[row]?.out, this.#table.rows[rows[0] as number]?.out))
          ? this.#one(rows, rows[0] as number)
          : this.#refused(rows, "any-conflict", "rows that match disagree, but the table says any of them will do");
      case "priority": {
        const [best] = rows.toSorted((a, b) => this.compare(a, b));
        return this.#one([best as number], best as number);
      }
      case "output-order":
        return this.#list(rows.toSorted((a, b) => this.compare(a, b)));
      case "rule-order":
      case "collect":
        return this.#list(rows);
      case "collect-count":
        return { output: rows.length, matched: rows, usedDefault: false };
      case "collect-sum":
      case "collect-min":
      case "collect-max":
        return this.#aggregate(rows, this.#table.hitPolicy);
      default:
        throw new Error(`unknown hit policy ${this.#table.hitPolicy satisfies never}`);
    }
  }

  #one(matched: number[], row: number): Combined {
    return { output: this.#shown(this.named(row)), matched, usedDefault: false };
  }

  #list(rows: number[]): Combined {
    return { output: rows.map((row) => this.#shown(this.named(row))), matched: rows, usedDefault: false };
  }

  #nothing(): Combined {
    const record = this.defaults();
    return { output: record ? this.#shown(record) : null, matched: [], usedDefault: record !== undefined };
  }

  #refused(matched: number[], code: string, message: string): Combined {
    const at = matched.map((row) => row + 1).join(", ");
    const problem = error(code, `/rows/${matched[1]}`, `${message} (rows ${at})`, "narrow the cells of one of them");
    return { output: null, matched, usedDefault: false, problem };
  }

  #aggregate(rows: number[], policy: "collect-sum" | "collect-min" | "collect-max"): Combined {
    const totals: [string, Json][] = [];
    for (const [at, name] of this.#names.entries()) {
      const values = rows.map((row) => this.#table.rows[row]?.out[at]);
      if (!values.every((value) => typeof value === "number")) {
        return this.#refused(rows, "not-a-number", `the output "${name}" holds something else than numbers`);
      }
      const [first = 0, ...rest] = values;
      if (policy === "collect-sum")
        totals.push([name, rest.reduce((sum, value) => sum.plus(value), new Decimal(first)).toNumber()]);
      else
        totals.push([name, rest.reduce((a, b) => (policy === "collect-min" ? Math.min(a, b) : Math.max(a, b)), first)]);
    }
    return { output: this.#shown(Object.fromEntries(totals)), matched: rows, usedDefault: false };
  }
}
