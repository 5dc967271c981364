import { IssuesError } from "../words/issue.ts";
import { type Json, sameJson } from "../words/json.ts";
import { type CompiledRuleset, compileRuleset, type Decision, type RulesetBody } from "./decide.ts";
import { namedFact } from "./fact-names.ts";
import {
  type ParameterisedRuleset,
  type ParameterValues,
  parameterValues,
  withParameters,
} from "./parameter-values.ts";

/** How one test case of a rule set went. */
export interface TestRun {
  /** Its place in the document, from zero. */
  index: number;
  title: string;
  green: boolean;
  /** What differs, one sentence each; empty where it is green. */
  problems: string[];
  decision: Decision;
}

/**
 * Runs the test cases that live beside a rule set: the outcome must be the event that is expected, and its params those
 * that are named. Undefined where the rule set itself cannot be compiled.
 * @param compiled the rule set compiled, where it has been already
 */
export function runRulesetTests(
  ruleset: ParameterisedRuleset,
  compiled: CompiledRuleset | undefined = compiledOrNot(ruleset),
): TestRun[] | undefined {
  if (!compiled) return undefined;
  const values = parameterValues(ruleset);
  return (ruleset.tests ?? []).map((test, index) => {
    const decision = decideTest(compiled, test.facts, values);
    const problems = problemsOf(test, decision);
    return { index, title: test.title, green: problems.length === 0, problems, decision };
  });
}

/**
 * Decides by the facts of a test case, by the most exact name they are given under (`metric.laptops-sold`, `metric`).
 * @param values what parameters are that the case does not name
 */
export function decideTest(
  compiled: CompiledRuleset,
  facts: Record<string, Json>,
  values: ParameterValues = {},
): Decision {
  return compiled.decide(withParameters((fact, params) => namedFact(facts, fact, params), values));
}

function problemsOf(test: NonNullable<RulesetBody["tests"]>[number], decision: Decision): string[] {
  if (decision.outcome !== test.expect.event) {
    return [`The test "${test.title}" expects "${test.expect.event}" and got "${decision.outcome}".`];
  }
  const got = (decision.winner?.event.params ?? {}) as Record<string, Json>;
  return Object.entries(test.expect.params ?? {}).flatMap(([name, value]) => {
    const given = Object.hasOwn(got, name) ? (got[name] ?? null) : null;
    if (sameJson(given, value)) return [];
    return [`The test "${test.title}" expects ${name} ${JSON.stringify(value)} and got ${JSON.stringify(given)}.`];
  });
}

/** A rule set that is refused has no tests to run; what is wrong with it is told where it is compiled for its own sake. */
export function compiledOrNot(ruleset: RulesetBody): CompiledRuleset | undefined {
  try {
    return compileRuleset(ruleset);
  } catch (problem) {
    if (problem instanceof IssuesError) return undefined;
    throw problem;
  }
}
