import type { Facts } from "./compile.ts";
import type { LeafNode, Plan, PlannedNode, RuleEvent } from "./plan.ts";

/** The slots of a plan whose facts are not given. */
export function missingSlots(plan: Plan, facts: Facts): Set<number> {
  const gone = plan.slots.map((slot, at) => (Object.hasOwn(facts, plan.calls[slot.call]?.fact ?? "") ? -1 : at));
  return new Set(gone.filter((at) => at !== -1));
}

/** A rule as json-rules-engine takes it; its name is the place of the rule in the list. */
export interface RebuiltRule {
  conditions: object;
  event: RuleEvent;
  priority: number;
  name: string;
}

/**
 * The rules with every comparison that misses a fact replaced by the verdict that helps its rule to hold, or by the one
 * that hinders it. Named conditions are put in their place. An empty `all` holds in json-rules-engine.
 */
export function withoutMissing(plan: Plan, missing: ReadonlySet<number>, help: boolean): RebuiltRule[] {
  return plan.rules.map((rule) => ({
    conditions: rebuild(rule.node, plan, missing, help),
    event: { ...rule.event },
    priority: rule.priority,
    name: String(rule.index),
  }));
}

const ALWAYS = { all: [] };
const NEVER = { not: { all: [] } };

function rebuild(node: PlannedNode, plan: Plan, missing: ReadonlySet<number>, help: boolean): object {
  switch (node.kind) {
    case "leaf":
      return isOpen(node, missing) ? (help ? ALWAYS : NEVER) : comparison(node, plan);
    case "never":
      return NEVER;
    case "not":
      return { not: rebuild(node.child, plan, missing, !help) };
    case "all":
    case "any": {
      const top = node.sets.length;
      const members = node.sets.flatMap((set, at) => set.map((child) => ({ child, priority: top - at })));
      members.sort((a, b) => position(a.child) - position(b.child));
      return {
        [node.kind]: members.map(({ child, priority }) => ({ ...rebuild(child, plan, missing, help), priority })),
      };
    }
    default:
      throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
  }
}

/** Members stand as written, so that a trace points at the same places. */
const position = (node: PlannedNode) => Number(node.at.slice(node.at.lastIndexOf("/") + 1));

function isOpen(node: LeafNode, missing: ReadonlySet<number>): boolean {
  const value = "slot" in node.operand && missing.has(node.operand.slot);
  return value || (missing.has(node.slot) && !node.operator.readsMissing);
}

function comparison(node: LeafNode, plan: Plan): object {
  const use = (slot: number) => plan.slots[slot]?.use ?? { fact: "" };
  const value = "slot" in node.operand ? { ...use(node.operand.slot) } : node.operand.literal;
  return { ...use(node.slot), operator: node.operator.name, value };
}
