import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileRules } from "#engine/rules/compile.ts";
import type { ColumnType, DecisionTable } from "#engine/rules/table.ts";
import { parseCell } from "#engine/rules/table-cell.ts";
import { evaluateTable } from "#engine/rules/table-evaluate.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import { IssuesError } from "#engine/words/issue.ts";

function issuesOf(run: () => unknown) {
  try {
    run();
  } catch (cause) {
    if (cause instanceof IssuesError) return cause.issues;
    throw cause;
  }
  return [];
}

const commission: DecisionTable = {
  hitPolicy: "first",
  columns: [
    { fact: "metric", params: { id: "sales" }, path: "$.attainment", type: "percent", title: "Attainment" },
    { fact: "department", type: "choice", of: ["sales", "support", "intern"] },
  ],
  outputs: [{ name: "rate", type: "percent" }],
  rows: [
    { cells: [">= 120%", "-"], out: [0.12] },
    { cells: ["100%..120%", "sales, support"], out: [0.1] },
    { cells: ["80%..100%", 'not "intern"'], out: [0.05] },
  ],
  default: [0],
};
const rate = (attainment: unknown, department: unknown) =>
  evaluateTable(commission, { metric: { attainment }, department }).output;

describe("a decision table", () => {
  it("answers with the first row that matches, ends of a range included, and with the default row where none does", () => {
    expect(rate(1.2, "intern")).toBe(0.12);
    expect(rate(1.0, "support")).toBe(0.1);
    expect(rate(1.0, "intern")).toBe(0);
    expect(rate(0.8, "sales")).toBe(0.05);
    expect(rate(0.7999, "sales")).toBe(0);
  });

  it("names the inputs that are missing, and the rows that they keep open", () => {
    const answer = evaluateTable(commission, { department: "sales" });
    expect(answer.missing).toEqual([{ fact: "metric", params: { id: "sales" }, path: "$.attainment" }]);
    expect(answer.open).toEqual([0, 1, 2]);
    expect(evaluateTable(commission, { metric: { attainment: 1.3 } })).toMatchObject({ output: 0.12, open: [] });
  });

  it("takes a value of another type for missing instead of guessing", () => {
    expect(evaluateTable(commission, { metric: { attainment: "1.3" }, department: "sales" })).toMatchObject({
      usedDefault: true,
      open: [0, 1, 2],
    });
  });

  it("names every bad cell with its place", () => {
    const bad = {
      ...commission,
      rows: [
        { cells: ["80", "sales"], out: [1] },
        { cells: ["-", "finance"], out: [1] },
        { cells: ["-"], out: [1] },
      ],
    };
    const issues = issuesOf(() => evaluateTable(bad, {}));
    expect(issues.map((issue) => issue.path)).toEqual(["/rows/0/cells/0", "/rows/1/cells/1", "/rows/2/cells"]);
    expect(issues[0]).toMatchObject({
      code: "cell",
      message: 'row 1, Attainment: "80" has no percent sign',
      hint: "write 80% or 8000%",
    });
  });

  it("is refused when it is no table at all", () => {
    expect(issuesOf(() => evaluateTable({ rows: 3 } as unknown as DecisionTable, {})).length).toBeGreaterThan(0);
  });
});

describe("a cell", () => {
  const read = (text: string, type: ColumnType, more: object = {}) => {
    const parsed = parseCell(text, { type, ...more });
    return parsed.ok ? parsed.test : parsed.message;
  };

  it.each<[string, ColumnType, unknown]>([
    ["", "number", { kind: "any" }],
    [" - ", "text", { kind: "any" }],
    [">= 80%", "percent", { kind: "compare", sign: ">=", value: 0.8 }],
    ["≤ 57.3 %", "percent", { kind: "compare", sign: "<=", value: 0.573 }],
    ["80%..100%", "percent", { kind: "range", low: 0.8, high: 1, lowIncluded: true, highIncluded: true }],
    ["(80..100]", "number", { kind: "range", low: 80, high: 100, lowIncluded: false, highIncluded: true }],
    ["]80..100[", "number", { kind: "range", low: 80, high: 100, lowIncluded: false, highIncluded: false }],
    ["-5..-1", "number", { kind: "range", low: -5, high: -1, lowIncluded: true, highIncluded: true }],
    ["1 500 000", "number", { kind: "one-of", values: [1500000] }],
    ["€ 1'500.50", "money", { kind: "one-of", values: [1500.5] }],
    ["> 1500 EUR", "money", { kind: "compare", sign: ">", value: 1500 }],
    [
      "1, 2, > 5",
      "number",
      {
        kind: "or",
        tests: [
          { kind: "one-of", values: [1, 2] },
          { kind: "compare", sign: ">", value: 5 },
        ],
      },
    ],
    ["sales, support", "text", { kind: "one-of", values: ["sales", "support"] }],
    ['not "intern"', "text", { kind: "not", test: { kind: "one-of", values: ["intern"] } }],
    ["not(a, b)", "text", { kind: "not", test: { kind: "one-of", values: ["a", "b"] } }],
    ['"-"', "text", { kind: "one-of", values: ["-"] }],
    ['"a, \\"b\\""', "text", { kind: "one-of", values: ['a, "b"'] }],
    ["notable", "text", { kind: "one-of", values: ["notable"] }],
    ["yes", "boolean", { kind: "one-of", values: [true] }],
    ["null", "text", { kind: "one-of", values: [null] }],
    [">= 2026-02-28", "date", { kind: "compare", sign: ">=", value: "2026-02-28" }],
    [
      "2026-01-01..2026-03-31",
      "date",
      { kind: "range", low: "2026-01-01", high: "2026-03-31", lowIncluded: true, highIncluded: true },
    ],
    ["!= 3", "number", { kind: "not", test: { kind: "one-of", values: [3] } }],
  ])("%j in a column of type %s is understood", (text, type, test) => {
    expect(read(text, type)).toEqual(test);
  });

  it.each<[string, ColumnType, RegExp]>([
    ["1,500", "number", /two ways/],
    ["0,8", "number", /two ways/],
    ["80", "percent", /no percent sign/],
    ["abc", "number", /not a number/],
    ["2026-02-30", "date", /not a date/],
    ["maybe", "boolean", /neither yes nor no/],
    ["> sales", "text", /no order/],
    ["100..80", "number", /empty/],
    ["[80..100", "number", /bracket/],
    ['"sales', "text", /quote/],
    ["not -", "text", /never hold/],
  ])("%j in a column of type %s is refused with a reason", (text, type, reason) => {
    expect(read(text, type)).toMatch(reason);
  });

  it("keeps the unit of its column, and the choices", () => {
    expect(read("<= 15 days", "number", { unit: "days" })).toEqual({ kind: "compare", sign: "<=", value: 15 });
    expect(read("2", "choice", { of: [1, 2, 3] })).toEqual({ kind: "one-of", values: [2] });
    expect(read("4", "choice", { of: [1, 2, 3] })).toMatch(/none of the choices/);
  });
});

