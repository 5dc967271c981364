import { runRulesetTests } from "../rules/ruleset-tests.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/**
 * A test of a rule set that does not answer as it says: it stops a publish. Rules that cannot be compiled are reported by
 * `conditionsThatRun`.
 */
export function rulesetTests({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "ruleset") return [];
  return (runRulesetTests(definition) ?? []).flatMap(({ index, problems }) =>
    problems.map((message) => error("test-red", pointer("tests", index), message, "Correct the rules, or the test.")),
  );
}
