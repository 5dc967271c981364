import { compileRuleset } from "../rules/decide.ts";
import { error, type Issue, IssuesError } from "../words/issue.ts";
import { type Json, sameJson } from "../words/json.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** A test of a rule set that does not answer as it says: it stops a publish. */
export function rulesetTests({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "ruleset" || !definition.tests?.length) return [];
  const compiled = compiledOrNot(definition);
  if (!compiled) return [];
  return definition.tests.flatMap((test, index) => {
    const facts = test.facts;
    const decision = compiled.decide((fact) => (Object.hasOwn(facts, fact) ? facts[fact] : undefined));
    const path = pointer("tests", index);
    if (decision.outcome !== test.expect.event) {
      const message = `The test "${test.title}" expects "${test.expect.event}" and got "${decision.outcome}".`;
      return [error("test-red", path, message, "Correct the rules, or the test.")];
    }
    const got = (decision.winner?.event.params ?? {}) as Record<string, Json>;
    const wrong = Object.entries(test.expect.params ?? {}).filter(
      ([name, value]) => !sameJson(got[name] ?? null, value),
    );
    return wrong.map(([name, value]) => {
      const [wanted, given] = [JSON.stringify(value), JSON.stringify(got[name] ?? null)];
      return error("test-red", path, `The test "${test.title}" expects ${name} ${wanted} and got ${given}.`);
    });
  });
}

/** Rules that cannot be compiled are reported by `conditionsThatRun`. */
function compiledOrNot(ruleset: Parameters<typeof compileRuleset>[0]) {
  try {
    return compileRuleset(ruleset);
  } catch (problem) {
    if (problem instanceof IssuesError) return undefined;
    throw problem;
  }
}
