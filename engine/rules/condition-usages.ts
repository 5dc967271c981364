import { pointer } from "../words/pointer.ts";
import type { RulesetBody } from "./decide.ts";

/** One place where a named condition is used. */
export interface ConditionUsage {
  /** JSON Pointer into the rule set's document, to the reference itself. */
  path: string;
  /** The rule it stands in, by its place; undefined where it stands in another named condition. */
  rule?: number;
  /** The named condition it stands in. */
  within?: string;
}

/** A named condition with all that an edit of it touches. */
export interface NamedConditionUse {
  /** The places that name it. */
  direct: ConditionUsage[];
  /** Every rule whose verdict rests on it, through other named conditions too, by place. */
  rules: number[];
}

/**
 * Where each named condition of a rule set is used: an edit of it is made once, and these are the rules it changes. A name
 * that is used and not defined is among them; circles end.
 */
export function conditionUsages(ruleset: Pick<RulesetBody, "conditions" | "rules">): Map<string, NamedConditionUse> {
  const direct = new Map<string, ConditionUsage[]>(Object.keys(ruleset.conditions ?? {}).map((name) => [name, []]));
  const note = (name: string, usage: ConditionUsage) => direct.set(name, [...(direct.get(name) ?? []), usage]);
  for (const [rule, { conditions }] of (ruleset.rules ?? []).entries())
    references(conditions, `/rules/${rule}/conditions`, (name, path) => note(name, { path, rule }));
  for (const [within, conditions] of Object.entries(ruleset.conditions ?? {}))
    references(conditions, `/conditions${pointer(within)}`, (name, path) => note(name, { path, within }));
  return new Map([...direct].map(([name, usages]) => [name, { direct: usages, rules: rulesOf(name, direct) }]));
}

function rulesOf(name: string, direct: ReadonlyMap<string, ConditionUsage[]>): number[] {
  const [rules, seen, waiting] = [new Set<number>(), new Set([name]), [name]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const { rule, within } of direct.get(next) ?? []) {
      if (rule !== undefined) rules.add(rule);
      if (within === undefined || seen.has(within)) continue;
      seen.add(within);
      waiting.push(within);
    }
  }
  return [...rules].sort((a, b) => a - b);
}

function references(node: unknown, path: string, found: (name: string, path: string) => void): void {
  if (node === null || typeof node !== "object") return;
  const members = node as Record<string, unknown>;
  if (typeof members.condition === "string") found(members.condition, `${path}/condition`);
  for (const kind of ["all", "any"]) {
    const list = members[kind];
    if (Array.isArray(list))
      for (const [at, member] of list.entries()) references(member, `${path}/${kind}/${at}`, found);
  }
  references(members.not, `${path}/not`, found);
}
