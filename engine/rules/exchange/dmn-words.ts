import { DmnModdle, type ModdleElement } from "dmn-moddle";
import type { ColumnType, DecisionTable, HitPolicy } from "../table.ts";

/** DMN's hit policies by ours, with the aggregation of a collect. */
export const POLICIES: Record<HitPolicy, { hitPolicy: string; aggregation?: string }> = {
  unique: { hitPolicy: "UNIQUE" },
  first: { hitPolicy: "FIRST" },
  any: { hitPolicy: "ANY" },
  priority: { hitPolicy: "PRIORITY" },
  "rule-order": { hitPolicy: "RULE ORDER" },
  "output-order": { hitPolicy: "OUTPUT ORDER" },
  collect: { hitPolicy: "COLLECT" },
  "collect-sum": { hitPolicy: "COLLECT", aggregation: "SUM" },
  "collect-min": { hitPolicy: "COLLECT", aggregation: "MIN" },
  "collect-max": { hitPolicy: "COLLECT", aggregation: "MAX" },
  "collect-count": { hitPolicy: "COLLECT", aggregation: "COUNT" },
};

/** The type of DMN for a column; percents and money are numbers there, choices texts. */
export const TYPES: Record<ColumnType, string> = {
  number: "number",
  money: "number",
  percent: "number",
  date: "date",
  choice: "string",
  boolean: "boolean",
  text: "string",
};

/** Our column types for those of DMN. */
export const COLUMN_TYPES: Record<string, ColumnType> = {
  number: "number",
  integer: "number",
  long: "number",
  double: "number",
  string: "text",
  boolean: "boolean",
  date: "date",
  dateTime: "date",
  "date and time": "date",
};

const PACKAGE = {
  name: "Rondo",
  uri: "urn:rondo:decision-table",
  prefix: "rondo",
  xml: { tagAlias: "lowerCase" },
  types: [{ name: "Source", superClass: ["Element"], properties: [{ name: "body", isBody: true, type: "String" }] }],
};

/** The reader and writer of DMN files, with the element in which the rest of a table travels. */
export const moddle = (): DmnModdle => new DmnModdle({ rondo: PACKAGE });

/** Ids by which a column, an answer and a row are found again in a file that somebody edited. */
export const idOf = {
  column: (at: number) => `column-${at}`,
  output: (at: number) => `answer-${at}`,
  row: (at: number) => `row-${at}`,
};

/** The id of the column of days in which rows are in force. */
export const IN_FORCE = "in-force";

/** What a column reads, as a FEEL name: `metric.attainment`. */
export function expressionOf({ fact, path }: DecisionTable["columns"][number]): string {
  return path ? `${fact}${path.replace(/^\$\.?/, ".")}` : fact;
}

/** A text as XML can hold it and gives it back: what it cannot hold is left out. */
export function plainText(text: string): string {
  return (
    text
      .replaceAll(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
      .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu, "")
      .trim()
  );
}

/** The elements of a property that holds a list; none where it holds nothing. */
export function elements(of: ModdleElement | undefined, property: string): ModdleElement[] {
  const found = of?.[property];
  return Array.isArray(found) ? (found as ModdleElement[]) : [];
}

/** The text of an element; empty where there is none. */
export function textOf(element: unknown): string {
  const text = (element as ModdleElement | undefined)?.text;
  return typeof text === "string" ? text.trim() : "";
}
