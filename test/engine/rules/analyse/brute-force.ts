import fc from "fast-check";
import { isoOfDay } from "#engine/rules/analyse/day-number.ts";
import type { Analysis, Finding } from "#engine/rules/analyse/finding.ts";
import { type SampleInput, sampleReader } from "#engine/rules/analyse/sample.ts";
import type { ColumnType, DecisionTable, HitPolicy } from "#engine/rules/table.ts";
import { type CompiledTable, compileTable } from "#engine/rules/table-compile.ts";
import type { Json } from "#engine/words/json.ts";

/** Values that tell every cell of the random tables apart: each number they may name, and one between each two. */
const NUMBERS = Array.from({ length: 15 }, (_, at) => at / 2 - 0.5);
const PERCENTS = NUMBERS.map((value) => Math.round(value * 10) / 100);
const DAYS = Array.from({ length: 10 }, (_, at) => isoOfDay(20_000 + at));
const TEXTS = ["a", "b", "c", "something else"];
const VALUES: Record<string, Json[]> = {
  number: NUMBERS,
  money: NUMBERS,
  percent: PERCENTS,
  date: DAYS,
  text: TEXTS,
  choice: ["a", "b", "c"],
  boolean: [true, false],
};

const POLICIES: HitPolicy[] = ["unique", "first", "any", "priority", "collect", "collect-sum", "rule-order"];

const whole = fc.integer({ min: 0, max: 6 });
const sign = fc.constantFrom("<", "<=", ">", ">=", "=", "!=");
const ends = fc.constantFrom<[string, string]>(["", ""], ["[", "]"], ["(", "]"], ["[", ")"], ["(", ")"]);

function orderedCell(spell: (value: number) => string): fc.Arbitrary<string> {
  const range = fc
    .tuple(whole, whole, ends)
    .filter(([low, high, [open, close]]) => low < high || (low === high && open !== "(" && close !== ")"))
    .map(([low, high, [open, close]]) => `${open}${spell(low)}..${spell(high)}${close}`);
  const compare = fc.tuple(sign, whole).map(([said, value]) => `${said} ${spell(value)}`);
  const one = fc.oneof(range, compare, whole.map(spell));
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant("-") },
    { weight: 8, arbitrary: one },
    { weight: 1, arbitrary: fc.tuple(one, one).map((both) => both.join(", ")) },
    {
      weight: 1,
      arbitrary: range.map(
        (text) => `not (${text.startsWith("(") || text.endsWith(")") ? text.replaceAll(/[()]/g, "") : text})`,
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom("null", "not null") },
  );
}

const texts = fc.subarray(["a", "b", "c"], { minLength: 1 }).map((some) => some.join(", "));
const CELLS: Record<string, fc.Arbitrary<string>> = {
  number: orderedCell(String),
  money: orderedCell(String),
  percent: orderedCell((value) => `${value * 10}%`),
  date: orderedCell((value) => isoOfDay(20_001 + value)),
  text: fc.oneof(
    fc.constant("-"),
    texts,
    texts.map((some) => `not (${some})`),
  ),
  choice: fc.oneof(
    fc.constant("-"),
    texts,
    texts.map((some) => `not (${some})`),
  ),
  boolean: fc.constantFrom("-", "yes", "no", "yes, no"),
};

const columnOf = fc
  .record({
    fact: fc.constantFrom("x", "y", "z"),
    type: fc.constantFrom<ColumnType>("number", "money", "percent", "date", "text", "choice", "boolean"),
    path: fc.constantFrom(undefined, undefined, "$.part"),
    bounded: fc.boolean(),
  })
  .map(({ fact, type, path, bounded }) => ({
    fact: `${fact}${path ? "Object" : ""}${type}`,
    type,
    ...(path && { path }),
    ...(type === "choice" && { of: ["a", "b", "c"] }),
    ...(type === "number" && bounded && { min: 0, max: 6 }),
  }));

/** Random small tables: one to three columns, two of which may read the same fact, and up to six rows. */
export const smallTable: fc.Arbitrary<DecisionTable> = fc
  .tuple(fc.array(columnOf, { minLength: 1, maxLength: 3 }), fc.constantFrom(...POLICIES))
  .chain(([columns, hitPolicy]) =>
    fc
      .array(
        fc.record({
          cells: fc.tuple(...columns.map(({ type }) => CELLS[type] as fc.Arbitrary<string>)),
          out: fc.integer({ min: 1, max: 3 }).map((value) => [value]),
        }),
        { minLength: 1, maxLength: 6 },
      )
      .map((rows) => ({ hitPolicy, columns, outputs: [{ name: "rate", of: [3, 2, 1] }], rows })),
  );

/** Every combination of values, and of "no value" where some cell asks for it, that a table could be asked about. */
export function* grid(table: DecisionTable): Generator<SampleInput[]> {
  const keys = [...new Set(table.columns.map((column) => column.fact))];
  const choices = keys.map((key): SampleInput[] => {
    const own = table.columns.filter((column) => column.fact === key);
    const [first] = own as [DecisionTable["columns"][number]];
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = first;
    const values = (VALUES[first.type] ?? []).filter(
      (value) => typeof value !== "number" || (value >= min && value <= max),
    );
    const cells = table.rows.flatMap((row) =>
      table.columns.flatMap((column, at) => (column.fact === key ? row.cells[at] : [])),
    );
    const all = cells.some((cell) => cell?.includes("null")) ? [...values, null] : values;
    const use = { fact: key, ...(first.path && { path: first.path }) };
    return all.map((value) => ({ use, value: value as SampleInput["value"] }));
  });
  const [first = [], ...rest] = choices;
  yield* rest.reduce<SampleInput[][]>(
    (some, more) => some.flatMap((inputs) => more.map((input) => [...inputs, input])),
    first.map((input) => [input]),
  );
}

/** What a table really does with an input, row by row, seen through the evaluator alone. */
export class Oracle {
  readonly #rows: CompiledTable[];
  constructor(table: DecisionTable) {
    this.#rows = table.rows.map((row) => compileTable({ ...table, hitPolicy: "collect", rows: [row] }));
  }
  /** For each row: matches, does not, or waits for an input that is missing. */
  verdicts(inputs: SampleInput[]): ("yes" | "no" | "open")[] {
    const read = sampleReader(inputs);
    return this.#rows.map((row) => {
      const answer = row.evaluateRead(read);
      return answer.matched.length > 0 ? "yes" : answer.open.length > 0 ? "open" : "no";
    });
  }
}

export const told = (analysis: Analysis, ...codes: Finding["code"][]) =>
  analysis.findings.filter((finding) => codes.includes(finding.code));
