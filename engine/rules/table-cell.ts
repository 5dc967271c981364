import type { z } from "zod";
import { Decimal } from "../words/decimal.ts";
import { isDateLike } from "./date-order.ts";
import type { ColumnType, DecisionTable } from "./table.ts";

export type Column = z.infer<typeof DecisionTable>["columns"][number];
export type CellValue = number | string | boolean | null;
export type Sign = "<" | "<=" | ">" | ">=";

/** What a cell asks of a value. */
export type CellTest =
  | { kind: "any" }
  | { kind: "one-of"; values: CellValue[] }
  | { kind: "compare"; sign: Sign; value: number | string }
  | { kind: "range"; low: number | string; high: number | string; lowIncluded: boolean; highIncluded: boolean }
  | { kind: "or"; tests: CellTest[] }
  | { kind: "not"; test: CellTest };

/** A cell that could be read, or a sentence on what is wrong with it and what to write instead. */
export type ParsedCell = { ok: true; test: CellTest } | { ok: false; message: string; hint: string };

class CellProblem extends Error {
  readonly hint: string;
  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

const ORDERED: ReadonlySet<ColumnType> = new Set(["number", "money", "percent", "date"]);
const NUMERIC: ReadonlySet<ColumnType> = new Set(["number", "money", "percent"]);
const SIGNS: Record<string, Sign> = {
  ">=": ">=",
  "≥": ">=",
  "=>": ">=",
  "<=": "<=",
  "≤": "<=",
  "=<": "<=",
  ">": ">",
  "<": "<",
};

/**
 * Reads what a person typed into a cell: `-` or nothing (anything goes), `sales, support`, `not "intern"`, `>= 80%`,
 * `80%..100%` (both ends belong to it), `(80%..100%]` (an end left out), `2026-03-31`, `yes`, `null` (no value).
 * A list means one of them. In numbers a point stands before decimals, and a comma with a space after it separates values.
 */
export function parseCell(text: string, column: Pick<Column, "type" | "unit" | "of">): ParsedCell {
  try {
    return { ok: true, test: parseList(text.trim(), column) };
  } catch (cause) {
    if (cause instanceof CellProblem) return { ok: false, message: cause.message, hint: cause.hint };
    throw cause;
  }
}

function parseList(text: string, column: Pick<Column, "type" | "unit" | "of">): CellTest {
  if (text === "" || text === "-" || text === "–") return { kind: "any" };
  const negated = /^not(?=[\s("'])\s*/i.exec(text);
  if (negated) {
    const inner = text.slice(negated[0].length).trim();
    const test = parseList(
      inner.startsWith("(") && inner.endsWith(")") && closes(inner) ? inner.slice(1, -1).trim() : inner,
      column,
    );
    if (test.kind === "any")
      throw new CellProblem(`"${text}" would never hold`, 'write what is not meant, e.g. not "intern"');
    return { kind: "not", test };
  }
  if (NUMERIC.has(column.type)) refuseDoubtfulCommas(text);
  const tests = splitList(text).map((part) => parseTest(part, column));
  const values = tests.flatMap((test) => (test.kind === "one-of" ? test.values : []));
  const others = tests.filter((test) => test.kind !== "one-of");
  if (others.length === 0) return { kind: "one-of", values };
  const all: CellTest[] = values.length > 0 ? [{ kind: "one-of", values }, ...others] : others;
  return all.length === 1 ? (all[0] as CellTest) : { kind: "or", tests: all };
}

/** Whether the bracket that opens the text is closed by its last character only. */
function closes(text: string): boolean {
  return !text.slice(1, -1).includes(")");
}

/** `1,500` and `0,8` mean different things to different readers: we ask instead of guessing. */
function refuseDoubtfulCommas(text: string): void {
  const doubtful = /(?<![\d,])\d+,\d+(?![\d,])|(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/.exec(text);
  if (!doubtful) return;
  throw new CellProblem(
    `"${doubtful[0]}" can be read in two ways`,
    `write ${doubtful[0].replaceAll(",", "")} or ${doubtful[0].replace(",", ".")} for a number, ${doubtful[0].replaceAll(",", ", ")} for several`,
  );
}

/** Splits at commas and semicolons outside quotes. */
function splitList(text: string): string[] {
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^,;])+/g) ?? [];
  const trimmed = parts.map((part) => part.trim()).filter((part) => part !== "");
  if (trimmed.length === 0) throw new CellProblem(`"${text}" says nothing`, "write - for any value");
  return trimmed;
}

function parseTest(text: string, column: Pick<Column, "type" | "unit" | "of">): CellTest {
  const sign = /^(>=|<=|=>|=<|≥|≤|!=|≠|>|<|==|=)\s*/.exec(text);
  if (sign) {
    const value = parseValue(text.slice(sign[0].length), column);
    const said = sign[1] ?? "";
    if (said === "=" || said === "==") return { kind: "one-of", values: [value] };
    if (said === "!=" || said === "≠") return { kind: "not", test: { kind: "one-of", values: [value] } };
    if (!ORDERED.has(column.type) || typeof value === "boolean" || value === null) {
      throw new CellProblem(`"${text}" compares, but a ${column.type} has no order`, "list the values that are meant");
    }
    return { kind: "compare", sign: SIGNS[said] as Sign, value };
  }
  return (
    (ORDERED.has(column.type) && parseRange(text, column)) || { kind: "one-of", values: [parseValue(text, column)] }
  );
}

/** What stands between the ends of a range. Found by itself: one expression for the whole would try every split of a long blank. */
const RANGE_SIGN = /\.\.+|…|(?<=[\d%]\s?)–(?=\s?\S)|(?<=\s)to(?=\s)/;

function parseRange(text: string, column: Pick<Column, "type" | "unit" | "of">): CellTest | undefined {
  const [open = ""] = /^[[(\]]/.exec(text) ?? [];
  const [close = ""] = /[\])[]$/.exec(text) ?? [];
  const body = text.slice(open.length, text.length - close.length).trim();
  const between = RANGE_SIGN.exec(body);
  const from = body.slice(0, between?.index).trim();
  const to = between ? body.slice(between.index + between[0].length).trim() : "";
  if (from === "" || to === "") return undefined;
  if ((open === "") !== (close === "")) {
    throw new CellProblem(
      `"${text}" has a bracket without its pair`,
      "write 80..100, or (80..100] to leave an end out",
    );
  }
  const [low, high] = [parseValue(from, column), parseValue(to, column)];
  if (typeof low === "boolean" || typeof high === "boolean" || low === null || high === null) return undefined;
  const lowIncluded = open === "" || open === "[";
  const highIncluded = close === "" || close === "]";
  if (low > high || (low === high && !(lowIncluded && highIncluded))) {
    throw new CellProblem(`"${text}" is empty: it ends before it begins`, "put the lower end first");
  }
  return { kind: "range", low, high, lowIncluded, highIncluded };
}

function parseValue(text: string, column: Pick<Column, "type" | "unit" | "of">): CellValue {
  const bare = text.trim();
  if (bare === "null") return null;
  switch (column.type) {
    case "number":
    case "money":
      return parseNumber(bare, column);
    case "percent":
      return parsePercent(bare);
    case "date":
      return parseDate(bare);
    case "boolean":
      return parseBoolean(bare);
    case "choice":
      return parseChoice(bare, column.of);
    case "text":
      return unquote(bare);
    default:
      throw new Error(`unknown column type ${column.type satisfies never}`);
  }
}

const NUMBER = /^[+-]?(?:\d{1,3}(?:[ '_\u00a0\u202f]\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;
const CURRENCY = /^(?:[A-Z]{3}|[€$£¥])\s*|\s*(?:[A-Z]{3}|[€$£¥])$/g;

function decimalOf(text: string, whole: string): Decimal {
  if (!NUMBER.test(text) || !/^[+-]?\.?\d/.test(text)) {
    throw new CellProblem(`"${whole}" is not a number`, "write e.g. >= 80, 80..100 or 1500.50");
  }
  return new Decimal(text.replaceAll(/[ '_\u00a0\u202f]/g, ""));
}

function parseNumber(text: string, column: Pick<Column, "type" | "unit">): number {
  const unit = column.unit;
  const unitless = unit && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;
  if (unitless.endsWith("%")) return parsePercent(unitless);
  return decimalOf(column.type === "money" ? unitless.replaceAll(CURRENCY, "") : unitless, text).toNumber();
}

/** Percents are fractions in the facts: `80%` is 0.8, exactly. A number without its sign is not guessed at. */
function parsePercent(text: string): number {
  const number = decimalOf(text.replace(/\s*%$/, ""), text);
  if (!text.endsWith("%") && !number.isZero()) {
    throw new CellProblem(`"${text}" has no percent sign`, `write ${text}% or ${number.times(100).toString()}%`);
  }
  return number.div(100).toNumber();
}

function parseDate(text: string): string {
  const date = unquote((/^date(?: and time)?\((.+)\)$/.exec(text)?.[1] ?? text).trim());
  if (!isDateLike(date)) throw new CellProblem(`"${text}" is not a date`, "write year-month-day, e.g. 2026-03-31");
  return date;
}

function parseBoolean(text: string): boolean {
  const said = unquote(text).toLowerCase();
  if (said === "true" || said === "yes") return true;
  if (said === "false" || said === "no") return false;
  throw new CellProblem(`"${text}" is neither yes nor no`, "write yes, no or -");
}

function parseChoice(text: string, of: readonly unknown[] | undefined): CellValue {
  const said = unquote(text);
  if (!of || of.length === 0) return said;
  const found = of.find((one) => String(one) === said);
  if (found === undefined) {
    const known = of.slice(0, 8).map(String).join(", ");
    throw new CellProblem(`"${said}" is none of the choices`, `choose from ${known}${of.length > 8 ? ", …" : ""}`);
  }
  return found as CellValue;
}

function unquote(text: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"$|^'((?:[^'\\]|\\.)*)'$/.exec(text);
  if (quoted) return (quoted[1] ?? quoted[2] ?? "").replaceAll(/\\(.)/g, "$1");
  if (/^["']|["']$/.test(text)) throw new CellProblem(`${text} has a quote without its pair`, 'write "like this"');
  return text;
}
