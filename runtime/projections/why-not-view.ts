import type { WhyNotView } from "#engine/contract/views/rules.ts";
import { type Wanted, type WhyNot, whyNot, whyNotOutcome } from "#engine/rules/analyse/why-not.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import type { ConditionTrace } from "#engine/rules/explain.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { failingComparisons } from "#engine/rules/failing.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { rulesAsRun } from "#engine/rules/rules-as-run.ts";
import { factInWords, typeOf, valueInWords, type Wording } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import { Refused } from "../commands/refused.ts";
import { factAsOf } from "./fact-source.ts";

/** How the facts of an answer are told: their names, and where each comes from. */
export interface Telling {
  wording: Wording;
  source: (use: FactUse, value: Json) => string;
  read: FactReader;
}

/** Rows of a long table that are told. */
const ROWS = 30;

/** The answers that a rule set can give. */
export function answersOf(ruleset: RulesetBody): string[] {
  const rules = rulesAsRun(ruleset);
  const types = rules.map(({ event }) => event.type);
  return [...new Set([...types, ...(ruleset.table?.default ? [] : ["otherwise"])])];
}

/**
 * "Why not?" of a rule set: what would have to change for an event, and for every rule that does not hold, by what it fails.
 * Throws `Refused` for an answer that the rule set never gives.
 */
export function rulesetWhyNot(ruleset: RulesetBody, wanted: string, telling: Telling, whom: string): WhyNotView {
  const { read, wording } = telling;
  const rules = rulesAsRun(ruleset);
  const answers = answersOf(ruleset);
  const named = rules.findIndex(({ name }, index) => (name ?? `rule ${index + 1}`) === wanted);
  if (!answers.includes(wanted) && named === -1) {
    throw new Refused("bad-input", `This rule set never answers "${wanted}". It answers ${answers.join(", ")}.`);
  }
  const goal: Wanted = answers.includes(wanted) ? { event: wanted } : { index: named };
  const decision = compileRuleset(ruleset).decide(read);
  const shared = ruleset.conditions ? { shared: ruleset.conditions } : {};
  const failing = rules.flatMap((rule, index) => {
    const trace = explainConditions(rule.conditions, read, shared);
    if (trace.verdict === true || (ruleset.table && "event" in goal && rule.event.type !== goal.event)) return [];
    return [failingRule(rule.name ?? `rule ${index + 1}`, rule.event.type, trace, telling)];
  });
  const found = whyNotOutcome(ruleset, read, goal, saidBy(wording));
  return {
    question: `What would make it “${wanted}” for ${whom}?`,
    now: decision.outcome,
    wanted,
    ...answer(found, telling),
    failing: ruleset.table ? failing.slice(0, ROWS) : failing,
    answers,
  };
}

/** "Why not?" of conditions: what would make them hold where they do not, or not hold where they do. */
export function conditionsWhyNot(
  conditions: unknown,
  telling: Telling,
  {
    name,
    question,
    shared,
  }: { name: string; question: (wanted: boolean) => string; shared?: RulesetBody["conditions"] },
): WhyNotView {
  const { read, wording } = telling;
  const trace = explainConditions(conditions, read, shared ? { shared } : {});
  const wanted = trace.verdict !== true;
  const found = whyNot(conditions, read, wanted, {
    ...(shared && { shared }),
    ...(wording.facts && { facts: wording.facts }),
    ...saidBy(wording),
  });
  const said = (holds: boolean) => (holds ? "it holds" : "it does not hold");
  return {
    question: question(wanted),
    now: trace.verdict === "not evaluated" ? "it could not be evaluated" : said(trace.verdict),
    wanted: said(wanted),
    ...answer(found, telling),
    failing: trace.verdict === true ? [] : [failingRule(name, said(true), trace, telling)],
    answers: [said(wanted)],
  };
}

const saidBy = ({ title, type }: Wording) => ({ ...(title && { title }), ...(type && { type }) });

function failingRule(
  rule: string,
  event: string,
  trace: ConditionTrace,
  { wording, source }: Telling,
): WhyNotView["failing"][number] {
  return {
    rule,
    event,
    verdict: trace.verdict === false ? "false" : "not evaluated",
    conditions: failingComparisons(trace, wording).map((one) => {
      const actual = (one.actual ?? null) as Json;
      return {
        fact: one.fact,
        actual,
        needed: one.needed,
        short: one.short ?? null,
        source: source(one.use, actual),
        asOf: factAsOf(actual),
        words: one.words,
      };
    }),
  };
}

function answer(
  found: WhyNot,
  { wording, source, read }: Telling,
): Pick<WhyNotView, "possible" | "smallest" | "words" | "changes"> {
  if (!found.possible) return { possible: false, smallest: true, words: found.words, changes: [] };
  return {
    possible: true,
    smallest: found.smallest,
    words: found.words,
    changes: found.changes.map(({ use, from, to, words }) => {
      const whole = (read(use.fact, use.params) ?? null) as Json;
      const type = typeOf(use, wording);
      return {
        fact: factInWords(use, wording),
        use: { fact: use.fact, ...(use.params && { params: use.params }), ...(use.path && { path: use.path }) },
        from: (from ?? null) as Json,
        to: to as Json,
        was: from === undefined || from === null ? "not known" : valueInWords(from, type),
        would: valueInWords(to, type),
        words,
        source: source(use, whole),
        asOf: factAsOf(whole),
      };
    }),
  };
}
