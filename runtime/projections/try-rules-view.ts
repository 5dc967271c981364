import { freshContext } from "#engine/compile/context.ts";
import type { RouteAnswer } from "#engine/contract/route.ts";
import type { Routes } from "#engine/contract/routes.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { recordingReader } from "#engine/execute/asking.ts";
import { bindParams, type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import type { World } from "#engine/execute/world.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { lintSubject } from "#engine/lint/subject.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { compileRuleset, type Decision } from "#engine/rules/decide.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import type { Rule } from "#engine/rules/ruleset.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import { factInWords, type Wording } from "#engine/rules/words.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { traceView } from "./trace-view.ts";

type Tried = RouteAnswer<Routes["tryRules"]>;

/** What is tried: a rule set, for a person with what is stored of them, or for typed facts, or for both. */
export interface RulesTry {
  document: Json;
  person?: string | undefined;
  period?: string | undefined;
  /** By the fact's name; a metric by `metric.<id>`. Typed facts come before stored ones: "what if". */
  facts?: Record<string, Json> | undefined;
}

/** Rows of a table that are told beside those that hold or are open. */
const ROWS = 30;

/**
 * Evaluates a rule set, saved or not, and says why each rule holds or does not. Changes nothing. Facts that are not open to
 * the reader (somebody else's figures, pay) are missing. Throws IssuesError for rules that cannot be read, `Refused` else.
 */
export async function tryRules(runtime: Runtime, reader: Reader, input: RulesTry): Promise<Tried> {
  const parsed = parse(input.document);
  if (!parsed.ok) throw new IssuesError(parsed.issues);
  const ruleset = parsed.definition;
  if (ruleset.kind !== "ruleset") throw new Refused("bad-input", `This is a ${ruleset.kind}, not a rule set.`);
  const compiled = compileRuleset(ruleset);
  const parameters = parametersFor(runtime, ruleset);
  const { read, facts } = recordingReader(await factsOf(runtime, reader, input, parameters, compiled.facts));
  const decision = compiled.decide(read);
  const wording = wordingWith(wordingOf(ruleset, runtime.catalogue.live).rules, parameters);
  return {
    outcome: decision.blocked ? "blocked" : decision.outcome,
    rules: rulesOf(ruleset, decision, read, wording),
    facts: facts().map(({ fact, params, value, asOf }) => ({
      fact: factInWords({ fact, ...(params ? { params } : {}) }, wording),
      value,
      asOf: asOf ?? null,
    })),
    missing: [...new Set(decision.missing.map((use) => factInWords(use, wording)))],
  };
}

function rulesOf(ruleset: Ruleset, decision: Decision, read: FactReader, wording: Wording): Tried["rules"] {
  const rules: Rule[] = ruleset.table ? lowerTable(ruleset.table) : (ruleset.rules ?? []);
  const said = new Map(decision.verdicts.map((verdict) => [verdict.index, verdict]));
  const told = [...rules.entries()].filter(([index]) => !ruleset.table || index < ROWS || said.has(index));
  return told.map(([index, rule]) => {
    const trace = explainConditions(rule.conditions, read, ruleset.conditions ? { shared: ruleset.conditions } : {});
    return {
      name: rule.name ?? `rule ${index + 1}`,
      verdict: String(said.get(index)?.result ?? trace.verdict),
      event: rule.event.type,
      won: decision.winner?.index === index,
      trace: traceView(trace, wording),
    };
  });
}

/** Typed facts, then parameters, then what is stored of the person. */
async function factsOf(
  runtime: Runtime,
  reader: Reader,
  { person, period, facts: typed = {} }: RulesTry,
  parameters: Parameters,
  uses: readonly FactUse[],
): Promise<FactReader> {
  const stored = person === undefined ? undefined : await personFacts(runtime, reader, person, period ?? null, uses);
  return (fact, params) => {
    const named = fact === "metric" && typeof params?.id === "string" ? `metric.${params.id}` : fact;
    for (const name of [named, fact]) if (Object.hasOwn(typed, name)) return typed[name];
    if (fact.startsWith("parameter.")) return parameters.get(fact)?.value;
    return stored?.(fact, params);
  };
}

async function personFacts(
  runtime: Runtime,
  { policy }: Reader,
  person: string,
  period: string | null,
  uses: readonly FactUse[],
): Promise<FactReader> {
  const directory = await runtime.organisation.directory();
  if (!directory.person(person)) throw new Refused("not-found", `There is no person "${person}".`);
  const now = runtime.clock.now();
  const subject = { kind: "person" as const, id: person };
  const head: CaseHead = { id: "trial", subject, period, trigger: {}, openedAt: now, parameterTypes: {} };
  const needs = uses.map(({ fact, params }) => ({ fact, params: bindParams({ ...params }, head) }));
  const open = needs.filter(
    ({ params: { of } }) => typeof of !== "string" || !directory.person(of) || policy.seesPerson(of),
  );
  const world: World = {
    directory,
    calendars: await runtime.organisation.calendars(),
    parameters: {},
    stored: await runtime.facts.gather(open, now),
    subject: ({ id }) => {
      const found = directory.person(id);
      return found && { fields: found.fields, about: found.id, unit: null };
    },
  };
  const read = caseFacts(head, freshContext({}), world, now);
  const seesPay = policy.seesPay(person);
  return (fact, params) => (!seesPay && /^(person|subject)\.salary$/.test(fact) ? undefined : read(fact, params));
}

/** Parameters by the fact that rules read them by. */
type Parameters = ReadonlyMap<string, { title: string; value: Json }>;

/** Parameters are called by their title; their value stands in the comparison. */
function wordingWith(wording: Wording, parameters: Parameters): Wording {
  return {
    ...wording,
    title: (use) => {
      const parameter = parameters.get(use.fact);
      return parameter ? `“${parameter.title}”` : wording.title?.(use);
    },
  };
}

/**
 * The parameters that rules read, as they stand today: of the live document that decides by the rule set where one declares
 * them, else the rule set's own and those of its sheets.
 */
function parametersFor(runtime: Runtime, ruleset: Ruleset): Parameters {
  const { live } = runtime.catalogue;
  const users = [...live.all("workflow"), ...live.all("escalation"), ...live.all("plan")].filter((document) =>
    documentReferences(lintSubject(document, undefined)).some(
      ({ kind, id }) => kind === "ruleset" && id === ruleset.id,
    ),
  );
  const values = new Map<string, { title: string; value: Json }>();
  for (const document of [ruleset, ...users]) {
    const sheets = (document.uses ?? []).flatMap((id) => live.find("parameters", id) ?? []).reverse();
    for (const { kind, id, declared } of [
      ...sheets.map((sheet) => ({ kind: "parameters", id: sheet.id, declared: sheet.values })),
      { kind: document.kind, id: document.id, declared: document.parameters ?? {} },
    ]) {
      for (const [name, { title, default: otherwise }] of Object.entries(declared)) {
        values.set(`parameter.${name}`, { title, value: runtime.parameters.current({ kind, id }, name) ?? otherwise });
      }
    }
  }
  return values;
}
