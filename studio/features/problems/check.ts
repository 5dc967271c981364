import type { Catalogue } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { locateIssues, parseText, type TextIssue } from "#engine/definition/parse-text.ts";
import { ruleAnalysis } from "#engine/lint/rule-analysis.ts";
import { CHECKS, lint } from "#engine/lint/run.ts";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import type { Finding } from "#engine/rules/analyse/finding.ts";

/** An issue with its place in the text; one that analysis of rules found brings its sample and its ways out. */
export type FoundIssue = TextIssue & { finding?: Finding };

/** What a text is worth: its issues with their places, and the definition where its shape is right. */
export interface Checked {
  issues: readonly FoundIssue[];
  definition: Definition | null;
}

/** Analysis is asked for by itself, since it looks further than lint does and takes longer. */
const QUICK = CHECKS.filter((one) => one !== ruleAnalysis);

/** Shape first, then meaning: as the server will judge it. Without a catalogue, references are not judged. */
export function check(text: string, catalogue: Catalogue | undefined): Checked {
  const read = parseText(text);
  if (!read.ok) return { issues: read.issues, definition: null };
  const found = lint(read.definition, catalogue, QUICK);
  return { issues: locateIssues(text, found), definition: read.definition };
}

/** What analysis finds in a rule set, with samples and fixes; nothing for documents of other kinds. */
export function findingsOf(text: string, definition: Definition): FoundIssue[] {
  if (definition.kind !== "ruleset") return [];
  const { findings } = analyseRuleset(definition);
  const issues = findings.map((finding) => ({
    code: `rules-${finding.code}`,
    path: finding.path,
    severity: finding.severity,
    message: finding.words,
  }));
  return locateIssues(text, issues).map((issue, at) => ({ ...issue, finding: findings[at]! }));
}