const numberCell = fc.oneof(
  fc.constant("-"),
  fc
    .tuple(fc.constantFrom(">", ">=", "<", "<=", "", "not "), fc.integer({ min: -3, max: 12 }))
    .map(([sign, value]) => `${sign}${value}`),
  fc
    .tuple(fc.integer({ min: -3, max: 6 }), fc.integer({ min: 1, max: 6 }), fc.constantFrom("[]", "(]", "[)"))
    .map(([low, length, ends]) => `${ends[0]}${low}..${low + length}${ends[1]}`),
  fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).map(([a, b]) => `${a}, ${b}, > 11`),
);
const textCell = fc.oneof(
  fc.constant("-"),
  fc.constantFrom("a", "b", "c", "a, b", "not a", 'not ("b", c)', '"x, y"', "null", "not null"),
);
const dateCell = fc.constantFrom(
  "-",
  "2026-01-01",
  ">= 2026-02-01",
  "< 2026-03-01",
  "2026-01-15..2026-02-15",
  "not 2026-02-01",
);
const policy = fc.constantFrom<DecisionTable["hitPolicy"]>(
  "unique",
  "first",
  "any",
  "priority",
  "rule-order",
  "output-order",
  "collect",
  "collect-sum",
  "collect-count",
);
const tableOf = (rows: number) =>
  fc
    .record({
      hitPolicy: policy,
      cells: fc.array(fc.tuple(numberCell, textCell, dateCell, fc.constantFrom(1, 2, 3)), {
        minLength: rows,
        maxLength: rows * 2,
      }),
    })
    .map(
      ({ hitPolicy, cells }): DecisionTable => ({
        hitPolicy,
        columns: [
          { fact: "n", type: "number" },
          { fact: "t", type: "text" },
          { fact: "d", type: "date" },
        ],
        outputs: [{ name: "out", of: [3, 1, 2] }],
        rows: cells.map(([n, t, d, out]) => ({ cells: [n, t, d], out: [out] })),
      }),
    );
const inputs = fc.record({
  n: fc.oneof(fc.integer({ min: -4, max: 14 }), fc.constantFrom(0.5, 2.5, 11.000001)),
  t: fc.constantFrom("a", "b", "c", "x, y", "zzz"),
  d: fc.constantFrom("2026-01-01", "2026-01-15", "2026-02-01", "2026-02-01T23:00:00Z", "2026-04-01"),
});

describe("random tables", () => {
  it("a row matches exactly where the rule that it lowers to holds", () => {
    fc.assert(
      fc.property(tableOf(4), fc.array(inputs, { minLength: 3, maxLength: 6 }), (table, samples) => {
        const rules = lowerTable(table);
        const run = compileRules(rules);
        const all = { ...table, hitPolicy: "rule-order" as const };
        for (const sample of samples) {
          const held = run(sample)
            .results.filter((result) => result.result === true)
            .map((result) => Number(String(result.name).slice(4)) - 1);
          expect(evaluateTable(all, sample).matched).toEqual(held.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("an indexed table answers as the same rows do when they are scanned few at a time", () => {
    fc.assert(
      fc.property(tableOf(80), fc.array(inputs, { minLength: 3, maxLength: 6 }), (table, samples) => {
        const all = { ...table, hitPolicy: "rule-order" as const };
        const slices = [0, 1, 2, 3].map((part) => ({ ...all, rows: table.rows.slice(part * 40, part * 40 + 40) }));
        for (const sample of samples) {
          const scanned = slices.flatMap((slice, part) =>
            evaluateTable(slice, sample).matched.map((row) => row + part * 40),
          );
          expect(evaluateTable(all, sample).matched).toEqual(scanned);
          const first = evaluateTable({ ...table, hitPolicy: "first" }, sample);
          expect(first.matched).toEqual(scanned.slice(0, 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it("a missing input never turns a row that could match into one that does not", () => {
    fc.assert(
      fc.property(tableOf(6), inputs, fc.constantFrom("n", "t", "d"), (table, sample, hidden) => {
        const all = { ...table, hitPolicy: "rule-order" as const };
        const full = evaluateTable(all, sample).matched;
        const answer = evaluateTable(all, Object.fromEntries(Object.entries(sample).filter(([key]) => key !== hidden)));
        const nulls = table.rows.map((row) => row.cells.some((cell) => cell.includes("null")));
        for (const row of full) if (!nulls[row]) expect([...answer.matched, ...answer.open]).toContain(row);
      }),
    );
  });
});
