import { Engine, type RuleProperties, type TopLevelCondition } from "json-rules-engine";
import { error, IssuesError } from "../words/issue.ts";
import type { CompileRulesOptions, Facts, RuleResult, RulesOutcome } from "./compile.ts";
import type { Conditions } from "./conditions.ts";
import type { FactUse } from "./facts.ts";
import { messageOf, type Trace } from "./frame.ts";
import { FIELD_OPERATORS } from "./operators.ts";
import type { Plan, PlannedRule } from "./plan.ts";
import { planRules } from "./plan-rules.ts";
import { missingSlots, withoutMissing } from "./reference-missing.ts";
import { referenceTrace } from "./reference-trace.ts";
import { conditionsInForce, type Validity } from "./validity.ts";

/** Reads facts and adds some, inside a rule's callback: json-rules-engine's almanac. */
export type ReferenceHook = (
  event: unknown,
  almanac: { addFact: (name: string, value: unknown) => unknown },
  result: unknown,
) => void;

/** The options of `compileRules`, without those about how it runs. */
export type EvaluateRulesOptions = Omit<CompileRulesOptions, "trace" | "using">;

/**
 * Evaluates rules by json-rules-engine itself: the meaning that `compileRules` must have. Facts may be asynchronous
 * functions of params. Each result carries its trace. Without `allowUndefinedFacts`, where the library would stop at a
 * missing fact, the rules are run twice, once as if all missing comparisons helped and once as if none did: what differs
 * is `not evaluated`. Throws IssuesError for what is refused and for what stops the library.
 */
export async function evaluateRules(
  rules: unknown,
  facts: Facts,
  options: EvaluateRulesOptions = {},
): Promise<RulesOutcome> {
  const { plan, planner } = planRules(rules, options);
  if (planner.issues.length > 0) throw new IssuesError(planner.issues);
  const written = plan.rules.map(asWritten(rules as unknown[]));
  try {
    return await run(plan, written, facts, options);
  } catch (cause) {
    if (!isUndefinedFact(cause) || options.onRule) throw stopped(cause);
  }
  const missing = missingSlots(plan, facts);
  const lenient = { ...options, allowUndefinedFacts: true };
  try {
    const helped = await run(plan, withoutMissing(plan, missing, true) as RuleProperties[], facts, lenient);
    const hindered = await run(plan, withoutMissing(plan, missing, false) as RuleProperties[], facts, lenient);
    return merge(plan, helped, hindered, missing);
  } catch (cause) {
    throw stopped(cause);
  }
}

const isUndefinedFact = (cause: unknown) => (cause as { code?: unknown } | null)?.code === "UNDEFINED_FACT";

function stopped(cause: unknown): IssuesError {
  if (cause instanceof IssuesError) return cause;
  return new IssuesError([error("stopped", "", `json-rules-engine stopped: ${messageOf(cause)}`)]);
}

/** The rule as it was written, under the name of its place, so that results can be put in order again. */
const asWritten =
  (rules: unknown[]) =>
  (rule: PlannedRule): RuleProperties => {
    const written = rules[rule.index] as RuleProperties;
    return {
      conditions: conditionsInForce(
        written.conditions as Conditions,
        (written as { valid?: Validity }).valid,
      ) as TopLevelCondition,
      event: { ...written.event },
      priority: rule.priority,
      name: String(rule.index),
    };
  };

async function run(
  plan: Plan,
  rules: RuleProperties[],
  facts: Facts,
  options: EvaluateRulesOptions,
): Promise<RulesOutcome> {
  const results = new Map<number, RuleResult>();
  const engine = new Engine([], {
    allowUndefinedFacts: options.allowUndefinedFacts === true,
    allowUndefinedConditions: options.allowUndefinedConditions === true,
    replaceFactsInEventParams: options.replaceFactsInEventParams === true,
  });
  for (const row of FIELD_OPERATORS) engine.addOperator(row.name, row.compare);
  for (const [name, conditions] of Object.entries(options.conditions ?? {})) {
    engine.setCondition(name, structuredClone(conditions) as TopLevelCondition);
  }
  const priorities = options.factPriorities ?? {};
  const own = Object.entries(facts).filter(([name]) => Object.hasOwn(priorities, name));
  for (const [name, value] of own) engine.addFact(name, value, { priority: priorities[name] ?? 1 });
  const byIndex = new Map(plan.rules.map((rule) => [rule.index, rule]));
  for (const rule of rules) {
    const planned = byIndex.get(Number(rule.name)) as PlannedRule;
    engine.addRule({ ...structuredClone(rule), ...hooks(planned, engine, options, results) });
  }
  await engine.run(Object.fromEntries(Object.entries(facts).filter(([name]) => !Object.hasOwn(priorities, name))));
  return inOrder(plan, results);
}

interface EngineRuleResult {
  event: RuleResult["event"];
  result: boolean;
  conditions: unknown;
}

function hooks(rule: PlannedRule, engine: Engine, options: EvaluateRulesOptions, results: Map<number, RuleResult>) {
  const settle: ReferenceHook = (_event, almanac, given) => {
    const { event, result, conditions } = given as EngineRuleResult;
    const trace: Trace = referenceTrace(conditions);
    results.set(rule.index, { name: rule.name, priority: rule.priority, result, event, trace });
    const answer = options.onRule?.(rule.name, result);
    for (const [name, value] of Object.entries(answer?.addFacts ?? {})) almanac.addFact(name, value);
    if (answer?.stop) engine.stop();
  };
  return { onSuccess: settle, onFailure: settle } as Pick<RuleProperties, "onSuccess" | "onFailure">;
}

/** Results by priority, then by position: json-rules-engine's own order inside a priority is an accident of timing. */
function inOrder(plan: Plan, results: ReadonlyMap<number, RuleResult>): RulesOutcome {
  const ordered = plan.rules.flatMap((rule) => results.get(rule.index) ?? []);
  return {
    results: ordered,
    events: ordered.filter((one) => one.result === true).map((one) => one.event),
    failureEvents: ordered.filter((one) => one.result === false).map((one) => one.event),
  };
}

/** Where the two runs agree the missing facts did not matter. */
function merge(plan: Plan, helped: RulesOutcome, hindered: RulesOutcome, missing: ReadonlySet<number>): RulesOutcome {
  const results = new Map<number, RuleResult>();
  for (const [at, rule] of plan.rules.entries()) {
    const [one, other] = [helped.results[at], hindered.results[at]];
    if (!one || !other) continue;
    const params = rule.eventParams.some(({ slot }) => missing.has(slot));
    const known = one.result === other.result && !params;
    if (known) results.set(rule.index, other);
    else
      results.set(rule.index, {
        ...other,
        result: "not evaluated",
        event: rule.event,
        missing: usesOf(plan, rule, missing),
      });
  }
  return inOrder(plan, results);
}

function usesOf(plan: Plan, rule: PlannedRule, missing: ReadonlySet<number>): FactUse[] {
  const slots = new Set(rule.eventParams.map(({ slot }) => slot));
  const visit = (node: PlannedRule["node"]): void => {
    if (node.kind === "leaf") {
      slots.add(node.slot);
      if ("slot" in node.operand) slots.add(node.operand.slot);
    } else if (node.kind === "not") visit(node.child);
    else if (node.kind !== "never") for (const child of node.sets.flat()) visit(child);
  };
  visit(rule.node);
  return [...slots].filter((slot) => missing.has(slot)).flatMap((slot) => plan.slots[slot]?.use ?? []);
}
