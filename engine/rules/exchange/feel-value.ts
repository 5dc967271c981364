import { parseExpression } from "feelin";
import { Decimal } from "../../words/decimal.ts";
import type { Json } from "../../words/json.ts";
import { isDateLike } from "../date-order.ts";

/** A node of feelin's syntax tree. */
export type FeelNode = ReturnType<typeof parseExpression>["topNode"];

/** What an expression is that we do not take, said so that an author finds it: `a function call, round(x)`. */
export class FeelRefused extends Error {}

const KINDS: Record<string, string> = {
  FunctionInvocation: "a function call",
  FunctionDefinition: "a function",
  ArithmeticExpression: "a calculation",
  VariableName: "a variable",
  PathExpression: "a path into a variable",
  Comparison: "a comparison with another expression",
  Conjunction: 'an "and" of expressions',
  Disjunction: 'an "or" of expressions',
  IfExpression: 'an "if"',
  ForExpression: 'a "for"',
  QuantifiedExpression: 'a "some" or "every"',
  InstanceOfExpression: 'an "instance of"',
  FilterExpression: "a filter",
  InExpression: 'an "in"',
  BetweenExpression: 'a "between"',
  Context: "a context",
  List: "a list",
  DateTimeLiteral: "a date function",
};

export function refuseNode(node: FeelNode, source: string, why = "which no cell here can say"): never {
  const said = source.slice(node.from, node.to).slice(0, 80);
  const isBroken = node.type.isError || node.lastChild?.type.isError;
  const kind = isBroken ? "something that is not FEEL" : (KINDS[node.name] ?? `"${node.name}"`);
  throw new FeelRefused(`${kind}${said === "" ? "" : ` (${said})`}, ${why}`);
}

/** Longer expressions, and lists in lists deeper than this, are no cells of a table. */
const LONGEST = 10_000;
const DEEPEST = 50;

/** Refuses what is too long to be read at once. */
export function refuseLong(text: string): void {
  if (text.length > LONGEST) throw new FeelRefused(`more than ${LONGEST} characters, which no cell here can say`);
}

/** The members of a node that are neither brackets nor signs. */
export function membersOf(node: FeelNode): FeelNode[] {
  const found: FeelNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.type.isError) return [child];
    if (/^[A-Z?n]/.test(child.name) && child.name !== "ArithOp" && child.name !== "not") found.push(child);
  }
  return found;
}

/** A literal of FEEL: number, text, yes or no, null, a date. Throws FeelRefused for anything else. */
export function literalOf(node: FeelNode, source: string): string | number | boolean | null {
  const text = source.slice(node.from, node.to);
  switch (node.name) {
    case "NumericLiteral":
      return Number(text.replaceAll(/\s/g, ""));
    case "StringLiteral":
      return unquoted(text);
    case "BooleanLiteral":
      return text === "true";
    case "null":
      return null;
    case "DateTimeLiteral":
      return dateOf(node, text, source);
    default:
      return refuseNode(node, source);
  }
}

function dateOf(node: FeelNode, text: string, source: string): string {
  const said = /^(?:date|date and time)\s*\(\s*("(?:[^"\\]|\\.)*")\s*\)$|^@("(?:[^"\\]|\\.)*")$/.exec(text);
  const date = unquoted(said?.[1] ?? said?.[2] ?? '""');
  return isDateLike(date) ? date : refuseNode(node, source, "and only dates written out are taken");
}

function unquoted(text: string): string {
  return text
    .slice(1, -1)
    .replaceAll(
      /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))/gs,
      (_, braces, four, six, one) => {
        const code = braces ?? four ?? six;
        if (code !== undefined) return String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code, 16)));
        return ESCAPES[one] ?? one;
      },
    );
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t" };

/** A FEEL expression of literals, lists and contexts as JSON; nothing is null. Throws FeelRefused for what calculates. */
export function jsonOfFeel(text: string): Json {
  if (text.trim() === "") return null;
  refuseLong(text);
  const tree = parseExpression(text, {}, undefined);
  const [node, other] = membersOf(tree.topNode);
  if (!node || other) return refuseNode(other ?? tree.topNode, text, "which is no answer that can be stored");
  return jsonOf(node, text, DEEPEST);
}

function jsonOf(node: FeelNode, source: string, left: number): Json {
  if (left === 0) return refuseNode(node, source, "which nests too deep");
  if (node.name === "List") return membersOf(node).map((one) => jsonOf(one, source, left - 1));
  if (node.name !== "Context") return literalOf(node, source);
  const entries = membersOf(node).map((entry): [string, Json] => {
    const [key, value] = membersOf(entry);
    if (entry.name !== "ContextEntry" || !key || !value) return refuseNode(entry, source);
    const name = source.slice(key.from, key.to);
    return [name.startsWith('"') ? unquoted(name) : name, jsonOf(value, source, left - 1)];
  });
  return Object.fromEntries(entries);
}

/** JSON as a FEEL expression, the opposite of `jsonOfFeel`. */
export function feelOfJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return new Decimal(value).toFixed();
  if (typeof value === "string") return feelText(value);
  if (Array.isArray(value)) return `[${value.map(feelOfJson).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([key, member]) => `${feelText(key)}: ${feelOfJson(member)}`)
    .join(", ")}}`;
}

/** A text in quotes; what XML cannot hold is spelled out. */
export function feelText(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007F-\u009F]|\p{Noncharacter_Code_Point}|\p{Surrogate}/gu, (some) =>
    Array.from({ length: some.length }, (_, at) => `\\u${some.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
