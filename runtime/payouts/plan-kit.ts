import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Kind } from "#engine/definition/definition.ts";
import type { Metric } from "#engine/definition/metric.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import type { PlanDocument } from "#engine/incentive/plan.ts";
import { factsOfPlan, type PlanFacts } from "#engine/incentive/plan-facts.ts";
import type { Json } from "#engine/words/json.ts";

/** A plan with everything that a run of it refers to. */
export interface PlanKit {
  plan: PlanDocument;
  rulesets: Record<string, Ruleset>;
  metrics: ReadonlyMap<string, Metric>;
  parameters: Record<string, Json>;
  reads: PlanFacts;
  /** Titles of metrics and rule sets by id, for statements. */
  titles: Record<string, string>;
  /** The documents that went in beside the plan. */
  uses: { kind: Kind; id: string }[];
}

/** A plan as it is authored: with the sheets of parameters that it names. */
export type AuthoredPlan = PlanDocument & { uses?: string[] };

/** The published value of a parameter, where an admin has set one. */
export type PublishedValue = (home: { kind: string; id: string }, name: string) => Json | undefined;

/**
 * Gathers a plan's rule sets, metrics and parameters. A parameter is the plan's own, else the first sheet's that has it, else
 * the rule set's that declares it. What is not in the catalogue is left out: compiling the plan, or the payout, then says so.
 */
export function planKit(plan: AuthoredPlan, catalogue: Catalogue, published: PublishedValue): PlanKit {
  const uses: PlanKit["uses"] = [];
  const rulesets: Record<string, Ruleset> = {};
  for (const { rules } of plan.modifiers ?? []) {
    const found = catalogue.find("ruleset", rules);
    if (!found || rulesets[rules]) continue;
    rulesets[rules] = found;
    uses.push({ kind: "ruleset", id: rules });
  }
  const reads = factsOfPlan(plan, rulesets);
  const metrics = new Map<string, Metric>();
  const asked = reads.facts.flatMap(({ fact, params }) => (fact === "metric" ? [params?.id] : []));
  for (const id of [...reads.measures.map(({ measure }) => measure), ...asked]) {
    const metric = typeof id === "string" ? catalogue.find("metric", id) : undefined;
    if (!metric || metrics.has(metric.id)) continue;
    metrics.set(metric.id, metric);
    uses.push({ kind: "metric", id: metric.id });
  }
  for (const id of plan.uses ?? []) if (catalogue.find("parameters", id)) uses.push({ kind: "parameters", id });
  return {
    plan,
    rulesets,
    metrics,
    parameters: parameterValues(plan, rulesets, reads, catalogue, published),
    reads,
    titles: Object.fromEntries([...metrics.values(), ...Object.values(rulesets)].map(({ id, title }) => [id, title])),
    uses,
  };
}

function parameterValues(
  plan: AuthoredPlan,
  rulesets: Record<string, Ruleset>,
  reads: PlanFacts,
  catalogue: Catalogue,
  published: PublishedValue,
): Record<string, Json> {
  const inRules = reads.facts.flatMap(({ fact }) => (fact.startsWith("parameter.") ? [fact.slice(10)] : []));
  const homes = [
    { kind: "plan", id: plan.id, declared: plan.parameters },
    ...(plan.uses ?? []).map((id) => ({
      kind: "parameters",
      id,
      declared: catalogue.find("parameters", id)?.values,
    })),
    ...Object.entries(rulesets).map(([id, { parameters }]) => ({ kind: "ruleset", id, declared: parameters })),
  ];
  const values: Record<string, Json> = {};
  for (const name of new Set([...reads.parameters, ...inRules])) {
    const home = homes.find(({ declared }) => declared && Object.hasOwn(declared, name));
    if (home) values[name] = published(home, name) ?? home.declared![name]!.default;
  }
  return values;
}
