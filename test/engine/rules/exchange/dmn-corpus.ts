import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Json } from "#engine/words/json.ts";

const folder = fileURLToPath(new URL("../../../../../shared/data/tables/", import.meta.url));
export const hasDmn = existsSync(folder);

/** A table of DMN's conformance kit as the corpus keeps it; `text` are the cells as they stand in the kit. */
export interface DmnTable {
  id: string;
  level?: number;
  hitPolicy: string;
  inputs: { expr: string; type?: string; allowed?: Json[] }[];
  outputs: { name: string; type?: string; values?: Json[]; default?: Json }[];
  rules: { then: { value?: Json; expr?: string }[]; text: [string[], string[]] }[];
  cases: { id: string; inputs: Record<string, unknown>; expected: Json }[];
}

export function dmnTables(file: "dmn-tck" | "dmn-derived"): DmnTable[] {
  if (!hasDmn) return [];
  const lines = readFileSync(`${folder}${file}.jsonl`, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line)).filter(({ rules }: DmnTable) => Array.isArray(rules[0]?.text));
}

const POLICIES: Record<string, string> = {
  U: "UNIQUE",
  A: "ANY",
  P: "PRIORITY",
  F: "FIRST",
  R: "RULE ORDER",
  O: "OUTPUT ORDER",
  C: "COLLECT",
};
const AGGREGATIONS: Record<string, string> = { "+": "SUM", "<": "MIN", ">": "MAX", "#": "COUNT" };
const xml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const feel = (value: Json) => (typeof value === "string" ? JSON.stringify(value) : String(value));

/** The table as the DMN file it came from, in the namespace of the version it is written in. */
export function dmnXml(table: DmnTable, language = "https://www.omg.org/spec/DMN/20191111/MODEL/"): string {
  const [policy = "U", sign = ""] = table.hitPolicy;
  const unary = (name: string, values: Json[] | undefined) =>
    values ? `<${name}><text>${xml(values.map(feel).join(", "))}</text></${name}>` : "";
  const inputs = table.inputs.map(
    ({ expr, type, allowed }, at) =>
      `<input id="i${at}"><inputExpression${type ? ` typeRef="${type}"` : ""}><text>${xml(expr)}</text></inputExpression>${unary("inputValues", allowed)}</input>`,
  );
  const outputs = table.outputs.map(
    ({ name, type, values, default: fallback }, at) =>
      `<output id="o${at}" name="${xml(name)}"${type ? ` typeRef="${type}"` : ""}>${unary("outputValues", values)}${fallback === undefined ? "" : `<defaultOutputEntry><text>${xml(feel(fallback))}</text></defaultOutputEntry>`}</output>`,
  );
  const rules = table.rules.map(({ text: [when, then] }, at) => {
    const entries = when.map((cell) => `<inputEntry><text>${xml(cell)}</text></inputEntry>`);
    const answers = then.map((cell) => `<outputEntry><text>${xml(cell)}</text></outputEntry>`);
    return `<rule id="r${at}">${entries.join("")}${answers.join("")}</rule>`;
  });
  const aggregation = AGGREGATIONS[sign] ? ` aggregation="${AGGREGATIONS[sign]}"` : "";
  return `<?xml version="1.0" encoding="UTF-8"?><definitions xmlns="${language}" id="d" name="d" namespace="urn:x"><decision id="a" name="${xml(table.id)}"><decisionTable hitPolicy="${POLICIES[policy]}"${aggregation}>${inputs.join("")}${outputs.join("")}${rules.join("")}</decisionTable></decision></definitions>`;
}
