import fc from "fast-check";
import type { ColumnType, DecisionTable, HitPolicy } from "#engine/rules/table.ts";
import type { CellTest } from "#engine/rules/table-cell.ts";
import { cellText } from "#engine/rules/table-cell-text.ts";
import type { Json } from "#engine/words/json.ts";

const nasty = fc.constantFrom(
  "=1+1",
  "+x",
  "-5..-1",
  "'q",
  "@a",
  '"',
  'a"b',
  "a\tb",
  "a\nb",
  "a\r\nb",
  " x ",
  "otherwise",
  "Otherwise ",
  "\\otherwise",
  "-",
  ";",
  "yes",
  "1",
  "5%",
  "null",
  "[1]",
  "{",
  "_x0041_x0042_",
  "\u0000\u0001_x0041_",
  "😀 <b>&amp;</b>",
  "# note",
  "]]>",
  "toString",
  "__proto__",
);
const text = fc.oneof(fc.string({ maxLength: 8 }), fc.string({ unit: "binary", maxLength: 4 }), nasty);
const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.constantFrom(0.57, 0.1 + 0.2, 1e-7, 1e21, -0.005, 1234567.89),
);
const day = fc.constantFrom("2026-01-01", "2026-02-03", "2025-12-31", "2024-02-29");

const values: Record<ColumnType, fc.Arbitrary<Exclude<Json, object>>> = {
  number,
  money: fc.integer({ min: -100_000, max: 100_000 }).map((cents) => cents / 100),
  percent: fc.integer({ min: -3000, max: 3000 }).map((tenths) => tenths / 1000),
  date: day,
  choice: fc.constantFrom("sales", "support", "a, b", "not x", 'q"q'),
  boolean: fc.boolean(),
  text: text.filter((one) => one.trim() === one && one !== ""),
};
const ordered: ReadonlySet<ColumnType> = new Set(["number", "money", "percent", "date"]);
const sign = fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const);

/** A test that a cell of this type can say. */
function cellTest(type: ColumnType): fc.Arbitrary<CellTest> {
  const one = values[type];
  const several = fc
    .array(fc.oneof({ weight: 9, arbitrary: one }, fc.constant(null)), { minLength: 1, maxLength: 3 })
    .map((some): CellTest => ({ kind: "one-of", values: some }));
  if (!ordered.has(type)) return fc.oneof(several, several.map((test): CellTest => ({ kind: "not", test }))); // biome-ignore format: one thought
  const orderable = one as fc.Arbitrary<number | string>;
  const compare = fc.record({ kind: fc.constant("compare" as const), sign, value: orderable });
  const range = fc
    .tuple(orderable, orderable, fc.boolean(), fc.boolean())
    .filter(([low, high]) => low < high)
    .map(
      ([low, high, lowIncluded, highIncluded]): CellTest => ({ kind: "range", low, high, lowIncluded, highIncluded }),
    );
  const plain = fc.oneof(several, compare, range);
  return fc.oneof(
    plain,
    plain.map((test): CellTest => ({ kind: "not", test })),
    fc.tuple(several, compare, range).map((tests): CellTest => ({ kind: "or", tests })),
  );
}

/** A cell as a person types it, of a column of this type; what has no spelling becomes `-`. */
const typed = (type: ColumnType): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 6, arbitrary: cellTest(type).map((test) => cellText(test, { type }) ?? "-") },
    fc.constantFrom("-", "", "–", " - "),
  );

const types = fc.constantFrom<ColumnType>("number", "money", "percent", "date", "choice", "boolean", "text");
const answer: fc.Arbitrary<Json> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.record({ a: text }),
) as fc.Arbitrary<Json>;
const policies: HitPolicy[] = ["unique", "first", "any", "rule-order", "collect", "collect-sum", "collect-min", "collect-max", "collect-count", "priority", "output-order"]; // biome-ignore format: a list

/** Tables of every type of column with cells that can be read, and answers, notes and titles of every kind. */
export const randomTable: fc.Arbitrary<DecisionTable> = fc
  .tuple(
    fc.array(fc.tuple(types, fc.option(text, { nil: undefined })), { maxLength: 4 }),
    fc.array(fc.tuple(fc.option(types, { nil: undefined }), fc.option(text, { nil: undefined })), { minLength: 1, maxLength: 3 }), // biome-ignore format: a pair
  )
  .chain(([columns, outputs]) =>
    fc.record(
      {
        hitPolicy: fc.constantFrom(...policies),
        columns: fc.constant(
          columns.map(([type, title], at) => ({
            fact: at === 0 ? "metric" : `f${at}`,
            ...(at === 0 && { params: { id: "sales" }, path: "$.value" }),
            type,
            ...(title !== undefined && { title }),
          })),
        ),
        outputs: fc.constant(
          outputs.map(([type, title], at) => ({
            name: at === 1 ? "event" : `o${at}`,
            ...(type && { type }),
            ...(title !== undefined && { title }),
            ...(at === 0 && { of: ["a", 1, null] as Json[] }),
          })),
        ),
        rows: fc.array(
          fc
            .record({
              cells: fc.tuple(...columns.map(([type]) => typed(type))),
              out: fc.array(answer, { minLength: outputs.length, maxLength: outputs.length }),
              note: fc.option(text.filter((one) => one !== ""), { nil: undefined }), // biome-ignore format: one thought
              valid: fc.constantFrom(undefined, { from: "2026-01-01" }, { to: "2026-03-31" }, { from: "2026-01-01", to: "2026-03-31" }), // biome-ignore format: a list
            })
            .map(({ cells, out, note, valid }) => ({
              cells: [...cells],
              out,
              ...(note !== undefined && { note }),
              ...(valid && { valid }),
            })),
          { maxLength: 5 },
        ),
        default: fc.array(answer, { minLength: outputs.length, maxLength: outputs.length }),
        event: fc.constantFrom("hit", "paid"),
      },
      { requiredKeys: ["hitPolicy", "columns", "outputs", "rows"] },
    ),
  );
