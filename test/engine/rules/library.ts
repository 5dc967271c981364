import { isDeepStrictEqual } from "node:util";
import { Engine, type RuleProperties, type TopLevelCondition } from "json-rules-engine";
import { compileRules, type OnRule, type RulesOutcome } from "#engine/rules/compile.ts";
import { IssuesError } from "#engine/words/issue.ts";

/** Rules to put to json-rules-engine itself and to ours, the same way. */
export interface LiveCase {
  rules: readonly { name?: unknown }[];
  conditions: Record<string, unknown>;
  facts: Record<string, unknown>;
  factPriorities?: Record<string, number> | undefined;
  options: { allowUndefinedFacts?: boolean; allowUndefinedConditions?: boolean; replaceFactsInEventParams?: boolean };
  hooks: readonly { rule: unknown; on: boolean; add: Record<string, unknown>; stop: boolean }[];
}

interface Said {
  priority: number;
  result: unknown;
  event: unknown;
}
export type Theirs = { stopped: string } | { results: Said[] };

const hooksOf = (one: LiveCase, name: unknown, result: unknown) =>
  one.hooks.filter((hook) => hook.rule === name && hook.on === result);

/** json-rules-engine alone, without any file of ours, as the corpus was recorded. */
export async function askLibrary(one: LiveCase): Promise<Theirs> {
  const results: (Said & { at: number })[] = [];
  try {
    const engine = new Engine([], one.options);
    for (const [name, condition] of Object.entries(one.conditions))
      engine.setCondition(name, structuredClone(condition) as TopLevelCondition);
    const priorities = one.factPriorities ?? {};
    const [first, rest] = [
      Object.entries(one.facts).filter(([name]) => Object.hasOwn(priorities, name)),
      Object.entries(one.facts).filter(([name]) => !Object.hasOwn(priorities, name)),
    ];
    for (const [name, value] of first) engine.addFact(name, value as string, { priority: priorities[name] ?? 1 });
    for (const [at, rule] of one.rules.entries()) {
      const settle: RuleProperties["onSuccess"] = (_event, almanac, said) => {
        const { priority = 1, result, event } = said;
        results.push({ at, priority, result, event: structuredClone(event) });
        for (const hook of hooksOf(one, rule.name, result)) {
          for (const [name, value] of Object.entries(hook.add)) almanac.addFact(name, value as string);
          if (hook.stop) engine.stop();
        }
      };
      engine.addRule({ ...(structuredClone(rule) as unknown as RuleProperties), onSuccess: settle, onFailure: settle });
    }
    await engine.run(Object.fromEntries(rest));
  } catch (cause) {
    return { stopped: String((cause as { code?: unknown }).code ?? (cause as Error).message) };
  }
  results.sort((a, b) => b.priority - a.priority || a.at - b.at);
  return { results: results.map(({ priority, result, event }) => ({ priority, result, event })) };
}

/** The same by our compiled evaluator: an answer, or what it was refused for. */
export function askOurs(one: LiveCase, using: "source" | "closures"): RulesOutcome | IssuesError {
  const onRule: OnRule = (name, result) => {
    const mine = hooksOf(one, name, result);
    return { addFacts: Object.assign({}, ...mine.map(({ add }) => add)), stop: mine.some(({ stop }) => stop) };
  };
  const options = {
    ...one.options,
    conditions: one.conditions,
    using,
    ...(one.factPriorities && { factPriorities: one.factPriorities }),
    ...(one.hooks.length > 0 && { onRule }),
  };
  try {
    return compileRules(one.rules, options)(one.facts);
  } catch (cause) {
    if (cause instanceof IssuesError) return cause;
    throw cause;
  }
}

/** How our answer stands to theirs. What begins with `differs` must never be. */
export function standing(theirs: Theirs, answer: RulesOutcome | IssuesError): string {
  if (answer instanceof IssuesError) return "stopped" in theirs ? "both refuse" : `refused: ${answer.issues[0]?.code}`;
  const open = answer.results.some(({ result }) => result === "not evaluated");
  if ("stopped" in theirs) {
    if (theirs.stopped !== "UNDEFINED_FACT" && !open) return `differs: they stop at ${theirs.stopped}`;
    return open ? "not evaluated" : "false wins";
  }
  if (open) return "differs: they answer";
  const said = answer.results.map(({ priority, result, event }) => ({
    priority,
    result,
    event: structuredClone(event),
  }));
  return isDeepStrictEqual(said, theirs.results) ? "agrees" : "differs: in their answers";
}
