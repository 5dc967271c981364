import { isDay } from "../date-order.ts";
import type { ParameterValues } from "../parameter-values.ts";
import { parameterOf } from "../parameter-values.ts";
import type { Plan, PlannedNode, PlannedSlot } from "../plan.ts";
import { valueInWords } from "../words.ts";
import type { Finding } from "./finding.ts";

/** A plan whose thresholds that are parameters have the parameters' values, and which parameters each rule rests on. */
export interface BoundPlan {
  plan: Plan;
  /** Names of parameters by the place of the rule in the document. */
  used: ReadonlyMap<number, readonly string[]>;
}

/** Puts the values of parameters in their place, so that what is said of the thresholds is exact for those values. */
export function bindParameters(plan: Plan, values: ParameterValues): BoundPlan {
  const used = new Map<number, readonly string[]>();
  const rules = plan.rules.map((rule) => {
    const names = new Set<string>();
    const node = bound(rule.node, plan.slots, values, names);
    if (names.size > 0) used.set(rule.index, [...names]);
    return names.size > 0 ? { ...rule, node } : rule;
  });
  return used.size > 0 ? { plan: { ...plan, rules }, used } : { plan, used };
}

function bound(
  node: PlannedNode,
  slots: readonly PlannedSlot[],
  values: ParameterValues,
  names: Set<string>,
): PlannedNode {
  switch (node.kind) {
    case "never":
      return node;
    case "not":
      return { ...node, child: bound(node.child, slots, values, names) };
    case "all":
    case "any":
      return { ...node, sets: node.sets.map((set) => set.map((member) => bound(member, slots, values, names))) };
    case "leaf": {
      const use = "slot" in node.operand ? slots[node.operand.slot]?.use : undefined;
      const name = use && use.path === undefined ? parameterOf(use.fact) : undefined;
      if (name === undefined || !Object.hasOwn(values, name) || !isPlain(values[name])) return node;
      names.add(name);
      return { ...node, operand: { literal: values[name] } };
    }
    default:
      throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
  }
}

const isPlain = (value: unknown) => typeof value === "number" || typeof value === "boolean" || isDay(value) || typeof value === "string"; // biome-ignore format: one thought

/** The finding with the values it rests on: `… (with resolveDays = 15).` */
export function withValues(finding: Finding, used: BoundPlan["used"], values: ParameterValues): Finding {
  if (finding.code === "unused-fact" || used.size === 0) return finding;
  const involved = finding.rules && finding.rules.length > 0 ? finding.rules : [...used.keys()];
  const names = [...new Set(involved.flatMap((rule) => used.get(rule) ?? []))];
  if (names.length === 0) return finding;
  const said = names.map((name) => `${name} = ${valueInWords(values[name])}`).join(", ");
  const words = finding.words.replace(/\.$/, "");
  return {
    ...finding,
    words: `${words} (with ${said}).`,
    parameters: Object.fromEntries(names.map((name) => [name, values[name]])),
  };
}
