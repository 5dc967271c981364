import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rulesAsTable } from "#engine/rules/analyse/rules-as-table.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { type CellTest, parseCell } from "#engine/rules/table-cell.ts";
import { cellText } from "#engine/rules/table-cell-text.ts";
import { tableFromText, tableToText } from "#engine/rules/table-text.ts";
import type { Json } from "#engine/words/json.ts";
import { GRID, presence, rulesetOf, typed } from "./analyse/random-rules.ts";

const commission: DecisionTable = {
  hitPolicy: "first",
  columns: [
    { fact: "metric", params: { id: "sales" }, path: "$.attainment", type: "percent", title: "Attainment" },
    { fact: "department", type: "choice", of: ["sales", "support", "intern"] },
  ],
  outputs: [{ name: "rate", type: "percent", title: "Rate" }, { name: "event" }],
  rows: [
    { cells: [">= 120%", "-"], out: [0.12, "high"], note: 'agreed, "for now"' },
    { cells: ["100%..120%", "sales, support"], out: [0.1, "good"] },
    { cells: ["-5%..100%", 'not "intern"'], out: [0.05, null] },
  ],
  default: [0, "none"],
};

describe("a table as text for a spreadsheet", () => {
  it("F88: is written with headings, answers marked, and no cell that a spreadsheet would run", () => {
    expect(tableToText(commission)).toBe(
      [
        "Attainment\tdepartment\t→ Rate\t→ event\t# note",
        '>= 120%\t-\t12%\thigh\t"agreed, ""for now"""',
        "100%..120%\tsales, support\t10%\tgood\t",
        '\'-5%..100%\t"not ""intern"""\t5%\t\t',
        "otherwise\t-\t0%\tnone\t",
        "",
      ].join("\n"),
    );
    expect(tableFromText(tableToText(commission), { like: commission })).toEqual({ ok: true, table: commission });
  });

  it("keeps the columns of the table it is pasted into, in whatever order they come", () => {
    const text = "department;→ event;→ Rate;Attainment\nsales;good;7%;>= 80%\n";
    const read = tableFromText(text, { like: commission });
    expect(read.ok && read.table.rows).toEqual([{ cells: [">= 80%", "sales"], out: [0.07, "good"] }]);
  });

  it("finds types by itself where nobody declared a column", () => {
    const text =
      'Sales attainment,Hired,Grade,On leave,Team,Rate\n80%..100%,>= 2026-01-01,> 3,no,"a, b",5%\n-,-,"1, 2",yes,c,7%\n';
    const read = tableFromText(text);
    expect(read.ok && read.table).toEqual({
      hitPolicy: "unique",
      columns: [
        { fact: "salesAttainment", title: "Sales attainment", type: "percent" },
        { fact: "Hired", title: "Hired", type: "date" },
        { fact: "Grade", title: "Grade", type: "number" },
        { fact: "onLeave", title: "On leave", type: "boolean" },
        { fact: "Team", title: "Team", type: "text" },
      ],
      outputs: [{ name: "Rate", title: "Rate", type: "percent" }],
      rows: [
        { cells: ["80%..100%", ">= 2026-01-01", "> 3", "no", "a, b"], out: [0.05] },
        { cells: ["-", "-", "1, 2", "yes", "c"], out: [0.07] },
      ],
    });
  });

  it("says what does not fit, by line and heading", () => {
    const messages = (text: string) => {
      const read = tableFromText(text, { like: commission });
      return read.ok ? [] : read.issues.map(({ message }) => message);
    };
    expect(messages("")).toEqual(["There is nothing to paste."]);
    expect(messages("Attainment\tRate\n1\t2")).toEqual([
      'There is no heading "department" for a column.',
      'There is no heading "event" for an answer.',
    ]);
    expect(messages("Attainment\tdepartment\tRate\tevent\tRegion\n")).toEqual(['The table has no column "Region".']);
    expect(messages("Attainment\tdepartment\tRate\tevent\na\tb\tc\td\te")).toEqual([
      "Line 2 has 5 cells, and there are 4 headings.",
    ]);
  });

  const text = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      "=1+1",
      "+x",
      "-5..-1",
      "'q",
      "@a",
      '"',
      'a"b',
      "a\tb",
      "a\nb",
      "",
      " x ",
      "otherwise",
      "-",
      ";",
      "\r\n",
      "yes",
      "1",
      "5%",
      "null",
      "[1]",
      "{",
    ),
  );
  const value = fc.oneof(
    text,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.integer()),
    fc.record({ a: text }),
  ) as fc.Arbitrary<Json>;
  const anyTable: fc.Arbitrary<DecisionTable> = fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.array(fc.constantFrom("percent", "text", "boolean", "number", undefined), { minLength: 1, maxLength: 3 }),
    )
    .chain(([columns, outputs]) =>
      fc.record({
        hitPolicy: fc.constant("first" as const),
        columns: fc.constant(Array.from({ length: columns }, (_, at) => ({ fact: `f${at}`, type: "text" as const }))),
        outputs: fc.constant(outputs.map((type, at) => ({ name: `o${at}`, ...(type && { type }) }))),
        rows: fc.array(
          fc
            .tuple(
              fc.array(text, { minLength: columns, maxLength: columns }),
              fc.array(value, { minLength: outputs.length, maxLength: outputs.length }),
              fc.option(
                text.filter((one) => one !== ""),
                { nil: undefined },
              ),
            )
            .map(([cells, out, note]) => ({ cells, out, ...(note && { note }) })),
          { maxLength: 4 },
        ),
      }),
    );

  it("F88: comes back without loss, whatever its cells, answers and notes hold", () => {
    fc.assert(
      fc.property(anyTable, fc.constantFrom("\t" as const, "," as const, ";" as const), (table, separator) => {
        const written = tableToText(table, { separator, head: true });
        expect(tableFromText(written, { separator })).toEqual({ ok: true, table });
        for (const line of written.split("\n").slice(1)) expect(line).not.toMatch(/^[=+@]/);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("a cell is written as it is read", () => {
  const number = fc.oneof(fc.integer({ min: -100, max: 100 }), fc.constantFrom(0.57, 0.1 + 0.2, 1e-7, 1e21, -0.005));
  const tests = (one: fc.Arbitrary<number | string>): fc.Arbitrary<CellTest> => {
    const values = fc
      .array(one, { minLength: 1, maxLength: 3 })
      .map((some) => ({ kind: "one-of" as const, values: some }));
    const compare = fc.record({
      kind: fc.constant("compare" as const),
      sign: fc.constantFrom("<" as const, "<=" as const, ">" as const, ">=" as const),
      value: one,
    });
    const range = fc
      .tuple(one, one, fc.boolean(), fc.boolean())
      .filter(([low, high]) => low < high)
      .map(([low, high, lowIncluded, highIncluded]) => ({
        kind: "range" as const,
        low,
        high,
        lowIncluded,
        highIncluded,
      }));
    const plain = fc.oneof(values, compare, range);
    return fc.oneof(
      plain,
      plain.map((test) => ({ kind: "not" as const, test })),
      fc.tuple(values, compare, range).map((all) => ({ kind: "or" as const, tests: all })),
    );
  };
  it.each<["number" | "percent" | "date", fc.Arbitrary<number | string>]>([
    ["number", number],
    ["percent", number.filter((value) => Math.abs(value) < 1e6)],
    ["date", fc.constantFrom("2026-01-01", "2026-02-03", "2025-12-31")],
  ])("%s", (type, one) => {
    fc.assert(
      fc.property(tests(one), (test) => {
        const written = cellText(test, { type });
        expect(written && parseCell(written, { type })).toEqual({ ok: true, test });
      }),
      { numRuns: 2000 },
    );
  });
  it("text", () => {
    const words = fc.oneof(
      fc.string({ minLength: 1, maxLength: 8 }),
      fc.constantFrom("a, b", "not x", "null", "-", '"q"', "a\\b"),
    );
    const one = fc.array(words, { minLength: 1, maxLength: 3 }).map((values): CellTest => ({ kind: "one-of", values }));
    fc.assert(
      fc.property(
        fc.oneof(
          one,
          one.map((test): CellTest => ({ kind: "not", test })),
        ),
        (test) => {
          const written = cellText(test, { type: "text" });
          expect(written && parseCell(written, { type: "text" })).toEqual({ ok: true, test });
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("rules as a table", () => {
  it("have a row each, the strongest first", () => {
    const ruleset: RulesetBody = {
      facts: { attainment: { type: "percent", title: "attainment" } },
      rules: [
        {
          name: "watch",
          conditions: { all: [{ fact: "attainment", operator: "lessThan", value: 0.9 }] },
          event: { type: "watch", params: { level: 1 } },
        },
        {
          name: "plan",
          priority: 5,
          conditions: {
            all: [
              { fact: "attainment", operator: "lessThan", value: 0.8 },
              {
                any: [
                  { fact: "team", operator: "equal", value: "a" },
                  { fact: "team", operator: "equal", value: "b, c" },
                ],
              },
            ],
          },
          event: { type: "mitigate", params: { level: 2 } },
        },
      ],
    };
    expect(rulesAsTable(ruleset)).toEqual({
      fits: true,
      table: {
        hitPolicy: "first",
        columns: [
          { fact: "attainment", title: "attainment", type: "percent" },
          { fact: "team", title: "team", type: "text" },
        ],
        outputs: [{ name: "event" }, { name: "level" }],
        rows: [
          { cells: ["< 80%", 'a, "b, c"'], out: ["mitigate", 2], note: "plan" },
          { cells: ["< 90%", "-"], out: ["watch", 1], note: "watch" },
        ],
      },
    });
  });

  it("decide the same wherever they fit, missing facts too, and say why where they do not", () => {
    let fitting = 0;
    fc.assert(
      fc.property(
        rulesetOf(fc.oneof({ weight: 9, arbitrary: typed }, presence)),
        fc.array(
          fc.record(Object.fromEntries(Object.entries(GRID).map(([fact, some]) => [fact, fc.constantFrom(...some)])), {
            requiredKeys: [],
          }),
          { minLength: 20, maxLength: 20 },
        ),
        (ruleset, samples) => {
          const shown = rulesAsTable(ruleset);
          if (!shown.fits) {
            expect(shown.reasons.length).toBeGreaterThan(0);
            return;
          }
          fitting++;
          const { rules: _rules, ...rest } = ruleset;
          const [rules, table] = [compileRuleset(ruleset), compileRuleset({ ...rest, table: shown.table })];
          for (const sample of samples as Record<string, Json>[]) {
            const read: FactReader = (fact) => sample[fact];
            expect(table.decide(read).outcome).toBe(rules.decide(read).outcome);
          }
        },
      ),
      { numRuns: process.env.RONDO_LONG === "1" ? 30_000 : 1_500 },
    );
    expect(fitting).toBeGreaterThan(100);
  }, 60_000);
});
