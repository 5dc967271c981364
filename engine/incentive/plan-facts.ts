import type { Conditions } from "../rules/conditions.ts";
import { compileRuleset, type RulesetBody } from "../rules/decide.ts";
import type { FactUse } from "../rules/facts.ts";
import { compileConditions } from "../rules/guard.ts";
import { IssuesError } from "../words/issue.ts";
import { canonical } from "../words/json.ts";
import type { Component, PlanDocument } from "./plan.ts";

/** What a run of a plan reads, known without running it, so that a batch can load it in a few reads. */
export interface PlanFacts {
  measures: { component: string; measure: string; credit: NonNullable<Component["credit"]> }[];
  /** Facts of eligibility, gates, modifiers and the target incentive, each once. `$subject` and `$period` are not bound. */
  facts: FactUse[];
  /** Rule sets that the modifiers name, whether given or not. */
  rulesets: string[];
  /** Parameters that rates refer to. */
  parameters: string[];
  /** The kind of record that a transaction plan pays on. */
  transaction?: string;
}

/** The measures, facts, rule sets and parameters of a plan; the facts of its modifiers only where their rule sets are given. */
export function factsOfPlan(plan: PlanDocument, rulesets: Record<string, RulesetBody | undefined> = {}): PlanFacts {
  const facts = new Map<string, FactUse>();
  const add = (use: FactUse) => facts.set(canonical(use), use);
  const read = (conditions: Conditions) => {
    for (const use of compiledFacts(() => compileConditions(conditions))) add(use);
  };
  if (plan.eligible) read(plan.eligible);
  for (const component of plan.components ?? []) if (component.gate) read(component.gate.when);
  if (plan.targetIncentive && "fact" in plan.targetIncentive) add({ fact: plan.targetIncentive.fact });
  if ((plan.ramp ?? []).length > 0) add({ fact: "person.hireDate" });
  const names = [...new Set((plan.modifiers ?? []).map((modifier) => modifier.rules))];
  for (const name of names) {
    const body = Object.hasOwn(rulesets, name) ? rulesets[name] : undefined;
    if (body) for (const use of compiledFacts(() => compileRuleset(body))) add(use);
  }
  return {
    measures: (plan.components ?? []).map(({ id, measure, credit }) => ({
      component: id,
      measure,
      credit: credit ?? { to: "individual" },
    })),
    facts: [...facts.values()],
    rulesets: names,
    parameters: [...new Set(parametersIn(plan))],
    ...(plan.transaction === undefined ? {} : { transaction: plan.transaction }),
  };
}

/** What compiled conditions read, both sides of every comparison; nothing of conditions that are refused. */
function compiledFacts(compile: () => { facts: readonly FactUse[] }): readonly FactUse[] {
  try {
    return compile().facts;
  } catch (cause) {
    if (cause instanceof IssuesError) return [];
    throw cause;
  }
}

/** Names of parameters anywhere in the plan: `{ "parameter": name }` of a rate, `parameter.<name>` of a condition. */
function parametersIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return value.flatMap(parametersIn);
  const record = value as Record<string, unknown>;
  const named = [
    ...(typeof record.parameter === "string" ? [record.parameter] : []),
    ...(typeof record.fact === "string" && record.fact.startsWith("parameter.") ? [record.fact.slice(10)] : []),
  ];
  return [
    ...named,
    ...Object.entries(record).flatMap(([key, part]) => (key === "parameters" ? [] : parametersIn(part))),
  ];
}
