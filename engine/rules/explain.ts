import type { FactUse, Verdict } from "./facts.ts";
import { type Frame, MISSING } from "./frame.ts";
import { interpret } from "./interpret.ts";
import type { LeafNode, PlannedNode, PlannedSlot } from "./plan.ts";

interface Explained {
  /** The name an author gave to the condition, or of the named condition that stands here. */
  title?: string;
  verdict: Verdict;
  /** Whether the verdict at the top rests on this one: changing it could change the whole. */
  decides: boolean;
}

/** One comparison with what it found. */
export interface ComparisonTrace extends Explained {
  kind: "comparison";
  /** Pointer within the conditions, named ones put in their place. */
  at: string;
  fact: string;
  params?: FactUse["params"];
  path?: string;
  operator: string;
  /** What the fact was; undefined where it is missing. */
  actual: unknown;
  /** What it was compared with; undefined where that is missing. */
  expected: unknown;
  /** The fact that the expected value came from. */
  expectedFrom?: FactUse;
  /** The facts that keep the comparison open. */
  missing: FactUse[];
}

export interface GroupTrace extends Explained {
  kind: "all" | "any" | "not";
  at: string;
  /** In the order the author wrote. */
  members: ConditionTrace[];
}

/** Why a condition has its verdict: a tree of JSON. */
export type ConditionTrace = ComparisonTrace | GroupTrace;

/** Explains a planned condition in a frame: every comparison is made, also those an evaluation could skip. */
export function explainNode(node: PlannedNode, frame: Frame, slots: readonly PlannedSlot[]): ConditionTrace {
  const trace = visit(node, frame, slots);
  markDeciding(trace);
  return trace;
}

function visit(node: PlannedNode, frame: Frame, slots: readonly PlannedSlot[]): ConditionTrace {
  const title = node.title === undefined ? {} : { title: node.title };
  switch (node.kind) {
    case "leaf":
      return { ...title, ...comparison(node, frame, slots) };
    case "never":
      return { kind: "any", at: node.at, ...title, verdict: false, decides: false, members: [] };
    case "not": {
      const child = visit(node.child, frame, slots);
      const verdict = child.verdict === "not evaluated" ? child.verdict : !child.verdict;
      return { kind: "not", at: node.at, ...title, verdict, decides: false, members: [child] };
    }
    case "all":
    case "any": {
      const members = node.sets.flat().map((child) => visit(child, frame, slots));
      members.sort((a, b) => position(a.at) - position(b.at));
      return { kind: node.kind, at: node.at, ...title, verdict: combine(node.kind, members), decides: false, members };
    }
    default:
      throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
  }
}

const position = (at: string) => Number(at.slice(at.lastIndexOf("/") + 1));

function combine(kind: "all" | "any", members: ConditionTrace[]): Verdict {
  if (members.length === 0) return true;
  const deciding = kind === "any";
  if (members.some((member) => member.verdict === deciding)) return deciding;
  return members.some((member) => member.verdict === "not evaluated") ? "not evaluated" : !deciding;
}

function comparison(node: LeafNode, frame: Frame, slots: readonly PlannedSlot[]): ComparisonTrace {
  frame.missing = [];
  const verdict = interpret(node, true)(frame) ?? "not evaluated";
  const known = (value: unknown) => (value === MISSING ? undefined : value);
  const use = (slots[node.slot] as PlannedSlot).use;
  const { operand } = node;
  const expected = "slot" in operand ? known(frame.read(operand.slot)) : operand.literal;
  const from = "slot" in operand ? { expectedFrom: (slots[operand.slot] as PlannedSlot).use } : {};
  return {
    kind: "comparison",
    at: node.at,
    ...use,
    operator: node.operator.name,
    actual: known(frame.read(node.slot)),
    expected,
    ...from,
    verdict,
    decides: false,
    missing: verdict === "not evaluated" ? frame.uses() : [],
  };
}

/** From the top down: of a group, those members decide whose verdict is the one that made the group's. */
function markDeciding(trace: ConditionTrace): void {
  trace.decides = true;
  if (trace.kind === "comparison") return;
  for (const member of trace.members) {
    if (trace.kind === "not" || member.verdict === trace.verdict) markDeciding(member);
  }
}

/** The comparisons of a tree that decided, in the order the author wrote them. */
export function decidingComparisons(trace: ConditionTrace): ComparisonTrace[] {
  if (!trace.decides) return [];
  return trace.kind === "comparison" ? [trace] : trace.members.flatMap(decidingComparisons);
}
