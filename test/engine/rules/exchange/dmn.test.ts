import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { unaryTest } from "feelin";
import { describe, expect, it } from "vitest";
import { tableFromDmn } from "#engine/rules/exchange/dmn-read.ts";
import { tableToDmn } from "#engine/rules/exchange/dmn-write.ts";
import { feelOfTest, testOfFeel } from "#engine/rules/exchange/feel-cell.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { parseTable } from "#engine/rules/table-compile.ts";
import { tableDiff } from "#engine/rules/table-diff.ts";
import { evaluateTable } from "#engine/rules/table-evaluate.ts";
import { matcher } from "#engine/rules/table-match.ts";
import type { Json } from "#engine/words/json.ts";
import { type DmnTable, dmnTables, dmnXml, hasDmn } from "./dmn-corpus.ts";
import { randomTable } from "./random-tables.ts";

async function decisionOf(xml: string) {
  const read = await tableFromDmn(xml);
  if (!read.ok) throw new Error(read.issues.map(({ message }) => message).join());
  return read.decisions[0] as (typeof read.decisions)[number];
}

function accepts(expected: Json, got: ReturnType<typeof evaluateTable>): boolean {
  if (expected !== null && typeof expected === "object" && !Array.isArray(expected)) {
    if ("$anyOf" in expected) return (expected.$anyOf as Json[]).some((one) => isDeepStrictEqual(one, got.output));
    if ("$error" in expected) return got.output === null;
  }
  if (typeof expected === "number" && typeof got.output === "number") return Math.abs(got.output - expected) < 1e-9;
  return isDeepStrictEqual(got.output, expected);
}

/** Imports the tables as DMN files and runs their cases: how many agree, and what was refused. */
async function run(tables: DmnTable[]) {
  const told = {
    tables: tables.length,
    cases: 0,
    agreed: 0,
    refused: new Map<string, string[]>(),
    wrong: [] as string[],
  };
  for (const table of tables) {
    told.cases += table.cases.length;
    const { table: document, issues } = await decisionOf(dmnXml(table));
    if (!document) {
      told.refused.set(
        table.id,
        issues.map(({ message }) => message),
      );
      continue;
    }
    for (const one of table.cases) {
      const got = evaluateTable(document, one.inputs);
      if (accepts(one.expected, got)) told.agreed++;
      else told.wrong.push(`${table.id} ${one.id}: ${JSON.stringify(one.expected)}, not ${JSON.stringify(got.output)}`);
    }
  }
  return told;
}

