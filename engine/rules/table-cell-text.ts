import { Decimal } from "../words/decimal.ts";
import type { ColumnType } from "./table.ts";
import { type CellTest, type CellValue, type Column, parseCell } from "./table-cell.ts";

/**
 * Writes a test as a person would type it into a cell of this column; `parseCell` reads it back as the same test.
 * Undefined for what a cell cannot say (a list nested in a `not` beside others).
 */
export function cellText(test: CellTest, column: Pick<Column, "type" | "unit" | "of">): string | undefined {
  switch (test.kind) {
    case "any":
      return "-";
    case "one-of":
      return test.values.length === 0
        ? undefined
        : test.values.map((value) => valueText(value, column.type)).join(", ");
    case "compare":
      return `${test.sign} ${valueText(test.value, column.type)}`;
    case "range": {
      const [low, high] = [valueText(test.low, column.type), valueText(test.high, column.type)];
      if (test.lowIncluded && test.highIncluded) return `${low}..${high}`;
      return `${test.lowIncluded ? "[" : "("}${low}..${high}${test.highIncluded ? "]" : ")"}`;
    }
    case "or": {
      const parts = test.tests.map((one) => cellText(one, column));
      const plain = test.tests.every((one) => one.kind !== "or" && one.kind !== "any" && one.kind !== "not");
      return plain && !parts.includes(undefined) ? parts.join(", ") : undefined;
    }
    case "not":
      return notText(test.test, column);
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

/** After `not` round brackets hold the list together, so an open end is written as `]` and `[` there. */
function notText(test: CellTest, column: Pick<Column, "type" | "unit" | "of">): string | undefined {
  if (test.kind === "any" || test.kind === "not") return undefined;
  const inner = cellText(test, column);
  if (inner === undefined) return undefined;
  if (test.kind === "one-of" && test.values.length === 1) {
    return typeof test.values[0] === "string" && !inner.startsWith('"') ? `not ${quoted(inner)}` : `not ${inner}`;
  }
  const turned =
    column.type === "text" || column.type === "choice" ? inner : inner.replaceAll("(", "]").replaceAll(")", "[");
  return turned.includes(")") || turned.startsWith("(") ? `not ${turned}` : `not (${turned})`;
}

/** One value as a cell spells it: `80%`, `yes`, a date, a text in quotes where it needs them. */
export function valueText(value: CellValue, type: ColumnType): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return type === "boolean" ? (value ? "yes" : "no") : String(value);
  if (typeof value === "number")
    return type === "percent" ? `${decimalText(new Decimal(value).times(100))}%` : numberText(value);
  return type === "date" ? value : bareText(value);
}

function numberText(value: number): string {
  const text = String(value);
  return text.includes("e") ? decimalText(new Decimal(value)) : text;
}

const decimalText = (value: Decimal) => value.toFixed();

/** Texts that would read as something else between quotes, others as they are. */
function bareText(value: string): string {
  const read = parseCell(value, { type: "text" });
  const same = read.ok && read.test.kind === "one-of" && read.test.values.length === 1 && read.test.values[0] === value;
  return same && !/["',;()[\]]/.test(value) ? value : quoted(value);
}

const quoted = (value: string) => `"${value.replaceAll(/(["\\])/g, "\\$1")}"`;
