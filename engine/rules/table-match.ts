import { compareDates, isDateLike } from "./date-order.ts";
import type { ColumnType } from "./table.ts";
import type { CellTest, Sign } from "./table-cell.ts";

/** Whether a value has the type its column declares; what has not answers only the cells that ask nothing. */
export function fits(value: unknown, type: ColumnType): boolean {
  switch (type) {
    case "number":
    case "money":
    case "percent":
      return typeof value === "number" && !Number.isNaN(value);
    case "date":
      return isDateLike(value);
    case "boolean":
      return typeof value === "boolean";
    case "text":
      return typeof value === "string";
    case "choice":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    default:
      throw new Error(`unknown column type ${type satisfies never}`);
  }
}

/** A cell as a test of a value that fits its column. */
export type Matcher = (value: unknown) => boolean;

const inOrder: Record<Sign, (order: number) => boolean> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  ">": (order) => order > 0,
  ">=": (order) => order >= 0,
};

/** Makes the test of a cell; undefined for a cell that takes anything. */
export function matcher(test: CellTest, type: ColumnType): Matcher | undefined {
  return test.kind === "any" ? undefined : build(test, type === "date");
}

function order(a: unknown, b: unknown, dated: boolean): number {
  if (dated) return compareDates(a, b) ?? Number.NaN;
  return (a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0;
}

function build(test: CellTest, dated: boolean): Matcher {
  switch (test.kind) {
    case "any":
      return () => true;
    case "one-of": {
      if (dated) return (value) => test.values.some((one) => one !== null && order(value, one, true) === 0);
      const [only] = test.values;
      if (test.values.length === 1) return (value) => value === only;
      const values = new Set<unknown>(test.values);
      return (value) => values.has(value);
    }
    case "compare": {
      const holds = inOrder[test.sign];
      return (value) => holds(order(value, test.value, dated));
    }
    case "range": {
      const [from, to] = [inOrder[test.lowIncluded ? ">=" : ">"], inOrder[test.highIncluded ? "<=" : "<"]];
      return (value) => from(order(value, test.low, dated)) && to(order(value, test.high, dated));
    }
    case "or": {
      const tests = test.tests.map((one) => build(one, dated));
      return (value) => tests.some((one) => one(value));
    }
    case "not": {
      const inner = build(test.test, dated);
      return (value) => !inner(value);
    }
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

/** Whether a cell asks for the absence of a value: `null`, or a list with it; `not null` asks for the opposite. */
export function acceptsNull(test: CellTest): boolean | undefined {
  if (test.kind === "one-of") return test.values.includes(null) ? true : undefined;
  if (test.kind === "or") return test.tests.some((one) => acceptsNull(one) === true) ? true : undefined;
  if (test.kind === "not") return acceptsNull(test.test) === true ? false : undefined;
  return test.kind === "any" ? true : undefined;
}
