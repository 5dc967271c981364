import type { RulesetBody } from "../decide.ts";
import type { FactUse } from "../facts.ts";
import { type ParameterisedRuleset, type ParameterValues, parameterValues } from "../parameter-values.ts";
import { planRules } from "../plan-rules.ts";
import type { DecisionTable } from "../table.ts";
import { parseTable } from "../table-compile.ts";
import { datedTable } from "../table-dated.ts";
import { sentence } from "../words.ts";
import { type BoundPlan, bindParameters, withValues } from "./bound-parameters.ts";
import { constantCells } from "./constant.ts";
import { constantConditions } from "./constant-conditions.ts";
import { asWritten } from "./dated-fixes.ts";
import type { Entry, Subject } from "./entry.ts";
import type { Analysis, Finding } from "./finding.ts";
import { findGaps } from "./gaps.ts";
import { findMasked } from "./masked.ts";
import { findOverlaps } from "./overlaps.ts";
import { rulesSubject } from "./rules-subject.ts";
import type { AnalyseOptions, Found } from "./search.ts";
import { readBy, tableSubject } from "./table-subject.ts";

/**
 * What is wrong with the meaning of a rule set or decision table: gaps, overlaps and conflicts, rows that are never
 * reached, conditions that never or always hold, comparisons with another type or outside a fact's range, unused facts.
 * Each finding has a sample input, the rows or rules involved, and where there is one, a fix as an edit of the document
 * (`applyEdit`). Exact for comparisons of facts with literals over numbers, dates, choices, yes and no, and equality of
 * texts; of what lies outside that it says so (`not-analysed`) and claims nothing that rests on it.
 *
 * Every input is taken to be known and of its type, but for columns and facts of which some condition asks whether they
 * are missing. A threshold that is a parameter takes its value: the one given, or the default that the rule set declares;
 * findings that rest on it say so ("with resolveDays = 15"). Numbers and percents may be any decimal, money comes in hundredths, dates in days.
 * @param ruleset the body of a rule set; one that cannot be compiled has no findings but `not-analysed`
 */
export function analyseRuleset(ruleset: ParameterisedRuleset, options: AnalyseOptions = {}): Analysis {
  const values = parameterValues(ruleset, options.parameters);
  const parts = ruleset.table ? ofTable(ruleset.table, ruleset, options) : ofRules(ruleset, values, options);
  if (!parts) return broken();
  const { subject, found, uses } = parts;
  const unclear = subject.entries.filter((entry) => entry.unclear.length > 0);
  const findings = [
    ...found.flatMap((one) => one.findings),
    ...unusedFacts(ruleset, uses),
    ...notAnalysed(unclear, subject),
  ];
  return {
    findings: findings.map((finding) => withValues(finding, parts.used, values)),
    analysed: subject.entries.length - unclear.length,
    notAnalysed: unclear.length,
    complete: found.every((one) => one.complete),
  };
}

interface Parts {
  subject: Subject;
  found: Found[];
  uses: readonly FactUse[];
  used: BoundPlan["used"];
}

function ofTable(written: DecisionTable, ruleset: RulesetBody, options: AnalyseOptions): Parts | undefined {
  const table = datedTable(written);
  const { cells, issues } = parseTable(table);
  if (issues.length > 0) return undefined;
  const subject = tableSubject(table, cells, ruleset);
  const found = [
    constantCells(subject, cells, table, options),
    findOverlaps(subject, table, options),
    ...(table.default ? [] : [findGaps(subject, table, options)]),
    findMasked(subject, table, options),
  ];
  const uses = table.columns.map(readBy);
  const used: BoundPlan["used"] = new Map();
  if (table === written) return { subject, found, uses, used };
  const told = found.map((one) => ({ ...one, findings: one.findings.map((finding) => asWritten(finding, written)) }));
  return { subject, found: told, uses, used };
}

function ofRules(ruleset: RulesetBody, values: ParameterValues, options: AnalyseOptions): Parts | undefined {
  const { plan: written, planner } = planRules(ruleset.rules ?? [], {
    conditions: ruleset.conditions ?? {},
    replaceFactsInEventParams: true,
    rulesAt: "/rules",
  });
  if (planner.issues.length > 0) return undefined;
  const { plan, used } = bindParameters(written, values);
  const subject = rulesSubject(plan, ruleset);
  const found = [
    { findings: constantConditions(subject, ruleset.facts), complete: true },
    findOverlaps(subject, undefined, options),
    ...(subject.entries.length > 0 ? [findGaps(subject, undefined, options)] : []),
    findMasked(subject, undefined, options),
  ];
  return { subject, found, uses: plan.slots.map((slot) => slot.use), used };
}

function broken(): Analysis {
  const words = "Not analysed: the rules cannot be read yet. Correct what the other checks say of them first.";
  const finding: Finding = { code: "not-analysed", severity: "info", path: "", words, inputs: [] };
  return { findings: [finding], analysed: 0, notAnalysed: 0, complete: false };
}

/** Facts that are declared and that nothing reads. */
function unusedFacts(ruleset: RulesetBody, uses: readonly FactUse[]): Finding[] {
  const read = new Set(uses.map((use) => use.fact));
  return Object.entries(ruleset.facts ?? {}).flatMap(([fact, type]) => {
    if (read.has(fact)) return [];
    const path = `/facts/${fact.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const words = `${sentence(type.title ?? fact)} is declared, and no ${ruleset.table ? "column" : "rule"} reads it.`;
    const fix = { words: `Remove the declaration of ${fact}`, edit: [{ op: "remove" as const, path }] };
    return [{ code: "unused-fact" as const, severity: "warning" as const, path, words, inputs: [], fix }];
  });
}

/** One finding for each reason, with all that it concerns. */
function notAnalysed(unclear: readonly Entry[], subject: Subject): Finding[] {
  const reasons = new Map<string, Entry[]>();
  for (const entry of unclear) for (const why of entry.unclear) reasons.set(why, [...(reasons.get(why) ?? []), entry]);
  return [...reasons].map(([why, entries]) => {
    const indexes = entries.map(({ index }) => index);
    const shown = entries
      .slice(0, 8)
      .map(({ name }) => name)
      .join(", ");
    const names = entries.length > 8 ? `${shown} and ${entries.length - 8} more` : shown;
    const words = `${sentence(names)}: only partly analysed (${why}). Nothing is claimed that rests on it.`;
    const involved = subject.kind === "table" ? { rows: indexes } : { rules: indexes };
    return { code: "not-analysed", severity: "info", path: entries[0]?.path ?? "", ...involved, words, inputs: [] };
  });
}
