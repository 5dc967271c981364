import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { traceInWords } from "#engine/rules/condition-words.ts";
import { type CompiledRuleset, compileRuleset, type Decision } from "#engine/rules/decide.ts";
import type { ConditionTrace } from "#engine/rules/explain.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import { failingComparisons } from "#engine/rules/failing.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { factInWords, sentence, type Wording } from "#engine/rules/words.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Verdicts } from "./conditions/builder-context.ts";
import type { RuleTry } from "./rule-card.tsx";

/** A rule set evaluated in the browser, as it will be on the server. */
export interface TriedRules {
  decision: Decision | null;
  tries: readonly (RuleTry | undefined)[];
  /** Rows of a table that matched. */
  hits: ReadonlySet<number>;
  /** Why it came out so, one sentence each. */
  why: readonly string[];
}

const NOTHING: TriedRules = { decision: null, tries: [], hits: new Set(), why: [] };

/** Verdicts by place in the tree, as the condition builder shows them. */
export function verdictsOf(trace: ConditionTrace): Verdicts {
  const found = new Map<string, { verdict: string; decides: boolean; actual?: string }>();
  const walk = (node: ConditionTrace) => {
    found.set(node.at, {
      verdict: String(node.verdict),
      decides: node.decides,
      ...(node.kind === "comparison" && node.actual !== undefined ? { actual: short(node.actual) } : {}),
    });
    if (node.kind !== "comparison") for (const member of node.members) walk(member);
  };
  walk(trace);
  return found;
}

const short = (value: unknown) =>
  (typeof value === "number"
    ? String(Number(value.toFixed(4)))
    : String(typeof value === "object" ? JSON.stringify(value) : value)
  ).slice(0, 24);

/** The rule set compiled; null where it is refused, which the problems panel tells. */
export function useCompiled(ruleset: Ruleset | null): CompiledRuleset | null {
  return useMemo(() => {
    if (!ruleset) return null;
    try {
      return compileRuleset(ruleset);
    } catch (error) {
      if (error instanceof IssuesError) return null;
      throw error;
    }
  }, [ruleset]);
}

/** Evaluates the rule set that is open, as often as it or the facts change. */
export function useRuleTries(
  ruleset: Ruleset | null,
  compiled: CompiledRuleset | null,
  read: FactReader | null,
  wording: Wording,
): TriedRules {
  return useMemo(() => {
    if (!ruleset || !compiled || !read) return NOTHING;
    const decision = compiled.decide(read);
    const tries: (RuleTry | undefined)[] = [];
    const why: string[] = [];
    for (const [index, rule] of (ruleset.rules ?? []).entries()) {
      const verdict = decision.verdicts.find((one) => one.index === index);
      const trace = explainConditions(rule.conditions, read, { shared: ruleset.conditions ?? {} });
      const won = decision.winner?.index === index;
      const result = verdict?.result ?? trace.verdict;
      if (won) why.push(...traceInWords(trace, wording).map((one) => `${one}.`));
      tries[index] = {
        result: String(result),
        won,
        verdicts: verdictsOf(trace),
        because: won ? [] : becauseOf(result, trace, decision, wording),
      };
    }
    if (ruleset.table && decision.winner) why.push(`${sentence(decision.winner.rule)} answers.`);
    if (decision.outcome === "not-evaluated") {
      const missing = [...new Set(decision.missing.map((use) => factInWords(use, wording)))];
      if (missing.length > 0) why.push(`Not known: ${missing.join(", ")}.`);
      if (decision.problem) why.push(decision.problem.message);
    }
    if (decision.outcome === "otherwise") why.push(ruleset.table ? "No row matches." : "No rule holds.");
    const hits = new Set(
      ruleset.table ? decision.verdicts.filter((one) => one.result === true).map((one) => one.index) : [],
    );
    return { decision, tries, hits, why };
  }, [ruleset, compiled, read, wording]);
}

/** Why a rule did not decide: what it fails by, what it lacks, or what came before it. */
function becauseOf(
  result: boolean | string,
  trace: ConditionTrace,
  decision: Decision,
  wording: Wording,
): readonly string[] {
  if (result === true) {
    if (decision.winner) return [`It holds, but “${decision.winner.rule}” comes before it.`];
    return ["It holds, but a rule before it is still open."];
  }
  if (trace.verdict !== true) return [...new Set(failingComparisons(trace, wording).map((one) => one.words))];
  // Its conditions hold; what it says cannot be had, or it is not in force on this day.
  const verdict = decision.verdicts.find((one) => String(one.result) === String(result) && one.missing?.length);
  const missing = verdict?.missing?.map((use) => factInWords(use, wording)) ?? [];
  return missing.length > 0 ? [`Not known: ${missing.join(", ")}.`] : ["It is not in force on this day."];
}
