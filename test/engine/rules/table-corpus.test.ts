import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { compileRules } from "#engine/rules/compile.ts";
import { tableFromDmn } from "#engine/rules/exchange/dmn-read.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import type { ColumnType, DecisionTable, HitPolicy } from "#engine/rules/table.ts";
import { evaluateTable } from "#engine/rules/table-evaluate.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import type { Json } from "#engine/words/json.ts";
import { type DmnTable, dmnXml } from "./exchange/dmn-corpus.ts";

const folder = fileURLToPath(new URL("../../../../shared/data/tables/", import.meta.url));
const here = existsSync(folder);

type Predicate =
  | { op: "any" }
  | { op: "in"; values: Json[] }
  | { op: ">" | ">=" | "<" | "<="; value: number | string }
  | { op: "range"; lo: number; hi: number; loIncl: boolean; hiIncl: boolean }
  | { op: "or"; tests: Predicate[] }
  | { op: "expr"; text: string };
interface CorpusTable {
  id: string;
  hitPolicy: string;
  inputs: { expr: string; path: string[]; type?: string; allowed?: Json[] }[];
  outputs: { name: string; values?: Json[]; default?: Json }[];
  rules: { when: Predicate[]; then: { value?: Json; expr?: string }[] }[];
  cases: { id: string; inputs: Record<string, unknown>; expected: Json }[];
}

const POLICIES: Record<string, HitPolicy> = {
  U: "unique",
  A: "any",
  P: "priority",
  F: "first",
  R: "rule-order",
  O: "output-order",
  C: "collect",
  "C+": "collect-sum",
  "C<": "collect-min",
  "C>": "collect-max",
  "C#": "collect-count",
};

/** Writes a predicate as a person would type it into a cell; undefined for what our cells cannot say. */
function typed(predicate: Predicate): string | undefined {
  switch (predicate.op) {
    case "any":
      return "-";
    case "in":
      return predicate.values
        .map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value)))
        .join(", ");
    case "range":
      return `${predicate.loIncl ? "[" : "("}${predicate.lo}..${predicate.hi}${predicate.hiIncl ? "]" : ")"}`;
    case "or": {
      const parts = predicate.tests.map(typed);
      return parts.includes(undefined) ? undefined : parts.join(", ");
    }
    case "expr":
      return undefined;
    default:
      return `${predicate.op} ${predicate.value}`;
  }
}

function columnType(table: CorpusTable, at: number): ColumnType {
  const said = table.inputs[at]?.type;
  if (said === "date" || said === "boolean" || said === "number") return said;
  const values = table.rules.flatMap((rule) => valuesOf(rule.when[at] as Predicate));
  if (values.length > 0 && values.every((value) => typeof value === "boolean")) return "boolean";
  return values.length > 0 && values.every((value) => typeof value === "number") ? "number" : "text";
}

function valuesOf(predicate: Predicate): unknown[] {
  if (predicate.op === "in") return predicate.values;
  if (predicate.op === "range") return [predicate.lo, predicate.hi];
  if (predicate.op === "or") return predicate.tests.flatMap(valuesOf);
  return "value" in predicate ? [predicate.value] : [];
}

/** A corpus table as our document; undefined where a cell or an output needs an expression language. */
function documentOf(table: CorpusTable): DecisionTable | undefined {
  const rows = table.rules.map((rule) => ({
    cells: rule.when.map(typed),
    out: rule.then.map((output) => output.value),
  }));
  if (rows.some((row) => row.cells.includes(undefined) || row.out.includes(undefined))) return undefined;
  const defaults = table.outputs.map((output) => output.default);
  return {
    hitPolicy: POLICIES[table.hitPolicy] as HitPolicy,
    columns: table.inputs.map(({ path: [fact = "", ...rest] }, at) => ({
      fact,
      type: columnType(table, at),
      ...(rest.length > 0 && { path: `$.${rest.join(".")}` }),
    })),
    outputs: table.outputs.map(({ name, values }) => ({ name, ...(values && { of: values }) })),
    rows: rows as DecisionTable["rows"],
    ...(defaults.every((one) => one !== undefined) && { default: defaults as Json[] }),
  };
}

