import { IssuesError } from "../words/issue.ts";
import { DECORATORS, type ResolvedOperator, resolveOperator } from "./decorators.ts";
import { type ComparisonTrace, type ConditionTrace, decidingComparisons } from "./explain.ts";
import type { FactUse } from "./facts.ts";
import type { LeafNode, PlannedNode, PlannedSlot } from "./plan.ts";
import { planTop } from "./plan-condition.ts";
import { Planner } from "./planner.ts";
import { phrasesOf, writeValue } from "./sentence-value.ts";
import { factInWords, sentence, sharedDecimals, typeOf, valueInWords, type Wording } from "./words.ts";

export interface ConditionWording extends Wording {
  /** Named conditions; they are told by their name. */
  shared?: Record<string, unknown>;
}

/**
 * Conditions as plain English, from the same tree that runs:
 * `sales attainment is at least 0.8 and (department is one of sales, support or not on leave)`.
 * Throws IssuesError for what is no condition.
 */
export function conditionInWords(conditions: unknown, wording: ConditionWording = {}): string {
  const planner = new Planner({ conditions: wording.shared ?? {}, allowUndefinedConditions: true });
  const node = planTop(conditions, "", planner);
  if (!node || planner.issues.length > 0) throw new IssuesError(planner.issues);
  return nodeInWords(node, planner.slots, wording, false);
}

/** One planned comparison as plain English, as `conditionInWords` says it. */
export function conditionSentence(
  node: LeafNode,
  slots: readonly PlannedSlot[],
  facts: Wording["facts"] | undefined,
): string {
  return leafInWords(node, slots, facts ? { facts } : {}, true);
}

function nodeInWords(whole: PlannedNode, slots: readonly PlannedSlot[], wording: Wording, isInner: boolean): string {
  const node = unwrapped(whole);
  const inner = isInner || node !== whole;
  if (node.kind === "never") return `"${node.title ?? ""}", which nobody has defined`;
  if (inner && node.title !== undefined) return `"${node.title}"`;
  if (node.kind === "leaf") return leafInWords(node, slots, wording, true);
  if (node.kind === "not") {
    const child = unwrapped(node.child);
    if (child.kind === "leaf" && child.title === undefined) return leafInWords(child, slots, wording, false);
    return `not ${bracketed(child, slots, wording)}`;
  }
  const members = node.sets.flat().sort((a, b) => index(a.at) - index(b.at));
  if (members.length === 0) return "always";
  const [only] = members;
  if (only && members.length === 1) return nodeInWords(only, slots, wording, true);
  return members.map((member) => bracketed(member, slots, wording)).join(node.kind === "all" ? " and " : " or ");
}

/** A group of one says no more than its member, and "not" said twice is as good as never said: three-valued logic agrees. */
function unwrapped(node: PlannedNode): PlannedNode {
  if (node.title !== undefined || node.kind === "leaf" || node.kind === "never") return node;
  if (node.kind !== "not") {
    const [only, other] = node.sets.flat();
    return only && !other ? unwrapped(only) : node;
  }
  const child = unwrapped(node.child);
  return child.kind === "not" && child.title === undefined ? unwrapped(child.child) : { ...node, child };
}

const index = (at: string) => Number(at.slice(at.lastIndexOf("/") + 1));

function bracketed(whole: PlannedNode, slots: readonly PlannedSlot[], wording: Wording): string {
  const node = unwrapped(whole);
  const words = nodeInWords(node, slots, wording, true);
  const several =
    (node.kind === "all" || node.kind === "any") && node.title === undefined && node.sets.flat().length > 1;
  return several ? `(${words})` : words;
}

function leafInWords(node: LeafNode, slots: readonly PlannedSlot[], wording: Wording, holds: boolean): string {
  const use = (slots[node.slot] as PlannedSlot).use;
  const { operand } = node;
  const value =
    "slot" in operand
      ? factInWords((slots[operand.slot] as PlannedSlot).use, wording)
      : operandInWords(node.operator, operand.literal, use, wording);
  const said = operatorInWords(node.operator, "literal" in operand ? operand.literal : undefined, holds);
  return `${said.of}${factInWords(use, wording)} ${said.verb}${value === "" ? "" : ` ${value}`}`;
}

