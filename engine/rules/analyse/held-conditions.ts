import type { RulesetBody } from "../decide.ts";
import type { FactReader } from "../facts.ts";
import { Frame, MISSING } from "../frame.ts";
import { readerSource } from "../guard.ts";
import { interpret } from "../interpret.ts";
import type { LeafNode, Plan, PlannedNode, PlannedSlot } from "../plan.ts";
import { keyOfUse } from "./correlated.ts";
import { type RulesSubject, rulesSubject } from "./rules-subject.ts";

/** Rules seen from one set of facts: what analysis does not understand stands still, so that the rest can be moved. */
export interface HeldRules {
  subject: RulesSubject;
  /** Dimensions that may not change, because a comparison that stands still reads them too. */
  fixed: Set<number>;
}

/**
 * Holds the facts on the right of comparisons at the values they have, and comparisons that are not understood at the
 * verdict they have. A comparison that is open stays open.
 */
export function holdConditions(
  plan: Plan,
  read: FactReader,
  ruleset: Pick<RulesetBody, "facts" | "missing">,
): HeldRules {
  const frame = new Frame(plan, readerSource(read), true);
  const held = new Set<string>();
  const hold = (slot: number) => held.add(keyOfUse((plan.slots[slot] as PlannedSlot).use));
  const literal = mapLeaves(plan, (leaf) => {
    if (!("slot" in leaf.operand)) return leaf;
    const value = frame.read(leaf.operand.slot);
    if (value === MISSING || value === null || typeof value === "object") return leaf;
    hold(leaf.operand.slot);
    return { ...leaf, operand: { literal: value } };
  });
  const understood = rulesSubject(literal, ruleset);
  const settled = mapLeaves(literal, (leaf) => {
    if (!("unclear" in understood.read(leaf))) return leaf;
    hold(leaf.slot);
    if ("slot" in leaf.operand) hold(leaf.operand.slot);
    const verdict = interpret(leaf, false)(frame);
    if (verdict === undefined) return leaf;
    return verdict
      ? { kind: "all", at: leaf.at, sets: [], throws: false }
      : { kind: "never", at: leaf.at, throws: false };
  });
  const subject = rulesSubject(settled, ruleset);
  const fixed = subject.dimensions.flatMap(({ use }, at) => (held.has(keyOfUse(use)) ? [at] : []));
  return { subject, fixed: new Set(fixed) };
}

function mapLeaves(plan: Plan, change: (leaf: LeafNode) => PlannedNode): Plan {
  return { ...plan, rules: plan.rules.map((rule) => ({ ...rule, node: mapNode(rule.node, change) })) };
}

function mapNode(node: PlannedNode, change: (leaf: LeafNode) => PlannedNode): PlannedNode {
  switch (node.kind) {
    case "leaf":
      return change(node);
    case "never":
      return node;
    case "not":
      return { ...node, child: mapNode(node.child, change) };
    case "all":
    case "any":
      return { ...node, sets: node.sets.map((set) => set.map((member) => mapNode(member, change))) };
    default:
      throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
  }
}
