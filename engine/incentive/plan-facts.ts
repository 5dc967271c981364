import type { Conditions } from "../rules/conditions.ts";
import type { FactUse } from "../rules/facts.ts";
import { canonical } from "../words/json.ts";
import { comparisonsOf } from "./judge.ts";
import type { Component, PlanDocument } from "./plan.ts";
import type { RulesetBody } from "./ruleset-body.ts";

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
  const read = (conditions: Conditions) => conditionFacts(conditions).forEach(add);
  if (plan.eligible) read(plan.eligible);
  for (const component of plan.components ?? []) if (component.gate) read(component.gate.when);
  if (plan.targetIncentive && "fact" in plan.targetIncentive) add({ fact: plan.targetIncentive.fact });
  if ((plan.ramp ?? []).length > 0) add({ fact: "person.hireDate" });
  const names = [...new Set((plan.modifiers ?? []).map((modifier) => modifier.rules))];
  for (const name of names) {
    const body = Object.hasOwn(rulesets, name) ? rulesets[name] : undefined;
    for (const rule of body?.rules ?? []) read(rule.conditions);
    for (const shared of Object.values(body?.conditions ?? {})) read(shared);
    for (const { fact, params, path } of body?.table?.columns ?? []) {
      add({ fact, ...(params ? { params } : {}), ...(path ? { path } : {}) });
    }
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

/** The facts on both sides of every comparison. */
function conditionFacts(conditions: Conditions): FactUse[] {
  return comparisonsOf(conditions).flatMap(({ fact, params, path, value }) => {
    const left = { fact, ...(params ? { params } : {}), ...(path ? { path } : {}) };
    if (value === null || typeof value !== "object" || Array.isArray(value) || typeof value.fact !== "string")
      return [left];
    const right = value as unknown as FactUse;
    return [
      left,
      {
        fact: right.fact,
        ...(right.params ? { params: right.params } : {}),
        ...(right.path ? { path: right.path } : {}),
      },
    ];
  });
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