/** The value of a comparison, so that `parseSentence` reads the same again. */
function operandInWords(operator: ResolvedOperator, literal: unknown, use: FactUse, wording: Wording): string {
  const { argument } = operator.base;
  if (argument === "none") return "";
  const type = argument === "percent" ? undefined : typeOf(use, wording);
  const place = { type, phrases: phrasesOf(wording) };
  const said = (value: unknown) => writeValue(value, place);
  const isPair = Array.isArray(literal) && literal.length === 2 && !literal.some(isNested);
  if (argument === "range" || argument === "dates") return isPair ? literal.map(said).join(" and ") : said(literal);
  if (argument === "list") {
    if (Array.isArray(literal)) return literal.length === 0 ? "an empty list" : literal.map(said).join(", ");
    return typeof literal === "string" ? `the text ${JSON.stringify(literal)}` : said(literal);
  }
  return said(literal);
}

const isNested = (value: unknown) => value !== null && typeof value === "object";

/** How the members of a list are counted: when it holds, and when it does not. */
const COUNTED: Record<string, [string, string]> = {
  someFact: ["some of", "none of"],
  everyFact: ["all of", "not all of"],
};

/** The verb of an operator, with what counts the members of a list; a single `not` and a verdict of false say the opposite. */
function operatorInWords(operator: ResolvedOperator, literal: unknown, holds: boolean): { of: string; verb: string } {
  const { base, decorators } = operator;
  const asks = base.argument === "none" && literal === false ? !holds : holds;
  const [first = ""] = decorators;
  if (decorators.length === 0 || (decorators.length === 1 && first === "not")) {
    return { of: "", verb: (first === "not") === asks ? base.opposite : base.label };
  }
  const counted = decorators.length === 1 ? COUNTED[first] : undefined;
  if (counted) return { of: `${counted[holds ? 0 : 1]} `, verb: base.label };
  const words = decorators.map((name) => DECORATORS[name]?.label ?? name).join(", ");
  return { of: "", verb: `${holds ? "" : "not "}(${words}) ${base.label}` };
}

/** Why a verdict, one sentence for each comparison that decided: `Sales attainment was 0.72, below 0.80`. */
export function traceInWords(trace: ConditionTrace, wording: Wording = {}): string[] {
  return decidingComparisons(trace).map((comparison) => sentence(comparisonInWords(comparison, wording)));
}

function comparisonInWords(trace: ComparisonTrace, wording: Wording): string {
  const use: FactUse = {
    fact: trace.fact,
    ...(trace.params && { params: trace.params }),
    ...(trace.path && { path: trace.path }),
  };
  const name = factInWords(use, wording);
  if (trace.verdict === "not evaluated") {
    const missing = trace.missing.map((one) => factInWords(one, wording));
    return missing.includes(name) || missing.length === 0
      ? `${name} is not known`
      : `${missing.join(" and ")} is not known`;
  }
  const operator = resolveOperator(trace.operator);
  if (!operator) return `${name} was ${valueInWords(trace.actual)}`;
  const type = typeOf(use, wording);
  const decimals = type?.type === "percent" ? undefined : sharedDecimals(trace.actual, trace.expected);
  if (operator.base.argument === "none")
    return `${name} ${trace.actual === undefined || trace.actual === null ? "is missing" : "is known"}`;
  const actual = `${name} was ${valueInWords(trace.actual, type, decimals)}`;
  const { of, verb } = operatorInWords(operator, trace.expected, trace.verdict);
  const isSame = operator.name === "equal" && trace.verdict;
  if (isSame || (operator.name === "notEqual" && !trace.verdict))
    return `${actual}${trace.expectedFrom ? `, the same as ${factInWords(trace.expectedFrom, wording)}` : ""}`;
  const range =
    Array.isArray(trace.expected) && (operator.base.argument === "range" || operator.base.argument === "dates");
  const value = range
    ? (trace.expected as unknown[]).map((end) => valueInWords(end, type)).join(" and ")
    : valueInWords(trace.expected, operator.base.argument === "percent" ? undefined : type, decimals);
  const source = trace.expectedFrom ? ` (${factInWords(trace.expectedFrom, wording)})` : "";
  const phrase = of === "" && verb.startsWith("is ") ? verb.slice(3) : `${of}which ${verb}`;
  return `${actual}, ${phrase} ${value}${source}`;
}
