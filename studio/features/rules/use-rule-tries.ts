import { useMemo } from "react";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { traceInWords } from "#engine/rules/condition-words.ts";
import { compileRuleset, type Decision } from "#engine/rules/decide.ts";
import type { ConditionTrace } from "#engine/rules/explain.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Verdicts } from "./conditions/condition-builder.tsx";
import type { RuleTry } from "./rule-list.tsx";

/** A rule set evaluated in the browser, as it will be on the server. */
export interface TriedRules {
  uses: readonly FactUse[];
  decision: Decision | null;
  tries: readonly (RuleTry | undefined)[];
  hits: ReadonlySet<number>;
  why: string | undefined;
}

const NOTHING: TriedRules = { uses: [], decision: null, tries: [], hits: new Set(), why: undefined };

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

/** Evaluates the rule set that is open, as often as it or the facts change. */
export function useRuleTries(ruleset: Ruleset | null, read: FactReader, trying: boolean): TriedRules {
  const compiled = useMemo(() => {
    if (!ruleset) return null;
    try {
      return compileRuleset(ruleset);
    } catch (error) {
      // What is refused stands in the problems panel.
      if (error instanceof IssuesError) return null;
      throw error;
    }
  }, [ruleset]);
  return useMemo(() => {
    if (!ruleset || !compiled) return NOTHING;
    if (!trying) return { ...NOTHING, uses: compiled.facts };
    const decision = compiled.decide(read);
    const tries: (RuleTry | undefined)[] = [];
    let why: string | undefined;
    for (const [index, rule] of (ruleset.rules ?? []).entries()) {
      const verdict = decision.verdicts.find((one) => one.index === index);
      const trace = explainConditions(rule.conditions, read, { shared: ruleset.conditions ?? {} });
      const won = decision.winner?.index === index;
      if (won) why = traceInWords(trace).join(". ");
      tries[index] = { result: String(verdict?.result ?? trace.verdict), won, verdicts: verdictsOf(trace) };
    }
    const hits = new Set(
      ruleset.table ? decision.verdicts.filter((one) => one.result === true).map((one) => one.index) : [],
    );
    const missing = [...new Set(decision.missing.map((use) => String(use.params?.id ?? use.fact)))];
    if (decision.outcome === "not-evaluated") why = `Missing: ${missing.join(", ")}.`;
    return { uses: compiled.facts, decision, tries, hits, why };
  }, [ruleset, compiled, read, trying]);
}
