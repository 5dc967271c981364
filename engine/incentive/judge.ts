import type { Comparison, Condition, Conditions } from "../rules/conditions.ts";
import type { FactReader, FactUse, Verdict } from "../rules/facts.ts";
import { type CompiledConditions, compileConditions } from "../rules/guard.ts";
import type { Json } from "../words/json.ts";
import { valueAt } from "./simple-path.ts";

/** Compiled conditions together with their single comparisons, so that a statement can say which one failed and on what. */
export interface Judge {
  test(read: FactReader): Verdict;
  /** The facts without which it cannot be evaluated. */
  missing(read: FactReader): { name: string; words: string }[];
  facts: readonly FactUse[];
  comparisons: readonly { comparison: Comparison; compiled: CompiledConditions }[];
}

/** Compiles the conditions of a gate or of eligibility. Throws `IssuesError` where the conditions are refused. */
export function judge(conditions: Conditions): Judge {
  const compiled = compileConditions(conditions);
  return {
    test: (read) => compiled.test(read),
    missing: (read) => compiled.missing(read).map(factName),
    facts: compiled.facts,
    comparisons: comparisonsOf(conditions).map((comparison) => ({
      comparison,
      compiled: compileConditions({ all: [comparison] }),
    })),
  };
}

/** Every comparison of a condition tree, in reading order. */
export function comparisonsOf(condition: Condition): Comparison[] {
  if ("all" in condition) return condition.all.flatMap(comparisonsOf);
  if ("any" in condition) return condition.any.flatMap(comparisonsOf);
  if ("not" in condition) return comparisonsOf(condition.not);
  return "fact" in condition ? [condition] : [];
}

/** What each comparison read and said, for the trace. */
export function judgement({ comparisons }: Judge, read: FactReader): Json[] {
  return comparisons.map(({ comparison, compiled }) => {
    const { fact, params, path, operator, value } = comparison;
    const found = valueAt(read(fact, params), path);
    return {
      fact,
      ...(params ? { params } : {}),
      ...(path ? { path } : {}),
      operator,
      value,
      found: asJson(found),
      verdict: compiled.test(read),
    };
  });
}

/** A fact as a person says it: `gross-margin ($.value)` for a metric, its own name otherwise. */
export function factName({ fact, params, path }: FactUse): { name: string; words: string } {
  const id = params?.id;
  const name = fact === "metric" && typeof id === "string" ? id : fact;
  return { name, words: path && path !== "$.value" ? `${name} (${path.replace(/^\$\.?/, "")})` : name };
}

function asJson(value: unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value)) as Json);
}
