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
    case "not": {
      const inner = cellText(test.test, column);
      if (inner === undefined || test.test.kind === "any" || test.test.kind === "not") return undefined;
      if (test.test.kind === "one-of" && test.test.values.length === 1)
        return `not ${quoted(test.test.values[0], inner)}`;
      return inner.includes(")") ? `not ${inner}` : `not (${inner})`;
    }
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

/** `not` wants a space, a quote or a bracket behind it; a text is quoted so that it reads as one. */
const quoted = (value: CellValue | undefined, text: string) =>
  typeof value === "string" && !text.startsWith('"') ? JSON.stringify(text) : text;

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
  return same ? value : `"${value.replaceAll(/(["\\])/g, "\\$1")}"`;
}
