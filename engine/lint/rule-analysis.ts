import { analyseRuleset } from "../rules/analyse/analyse.ts";
import type { Finding } from "../rules/analyse/finding.ts";
import type { Issue } from "../words/issue.ts";
import { type LintSubject, parametersOf } from "./subject.ts";

/**
 * What analysis finds in a rule set, as issues: overlaps and contradictions stop a publish; gaps, rows that are never
 * reached and comparisons outside a fact's range ask for a look. Lint runs as an author types, so it looks less far than
 * the studio's own analysis, which also shows the findings that only tell, and their fixes.
 */
export function ruleAnalysis(subject: LintSubject): Issue[] {
  const { definition } = subject;
  if (definition.kind !== "ruleset") return [];
  const shared = [...(parametersOf(subject) ?? [])].map(([name, parameter]) => [name, parameter.default]);
  const { findings } = analyseRuleset(definition, {
    steps: 8_000_000,
    most: 20,
    parameters: Object.fromEntries(shared),
  });
  return findings.filter(({ severity }) => severity !== "info").map(issueOf);
}

function issueOf({ code, severity, path, words, fix }: Finding): Issue {
  return { code: `rules-${code}`, path, severity, message: words, ...(fix && { hint: `${fix.words}.` }) };
}
