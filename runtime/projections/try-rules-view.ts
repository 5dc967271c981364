import type { RouteAnswer } from "#engine/contract/route.ts";
import type { Routes } from "#engine/contract/routes.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { recordingReader } from "#engine/execute/asking.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { compileRuleset, type Decision } from "#engine/rules/decide.ts";
import { namedFact } from "#engine/rules/fact-names.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { rulesAsRun } from "#engine/rules/rules-as-run.ts";
import type { Rule } from "#engine/rules/ruleset.ts";
import { factInWords, type Wording } from "#engine/rules/words.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { factSource, type SourceOf, type TitleOf } from "./fact-source.ts";
import { liveTitles, type NamedParameters, parametersFor, personReader, wordingWith } from "./person-facts.ts";
import { traceView } from "./trace-view.ts";

type Tried = RouteAnswer<Routes["tryRules"]>;

/** What rules are asked about: a person with what is stored of them, typed facts, or both. */
export interface AskedFacts {
  person?: string | undefined;
  period?: string | undefined;
  /** By a name of `factNames`. Typed facts come before stored ones: "what if". */
  facts?: Record<string, Json> | undefined;
}

/** What is tried: a rule set, saved or not. */
export interface RulesTry extends AskedFacts {
  document: Json;
}

/** Rows of a table that are told beside those that hold or are open. */
const ROWS = 30;

/**
 * Evaluates a rule set, saved or not, and says why each rule holds or does not. Changes nothing. Facts that are not open to
 * the reader (somebody else's figures, pay) are missing. Throws IssuesError for rules that cannot be read, `Refused` else.
 */
export async function tryRules(runtime: Runtime, reader: Reader, input: RulesTry): Promise<Tried> {
  const ruleset = rulesetOf(input.document);
  const compiled = compileRuleset(ruleset);
  const parameters = parametersFor(runtime, ruleset);
  const { read, facts } = recordingReader(await askedReader(runtime, reader, input, parameters, compiled.facts));
  const decision = compiled.decide(read);
  const wording = wordingWith(wordingOf(ruleset, runtime.catalogue.live).rules, parameters);
  const title = liveTitles(runtime);
  return {
    outcome: decision.blocked ? "blocked" : decision.outcome,
    rules: rulesOf(ruleset, decision, read, wording, (one) => sourceOf(input, one, title)),
    facts: facts().map((one) => ({
      fact: factInWords({ fact: one.fact, ...(one.params ? { params: one.params } : {}) }, wording),
      value: one.value,
      asOf: one.asOf ?? null,
      source: sourceOf(input, one, title),
    })),
    missing: [...new Set(decision.missing.map((use) => factInWords(use, wording)))],
  };
}

/** A document that must be a rule set. Throws IssuesError where it cannot be read, `Refused` where it is something else. */
export function rulesetOf(document: Json): Ruleset {
  const parsed = parse(document);
  if (!parsed.ok) throw new IssuesError(parsed.issues);
  if (parsed.definition.kind === "ruleset") return parsed.definition;
  throw new Refused("bad-input", `This is a ${parsed.definition.kind}, not a rule set.`);
}

function rulesOf(
  ruleset: Ruleset,
  decision: Decision,
  read: FactReader,
  wording: Wording,
  source: SourceOf,
): Tried["rules"] {
  const rules: Rule[] = rulesAsRun(ruleset);
  const said = new Map(decision.verdicts.map((verdict) => [verdict.index, verdict]));
  const told = [...rules.entries()].filter(([index]) => !ruleset.table || index < ROWS || said.has(index));
  return told.map(([index, rule]) => {
    const trace = explainConditions(rule.conditions, read, ruleset.conditions ? { shared: ruleset.conditions } : {});
    return {
      name: rule.name ?? `rule ${index + 1}`,
      verdict: String(said.get(index)?.result ?? trace.verdict),
      event: rule.event.type,
      won: decision.winner?.index === index,
      trace: traceView(trace, wording, source),
    };
  });
}

/** Where a fact of a try came from: typed by the asker, or stored. */
export function sourceOf(
  asked: AskedFacts,
  one: { fact: string; params?: Record<string, Json>; value: Json },
  title: TitleOf,
): string {
  if (namedFact(asked.facts ?? {}, one.fact, one.params) !== undefined) return "typed in";
  return one.value === null ? "not known" : factSource(one, title);
}

/** Typed facts, then parameters, then what is stored of the person. */
export async function askedReader(
  runtime: Runtime,
  reader: Reader,
  { person, period, facts: typed = {} }: AskedFacts,
  parameters: NamedParameters,
  uses: readonly FactUse[],
): Promise<FactReader> {
  const stored =
    person === undefined ? undefined : await personReader(runtime, reader, { person, period: period ?? null }, uses);
  return (fact, params) => {
    const given = namedFact(typed, fact, params);
    if (given !== undefined) return given;
    if (fact.startsWith("parameter.")) return parameters.get(fact)?.value;
    return stored?.(fact, params);
  };
}
