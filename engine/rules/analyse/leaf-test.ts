import { isDay } from "../date-order.ts";
import type { LeafNode } from "../plan.ts";
import type { CellTest, CellValue, Sign } from "../table-cell.ts";
import type { DimensionKind } from "./dimension.ts";

/** A comparison as a test of the values of its dimension; or why it is not one. */
export type LeafTest =
  | { kind: "test"; test: CellTest /** An outer `not:` turned it round. */; negated: boolean }
  /** Asks whether there is a value at all. */
  | { kind: "presence"; holdsForNull: boolean }
  | { kind: "unclear"; why: string /** The literal is of another type than the fact. */; wrongType?: true };

const SIGNS: Record<string, Sign> = {
  lessThan: "<",
  lessThanInclusive: "<=",
  greaterThan: ">",
  greaterThanInclusive: ">=",
  dateBefore: "<",
  dateOnOrBefore: "<=",
  dateAfter: ">",
  dateOnOrAfter: ">=",
};

/** The kind of dimension that a comparison suggests where nobody declared the type of its fact; undefined where it suggests none. */
export function suggestedKind(leaf: LeafNode): DimensionKind | undefined {
  if (!("literal" in leaf.operand)) return undefined;
  const { literal } = leaf.operand;
  const name = leaf.operator.base.name;
  if (name.startsWith("date")) return "date";
  if (name === "between" || name === "notBetween") return "number";
  if (name in SIGNS) return isDay(literal) ? "date" : "number";
  if (!["equal", "notEqual", "in", "notIn"].includes(name)) return undefined;
  const values = Array.isArray(literal) ? literal : [literal];
  const kinds = new Set(values.filter((value) => value !== null).map(kindOf));
  return kinds.size === 1 ? [...kinds][0] : kinds.size === 0 ? undefined : "value";
}

function kindOf(value: unknown): DimensionKind {
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : isDay(value) ? "date" : "value";
}

/** Reads a planned comparison as a test of a dimension's values. */
export function leafTest(leaf: LeafNode, kind: DimensionKind): LeafTest {
  const { base, decorators, readsMissing } = leaf.operator;
  if (!("literal" in leaf.operand))
    return { kind: "unclear", why: "it compares with a parameter or another fact, and a cell holds a plain value" };
  if (!decorators.every((name) => name === "not")) {
    return { kind: "unclear", why: `"${leaf.operator.name}" asks about the members of a list` };
  }
  const negated = decorators.length % 2 === 1;
  const { literal } = leaf.operand;
  if (readsMissing) {
    const asksMissing = (base.name === "isMissing") === (literal !== false);
    return { kind: "presence", holdsForNull: asksMissing !== negated };
  }
  if (literal === null && (base.name === "equal" || base.name === "notEqual")) {
    return { kind: "presence", holdsForNull: (base.name === "equal") !== negated };
  }
  const said = base.name === "notEqual" || base.name === "notIn" || base.name === "notBetween";
  const test = plainTest(base.name, literal, kind);
  return "kind" in test && test.kind === "unclear" ? test : { kind: "test", test, negated: negated !== said };
}

/** The test of an operator; its opposite operators are turned round by the caller. */
function plainTest(name: string, literal: unknown, kind: DimensionKind): CellTest | (LeafTest & { kind: "unclear" }) {
  const wrong = (wanted: string) => ({ kind: "unclear", why: `its value is not ${wanted}`, wrongType: true }) as const;
  if (name === "equal" || name === "notEqual") {
    if (typeof literal === "object") return wrong("a single value");
    return fitsKind(literal, kind) ? { kind: "one-of", values: [literal as CellValue] } : wrong(WANTED[kind]);
  }
  if (name === "in" || name === "notIn") {
    if (!Array.isArray(literal)) return { kind: "unclear", why: "it looks for a part of a text" };
    const foreign = literal.some((value) => value !== null && !fitsKind(value, kind));
    return foreign ? wrong(`a list, each ${WANTED[kind]}`) : { kind: "one-of", values: literal as CellValue[] };
  }
  if (name === "dateOn") return isDay(literal) ? { kind: "one-of", values: [literal] } : wrong(WANTED.date);
  const sign = SIGNS[name];
  if (sign) {
    if (kind !== "number" && kind !== "date") return wrong("something that has an order");
    return fitsKind(literal, kind) ? { kind: "compare", sign, value: literal as number } : wrong(WANTED[kind]);
  }
  if (name === "between" || name === "notBetween" || name === "dateBetween") return rangeTest(literal, kind, wrong);
  return { kind: "unclear", why: `"${name}" is outside what can be analysed exactly` };
}

function rangeTest<T>(literal: unknown, kind: DimensionKind, wrong: (wanted: string) => T): CellTest | T {
  const [low, high] = Array.isArray(literal) ? (literal as unknown[]) : [];
  if (kind !== "number" && kind !== "date") return wrong("something that has an order");
  if (!fitsKind(low, kind) || !fitsKind(high, kind)) return wrong(`a pair, each ${WANTED[kind]}`);
  const [from, to] = [low as number, high as number];
  if (from > to) return { kind: "one-of", values: [] };
  return { kind: "range", low: from, high: to, lowIncluded: true, highIncluded: true };
}

const WANTED: Record<DimensionKind, string> = {
  number: "a number",
  date: "a date without a time",
  boolean: "yes or no",
  value: "a text",
};

function fitsKind(value: unknown, kind: DimensionKind): boolean {
  switch (kind) {
    case "number":
      return typeof value === "number" && Number.isFinite(value);
    case "date":
      return isDay(value);
    case "boolean":
      return typeof value === "boolean";
    case "value":
      return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
    default:
      throw new Error(`unknown kind ${kind satisfies never}`);
  }
}
