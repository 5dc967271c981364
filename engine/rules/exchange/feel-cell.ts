import { parseUnaryTests } from "feelin";
import type { ColumnType } from "../table.ts";
import type { CellTest, CellValue, Sign } from "../table-cell.ts";
import { type FeelNode, feelOfJson, feelText, literalOf, membersOf, refuseLong, refuseNode } from "./feel-value.ts";

/**
 * Reads DMN's unary tests as the test of a cell: `-`, literals, lists of them, comparisons with a literal, ranges, `not(…)`.
 * Throws FeelRefused, with what it is, for anything that calculates or looks elsewhere.
 */
export function testOfFeel(text: string): CellTest {
  const source = text.trim();
  if (source === "" || source === "-") return { kind: "any" };
  refuseLong(source);
  const top = parseUnaryTests(source, {}, undefined).topNode;
  const isNot = top.firstChild?.name === "not";
  const [tests, other] = membersOf(top);
  if (!tests || other || tests.name !== "PositiveUnaryTests") return refuseNode(other ?? tests ?? top, source);
  const parts = membersOf(tests).map((one) => testOf(one, source));
  const test = joined(parts);
  return isNot ? { kind: "not", test } : test;
}

/** Several tests are one or the other; values among them go together, as a cell says them. */
function joined(parts: CellTest[]): CellTest {
  const values = parts.flatMap((part) => (part.kind === "one-of" ? part.values : []));
  const others = parts.filter((part) => part.kind !== "one-of");
  const all: CellTest[] = values.length > 0 ? [{ kind: "one-of", values }, ...others] : others;
  return all.length === 1 ? (all[0] as CellTest) : { kind: "or", tests: all };
}

function testOf(unary: FeelNode, source: string): CellTest {
  const [node, other] = membersOf(unary);
  if (!node || other) return refuseNode(other ?? unary, source);
  if (node.name === "List") return { kind: "one-of", values: membersOf(node).map((one) => literalOf(one, source)) };
  if (node.name !== "SimplePositiveUnaryTest") return { kind: "one-of", values: [literalOf(node, source)] };
  const [first, second] = membersOf(node);
  if (first?.name === "Interval") return rangeOf(first, source);
  if (first?.name !== "CompareOp" || !second) return refuseNode(first ?? node, source);
  const sign = source.slice(first.from, first.to);
  const value = literalOf(second, source);
  if (sign === "=") return { kind: "one-of", values: [value] };
  if (sign === "!=") return { kind: "not", test: { kind: "one-of", values: [value] } };
  return { kind: "compare", sign: sign as Sign, value: orderable(value, second, source) };
}

function rangeOf(node: FeelNode, source: string): CellTest {
  const [from, to, other] = membersOf(node);
  if (!from || !to || other) return refuseNode(other ?? node, source);
  return {
    kind: "range",
    low: orderable(literalOf(from, source), from, source),
    high: orderable(literalOf(to, source), to, source),
    lowIncluded: source[node.from] === "[",
    highIncluded: source[node.to - 1] === "]",
  };
}

function orderable(value: CellValue, node: FeelNode, source: string): number | string {
  if (typeof value === "number") return value;
  if (typeof value === "string" && node.name === "DateTimeLiteral") return value;
  return refuseNode(node, source, "and only numbers and dates are compared by their order here");
}

/** The test of a cell as DMN's unary tests; undefined for what they cannot say (a `not` beside others). */
export function feelOfTest(test: CellTest, type: ColumnType): string | undefined {
  const said = (value: CellValue) => feelLiteral(value, type);
  switch (test.kind) {
    case "any":
      return "-";
    case "one-of":
      return test.values.length === 0 ? undefined : test.values.map(said).join(", ");
    case "compare":
      return `${test.sign} ${said(test.value)}`;
    case "range":
      return `${test.lowIncluded ? "[" : "("}${said(test.low)}..${said(test.high)}${test.highIncluded ? "]" : ")"}`;
    case "or": {
      const parts = test.tests.map((one) =>
        one.kind === "not" || one.kind === "any" ? undefined : feelOfTest(one, type),
      );
      return parts.includes(undefined) ? undefined : parts.join(", ");
    }
    case "not": {
      const inner = test.test.kind === "not" || test.test.kind === "any" ? undefined : feelOfTest(test.test, type);
      return inner === undefined ? undefined : `not(${inner})`;
    }
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

function feelLiteral(value: CellValue, type: ColumnType): string {
  if (type !== "date" || typeof value !== "string") return feelOfJson(value);
  return `${value.includes("T") ? "date and time" : "date"}(${feelText(value)})`;
}