function accepts(expected: Json, got: ReturnType<typeof evaluateTable>): boolean {
  if (expected !== null && typeof expected === "object" && !Array.isArray(expected)) {
    if ("$anyOf" in expected) return (expected.$anyOf as Json[]).some((one) => isDeepStrictEqual(one, got.output));
    if ("$error" in expected) return got.output === null && got.problem?.code === expected.$error;
  }
  // Sums are recorded in binary floating point (249.04000000000002); ours are exact decimals, as DMN says they are.
  if (typeof expected === "number" && typeof got.output === "number") return Math.abs(got.output - expected) < 1e-9;
  return isDeepStrictEqual(got.output, expected);
}

/** What became of the cases of one file. */
interface Told {
  tables: number;
  cases: number;
  agreed: number;
  refused: Record<string, number>;
}

/** Why a table cannot be one of ours: what stands in its cells, without where. */
async function refusals(table: CorpusTable): Promise<string[]> {
  const read = await tableFromDmn(dmnXml(table as unknown as DmnTable));
  const issues = read.ok ? read.decisions.flatMap((decision) => decision.issues) : read.issues;
  return [...new Set(issues.map(({ message }) => /it holds ([^(]+) \(/.exec(message)?.[1] ?? message))].sort();
}

describe.skipIf(!here)("the decision tables of DMN's conformance kit and of ZEN", () => {
  const files = here ? readdirSync(folder).sort() : [];
  const tablesOf = (file: string): CorpusTable[] =>
    readFileSync(folder + file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));

  it("F14: answer as recorded, case by case, under every hit policy, or are refused for a reason", async () => {
    const wrong: string[] = [];
    const seen = new Set<string>();
    const told: Record<string, Told> = {};
    for (const file of files) {
      const counts: Told = { tables: 0, cases: 0, agreed: 0, refused: {} };
      told[file] = counts;
      for (const table of tablesOf(file)) {
        counts.tables++;
        counts.cases += table.cases.length;
        const document = documentOf(table);
        if (!document) {
          const why = (await refusals(table)).join(", ");
          expect(why).not.toBe("");
          counts.refused[why] = (counts.refused[why] ?? 0) + table.cases.length;
          continue;
        }
        seen.add(table.hitPolicy);
        for (const one of table.cases) {
          const got = evaluateTable(document, one.inputs);
          if (accepts(one.expected, got)) counts.agreed++;
          else wrong.push(`${table.id} ${one.id}: ${JSON.stringify(one.expected)}, not ${JSON.stringify(got)}`);
        }
      }
    }
    console.info(`tables: ${JSON.stringify(told)}`);
    expect(wrong).toEqual([]);
    for (const { cases, agreed, refused } of Object.values(told)) {
      expect(agreed + Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(cases);
      // Cells that compare with other inputs have no spelling here; nothing else of the corpus is refused.
      for (const why of Object.keys(refused)) expect(why).toMatch(/comparison with another expression|a variable/);
      expect(agreed / cases).toBeGreaterThan(0.5);
    }
    expect([...seen].sort()).toEqual(Object.keys(POLICIES).sort());
  });

  it("F14: the rules that a table lowers to hold exactly where its rows match, for both evaluators", async () => {
    const rowsOf = (results: readonly { name: unknown; result: unknown }[]) =>
      results
        .filter(({ result }) => result === true)
        .map(({ name }) => Number(String(name).slice(4)) - 1)
        .sort((a, b) => a - b);
    let compared = 0;
    const differing: string[] = [];
    for (const table of files.flatMap(tablesOf)) {
      const document = documentOf(table);
      if (!document) continue;
      const rules = lowerTable(document);
      const run = compileRules(rules);
      const all: DecisionTable = { ...document, hitPolicy: "rule-order" };
      for (const one of table.cases) {
        const { matched } = evaluateTable(all, one.inputs);
        const compiled = rowsOf(run(one.inputs).results);
        const reference = rowsOf((await evaluateRules(rules, one.inputs)).results);
        compared++;
        if (!isDeepStrictEqual(compiled, matched) || !isDeepStrictEqual(reference, matched))
          differing.push(`${table.id} ${one.id}: ${matched}, compiled ${compiled}, library ${reference}`);
      }
    }
    console.info(`tables as rules: ${compared} cases, ${compared - differing.length} the same for both evaluators`);
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});
