import type { ModdleElement } from "dmn-moddle";
import type { Json } from "../../words/json.ts";
import type { ColumnType, DecisionTable } from "../table.ts";
import type { CellTest } from "../table-cell.ts";
import { COLUMN_TYPES, elements, textOf } from "./dmn-words.ts";
import { testOfFeel } from "./feel-cell.ts";
import { FeelRefused, jsonOfFeel } from "./feel-value.ts";

/** An input of a DMN table as a column, with what the file said of it. */
export interface DmnColumn {
  column: DecisionTable["columns"][number];
  label: string;
  expression: string;
  typeRef: string;
  /** The allowed values, as written. */
  values: string | undefined;
  /** Why it cannot be a column. */
  problem?: string;
}

/** First words of facts that have a dot in their name; other dots are a path into the fact. */
const NAMESPACES = new Set([
  "subject",
  "person",
  "unit",
  "case",
  "step",
  "trigger",
  "period",
  "parameter",
  "answer",
  "time",
]);

/** Reads an input clause: what it asks for, its type, its allowed values. */
export function readColumn(input: ModdleElement, cells: readonly string[], definitions: ModdleElement): DmnColumn {
  const asked = input.inputExpression as ModdleElement | undefined;
  const expression = textOf(asked);
  const label = ((input.label as string | undefined) ?? "").trim();
  const typeRef = (asked?.typeRef as string | undefined) ?? "";
  const declared = declaredType(typeRef, definitions);
  const values = textOf(input.inputValues) || undefined;
  const type = COLUMN_TYPES[declared.base] ?? typeOfCells(cells);
  const allowed = allowedOf(values ?? declared.allowed);
  const texts: Json[] | undefined = allowed?.every((one) => typeof one === "string") ? allowed : undefined;
  const isChoice =
    type === "text" && texts !== undefined && namedTexts(cells).every((one) => one === null || texts.includes(one));
  const column = {
    ...factOf(expression),
    ...(label !== "" && label !== expression && { title: label }),
    type: isChoice ? ("choice" as const) : type,
    ...(isChoice && { of: texts }),
  };
  const problem = isName(expression) ? undefined : `"${expression}" is an expression, and a column asks for one input`;
  return { column, label, expression, typeRef, values, ...(problem && { problem }) };
}

const isName = (expression: string) => /^[\p{L}_][\p{L}\p{N}_ '-]*(?:\.[\p{L}_][\p{L}\p{N}_ -]*)*$/u.test(expression);

function factOf(expression: string): { fact: string; path?: string } {
  const [first = "", ...rest] = expression.split(".").map((part) => part.trim());
  if (rest.length === 0 || NAMESPACES.has(first)) return { fact: expression };
  return { fact: first, path: `$${rest.map((part) => (/^[\w-]+$/.test(part) ? `.${part}` : `['${part}']`)).join("")}` };
}

/** A type of the file's own is followed to what it is made of. */
function declaredType(typeRef: string, definitions: ModdleElement): { base: string; allowed: string | undefined } {
  let [base, allowed] = [typeRef.replace(/^feel:/, ""), undefined as string | undefined];
  for (let depth = 0; depth < 5 && !COLUMN_TYPES[base]; depth++) {
    const item = elements(definitions, "itemDefinition").find(({ name }) => name === base || base.endsWith(`:${name}`));
    if (!item) break;
    allowed ??= textOf(item.allowedValues) || undefined;
    base = ((item.typeRef as string | undefined) ?? "").replace(/^feel:/, "");
  }
  return { base, allowed };
}

function allowedOf(values: string | undefined): Json[] | undefined {
  if (values === undefined) return undefined;
  const listed = attempt(() => jsonOfFeel(`[${values}]`));
  return Array.isArray(listed) && listed.length <= 500 ? listed : undefined;
}

/** The type that all literals of the cells have; text where they have none. */
function typeOfCells(cells: readonly string[]): ColumnType {
  const kinds = new Set(
    cells
      .flatMap((cell) => literalsOf(attempt(() => testOfFeel(cell))))
      .filter((one) => one !== null)
      .map((one) => typeof one),
  );
  if (cells.some((cell) => /\bdate\s*\(|@"/.test(cell))) return "date";
  if (kinds.size === 1 && kinds.has("number")) return "number";
  return kinds.size === 1 && kinds.has("boolean") ? "boolean" : "text";
}

const namedTexts = (cells: readonly string[]) => cells.flatMap((cell) => literalsOf(attempt(() => testOfFeel(cell))));

function literalsOf(test: CellTest | undefined): Json[] {
  switch (test?.kind) {
    case "one-of":
      return test.values;
    case "compare":
      return [test.value];
    case "range":
      return [test.low, test.high];
    case "or":
      return test.tests.flatMap(literalsOf);
    case "not":
      return literalsOf(test.test);
    default:
      return [];
  }
}

/** What is refused here is told where the cell itself is read. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof FeelRefused) return undefined;
    throw cause;
  }
}