describe.skipIf(!hasDmn)("decision tables of DMN's conformance kit, read from DMN files", () => {
  it("F86, F14: pass at level 2 and 3 but for cells that calculate, which are refused by name", async () => {
    const tables = dmnTables("dmn-tck");
    for (const level of [2, 3]) {
      const told = await run(tables.filter((table) => table.level === level));
      const inRefused = tables
        .filter(({ id }) => told.refused.has(id))
        .reduce((sum, { cases }) => sum + cases.length, 0);
      expect(told.wrong).toEqual([]);
      expect(told.agreed + inRefused).toBe(told.cases);
      for (const reasons of told.refused.values())
        for (const reason of reasons) expect(reason).toMatch(/^(row \d+, |column \d+: )/);
      if (process.env.RONDO_LONG === "1") {
        const share = ((100 * told.agreed) / told.cases).toFixed(1);
        console.info(
          `dmn-tck level ${level}: ${told.agreed} of ${told.cases} cases (${share} %), ${told.tables - told.refused.size} of ${told.tables} tables`,
          [...told.refused],
        );
      }
    }
    expect(tables.length).toBeGreaterThan(0);
  });

  it("F86, F14: the same tables under every hit policy, at their boundaries", async () => {
    const told = await run(dmnTables("dmn-derived"));
    expect(told.wrong).toEqual([]);
    expect(told.agreed / told.cases).toBeGreaterThan(0.9);
  });

  it("F86: files of other versions of DMN read the same", async () => {
    const [table] = dmnTables("dmn-tck");
    const now = await decisionOf(dmnXml(table as DmnTable));
    for (const version of [
      "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
      "http://www.omg.org/spec/DMN/20180521/MODEL/",
      "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ]) {
      expect(await decisionOf(dmnXml(table as DmnTable, version))).toEqual(now);
    }
  });
});

const table = (cells: string[], type = "number"): DmnTable => ({
  id: "t",
  hitPolicy: "U",
  inputs: [{ expr: "Age", type }],
  outputs: [{ name: "rate" }],
  rules: cells.map((cell) => ({ then: [], text: [[cell], ["1"]] })),
  cases: [],
});

describe("a DMN file", () => {
  it.each([
    [
      "Age > limit",
      "row 1, Age: it holds a comparison with another expression (Age > limit), which no cell here can say",
    ],
    ["sum(1, 2)", "row 1, Age: it holds a function call (sum(1, 2)), which no cell here can say"],
    ["limit", "row 1, Age: it holds a variable (limit), which no cell here can say"],
    ["> 1 + 2", "row 1, Age: it holds a calculation (1 + 2), which no cell here can say"],
    ["[1..", "row 1, Age: it holds something that is not FEEL ([1..), which no cell here can say"],
    ["? > 5", "row 1, Age: it holds a comparison with another expression (? > 5), which no cell here can say"],
    ['duration("P1D")', 'row 1, Age: it holds a date function (duration("P1D")), and only dates written out are taken'],
    [
      '> "a"',
      'row 1, Age: it holds "StringLiteral" ("a"), and only numbers and dates are compared by their order here',
    ],
  ])("F86: the cell %s is refused by name, with its row and column", async (cell, message) => {
    const { table: document, issues } = await decisionOf(dmnXml(table([cell, "5"])));
    expect(document).toBeUndefined();
    expect(issues.map((issue) => [issue.code, issue.path, issue.message])).toEqual([
      ["dmn-unsupported", "/rows/0/cells/0", message],
    ]);
  });

  it("F86: what is no table, and a column that calculates, are named", async () => {
    const literal =
      '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x"><decision id="a" name="Total"><literalExpression><text>1+1</text></literalExpression></decision></definitions>';
    expect((await decisionOf(literal)).issues[0]?.message).toBe(
      '"Total" is decided by a literal expression, not by a decision table.',
    );
    const sum = { ...table(["5"]), inputs: [{ expr: "a + b", type: "number" }] };
    expect((await decisionOf(dmnXml(sum))).issues[0]?.message).toBe(
      'column 1: "a + b" is an expression, and a column asks for one input',
    );
    const messages = async (text: string) => {
      const read = await tableFromDmn(text);
      return read.ok ? [] : read.issues.map(({ code }) => code);
    };
    expect(await messages("hello")).toEqual(["dmn"]);
    expect(await messages("<definitions><decision>")).toEqual(["dmn"]);
    expect(await messages('<!DOCTYPE x [<!ENTITY a "b">]><definitions/>')).toEqual(["dmn"]);
  });

  it("F86: takes types, allowed values, names with blanks, paths and notes", async () => {
    const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">
      <itemDefinition name="tRisk"><typeRef>string</typeRef><allowedValues><text>"low", "high"</text></allowedValues></itemDefinition>
      <decision id="a" name="Rate"><decisionTable hitPolicy="COLLECT" aggregation="SUM">
        <input label="Risk"><inputExpression typeRef="tRisk"><text>applicant.risk class</text></inputExpression></input>
        <input><inputExpression typeRef="date"><text>Hired on</text></inputExpression></input>
        <output name="rate" typeRef="number"/>
        <rule><description>first</description><inputEntry><text>not("low")</text></inputEntry><inputEntry><text>&gt;= date("2026-01-01")</text></inputEntry><outputEntry><text>-0.5</text></outputEntry></rule>
        <rule><inputEntry><text>"low", "high"</text></inputEntry><inputEntry><text>]date("2026-01-01")..date("2026-02-01")[</text></inputEntry><outputEntry><text></text></outputEntry></rule>
      </decisionTable></decision></definitions>`;
    expect((await decisionOf(xml)).table).toEqual({
      hitPolicy: "collect-sum",
      columns: [
        { fact: "applicant", path: "$['risk class']", title: "Risk", type: "choice", of: ["low", "high"] },
        { fact: "Hired on", type: "date" },
      ],
      outputs: [{ name: "rate" }],
      rows: [
        { cells: ['not "low"', ">= 2026-01-01"], out: [-0.5], note: "first" },
        { cells: ["low, high", "(2026-01-01..2026-02-01)"], out: [null] },
      ],
    });
  });

  it("F86: comes back as it went out, whatever the table holds", async () => {
    let said = 0;
    await fc.assert(
      fc.asyncProperty(randomTable, async (document) => {
        if (
          parseTable(document)
            .cells.flat()
            .some(
              (cell, at) =>
                feelOfTest(cell, document.columns[at % document.columns.length]?.type ?? "text") === undefined,
            )
        )
          return;
        said++;
        const { table: back, issues } = await decisionOf(await tableToDmn(document, { id: "x", title: "X" }));
        expect(issues).toEqual([]);
        expect(back).toEqual(document);
      }),
      { numRuns: process.env.RONDO_LONG === "1" ? 5_000 : 150 },
    );
    expect(said).toBeGreaterThan(20);
  }, 600_000);

  it("F86: edited elsewhere, only the edits come in; without its extension the meaning stays", async () => {
    const document: DecisionTable = {
      hitPolicy: "first",
      columns: [
        { fact: "metric", params: { id: "sales" }, path: "$.attainment", type: "percent", title: "Attainment" },
        { fact: "team", type: "text" },
      ],
      outputs: [{ name: "rate", type: "percent" }],
      rows: [
        { cells: ["80% to 100%", "-"], out: [0.05], note: "agreed" },
        { cells: [">= 100%", 'not "intern"'], out: [0.1] },
      ],
      default: [0],
    };
    const xml = await tableToDmn(document, { id: "rate" });
    const edited = (
      await decisionOf(xml.replace("&gt;= 1<", "&gt; 1.2<").replace(">0.05</dmn:text>", ">0.06</dmn:text>"))
    ).table as DecisionTable;
    expect(tableDiff(document, edited)).toEqual([
      { kind: "answer", row: 0, newRow: 0, output: 0, before: 0.05, after: 0.06 },
      { kind: "cell", row: 1, newRow: 1, column: 0, before: ">= 100%", after: "> 120%" },
    ]);
    const bare = (await decisionOf(xml.replace(/<dmn:extensionElements>[\s\S]*<\/dmn:extensionElements>/, ""))).table;
    expect(bare?.columns).toEqual([
      { fact: "metric", path: "$.attainment", title: "Attainment", type: "number" },
      { fact: "team", type: "text" },
    ]);
    expect(bare?.rows.map(({ cells }) => cells)).toEqual([
      ["0.8..1", "-"],
      [">= 1", 'not "intern"'],
    ]);
  });

  it("F86: what is written means in FEEL what it means here", () => {
    const number = fc.integer({ min: -3, max: 3 });
    const cell = fc.oneof(
      fc.array(number, { minLength: 1, maxLength: 3 }).map((some) => some.join(", ")),
      fc.tuple(fc.constantFrom("<", "<=", ">", ">="), number).map(([sign, value]) => `${sign} ${value}`),
      fc
        .tuple(fc.constantFrom("[", "("), number, number, fc.constantFrom("]", ")"))
        .filter(([, low, ,]) => low < 3)
        .map(([open, low, , close]) => `${open}${low}..${low + 2}${close}`),
    );
    fc.assert(
      fc.property(cell, fc.boolean(), number, (inner, negated, value) => {
        const feel = negated ? `not(${inner})` : inner;
        const test = testOfFeel(feel);
        const theirs = unaryTest(feel, { "?": value }).value === true;
        expect(matcher(test, "number")?.(value)).toBe(theirs);
        expect(unaryTest(feelOfTest(test, "number") ?? "", { "?": value }).value === true).toBe(theirs);
      }),
      { numRuns: 500 },
    );
  });
});
