import { error, IssuesError } from "../words/issue.ts";
import { type Frame, MISSING, messageOf } from "./frame.ts";
import type { GroupNode, LeafNode, PlannedNode } from "./plan.ts";

/** Evaluates a node in a frame: true, false, or undefined where missing facts leave it open. */
export type Test = (frame: Frame) => boolean | undefined;

/**
 * Makes closures of a planned condition. Three-valued: in `all` false wins, then open; in `any` true wins, then open.
 * @param whole evaluate every member of a set of equal priority, as json-rules-engine does, so that the trace shows it
 */
export function interpret(node: PlannedNode, whole: boolean): Test {
  switch (node.kind) {
    case "leaf":
      return leaf(node);
    case "not": {
      const child = interpret(node.child, whole);
      return (frame) => {
        const verdict = child(frame);
        return verdict === undefined ? undefined : !verdict;
      };
    }
    case "never":
      return () => false;
    case "all":
    case "any":
      return group(node, whole);
    default:
      throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
  }
}

/** A group without members holds, `any` too: json-rules-engine says so. */
function group(node: GroupNode, whole: boolean): Test {
  const deciding = node.kind === "any";
  const sets = node.sets.map((set) => memberTests(set, whole));
  if (sets.length === 0) return () => true;
  return (frame) => {
    const mark = frame.missing.length;
    let open = false;
    for (const { needed, rest } of sets) {
      let decided = false;
      for (const test of needed) {
        const verdict = test(frame);
        if (verdict === deciding) decided = true;
        else if (verdict === undefined) open = true;
      }
      for (let at = 0; at < rest.length && !decided; at++) {
        const verdict = (rest[at] as Test)(frame);
        if (verdict === deciding) decided = true;
        else if (verdict === undefined) open = true;
      }
      if (decided) {
        frame.missing.length = mark;
        return deciding;
      }
    }
    return open ? undefined : !deciding;
  };
}

/** Members that must all be evaluated (those that may fail, or all of them), and members that may be skipped once decided. */
function memberTests(set: PlannedNode[], whole: boolean): { needed: Test[]; rest: Test[] } {
  const needed = whole ? set : set.filter((node) => node.throws);
  const rest = whole ? [] : set.filter((node) => !node.throws);
  return { needed: needed.map((node) => interpret(node, whole)), rest: rest.map((node) => interpret(node, whole)) };
}

function leaf(node: LeafNode): Test {
  const { slot, operator, operand } = node;
  const { compare, readsMissing } = operator;
  const asksForNull = "literal" in operand && operand.literal === null && /^(equal|notEqual)$/.test(operator.base.name);
  const absent = (frame: Frame, value: unknown) =>
    value === MISSING || (value === null && frame.careful && !asksForNull);
  return (frame) => {
    let fact = frame.read(slot);
    if (readsMissing) {
      if (fact === MISSING) fact = undefined;
    } else if (absent(frame, fact)) frame.missing.push(slot);
    let value: unknown;
    let open = !readsMissing && absent(frame, fact);
    if ("literal" in operand) value = operand.literal;
    else {
      value = frame.read(operand.slot);
      if (absent(frame, value)) {
        frame.missing.push(operand.slot);
        open = true;
      }
    }
    const verdict = open ? undefined : judge(node, frame, compare, fact, value);
    if (frame.trace) {
      frame.trace[node.at] = {
        r: verdict,
        f: fact === MISSING ? undefined : fact,
        v: value === MISSING ? undefined : value,
      };
    }
    return verdict;
  };
}

/** Compares. A value that the operator cannot take stops json-rules-engine; a careful frame leaves the verdict open instead. */
function judge(
  node: LeafNode,
  frame: Frame,
  compare: (fact: unknown, value: unknown) => boolean,
  fact: unknown,
  value: unknown,
) {
  try {
    return compare(fact, value);
  } catch (cause) {
    if (frame.careful) {
      frame.missing.push("slot" in node.operand ? node.operand.slot : node.slot);
      return undefined;
    }
    throw new IssuesError([
      error(
        "type-error",
        node.source,
        `"${node.operator.name}" cannot compare these values: ${messageOf(cause)}`,
        '"in" needs a list on its right, "someValue" and "everyValue" too',
      ),
    ]);
  }
}
