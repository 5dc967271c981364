import { freshContext } from "#engine/compile/context.ts";
import { parse } from "#engine/definition/parse.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { recordingReader } from "#engine/execute/asking.ts";
import { caseFacts } from "#engine/execute/facts.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { explainConditions } from "#engine/rules/guard.ts";
import { lowerTable } from "#engine/rules/table-lower.ts";
import type { RouteAnswer } from "#engine/contract/route.ts";
import type { Routes } from "#engine/contract/routes.ts";
import { IssuesError } from "#engine/words/issue.ts";
import type { Json } from "#engine/words/json.ts";
import { bindParams } from "#engine/execute/facts.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { traceView } from "./trace-view.ts";

type Tried = RouteAnswer<Routes["tryRules"]>;

/** Evaluates a rule set, saved or not, for a person's stored facts or typed ones, with the reasons. Changes nothing. */
export async function tryRules(
  runtime: Runtime,
  input: { document: Json; person?: string | undefined; period?: string | undefined; facts?: Record<string, Json> | undefined },
): Promise<Tried> {
  const parsed = parse(input.document);
  if (!parsed.ok) throw new IssuesError(parsed.issues);
  const ruleset = parsed.definition;
  if (ruleset.kind !== "ruleset") throw new Refused("bad-input", `This is a ${ruleset.kind}, not a rule set.`);
  const compiled = compileRuleset(ruleset);
  const { read, facts } = recordingReader(await readerOf(runtime, input, compiled.facts));
  const decision = compiled.decide(read);
  return {
    outcome: decision.blocked ? "blocked" : decision.outcome,
    rules: rulesOf(ruleset, read, decision.winner?.rule ?? null),
    facts: facts().map(({ fact, params, value, asOf }) => ({
      fact: fact === "metric" && typeof params?.id === "string" ? params.id : fact,
      value,
      asOf: asOf ?? null,
    })),
    missing: decision.missing.map((use) => use.fact),
  };
}

function rulesOf(ruleset: Ruleset, read: FactReader, winner: string | null): Tried["rules"] {
  const wording = ruleset.facts ? { facts: ruleset.facts } : {};
  const listed = ruleset.table ? lowerTable(ruleset.table).slice(0, 200) : (ruleset.rules ?? []);
  return listed.map((rule, index) => {
    const name = rule.name === undefined ? `rule ${index + 1}` : String(rule.name);
    const trace = explainConditions(rule.conditions, read, ruleset.conditions ? { shared: ruleset.conditions } : {});
    return {
      name,
      verdict: String(trace.verdict),
      event: rule.event.type,
      won: name === winner,
      trace: traceView(trace, wording),
    };
  });
}

/** Typed facts come before stored ones, so that one may ask "what if". */
async function readerOf(
  runtime: Runtime,
  input: { person?: string | undefined; period?: string | undefined; facts?: Record<string, Json> | undefined },
  uses: readonly FactUse[],
): Promise<FactReader> {
  const typed = input.facts ?? {};
  const own: FactReader = (fact, params) => {
    const name = fact === "metric" && typeof params?.id === "string" ? `metric.${params.id}` : fact;
    return Object.hasOwn(typed, name) ? typed[name] : Object.hasOwn(typed, fact) ? typed[fact] : undefined;
  };
  if (input.person === undefined) return own;
  const directory = await runtime.organisation.directory();
  if (!directory.person(input.person)) throw new Refused("not-found", `There is no person "${input.person}".`);
  const now = runtime.clock.now();
  const head = {
    id: "trial",
    subject: { kind: "person" as const, id: input.person },
    period: input.period ?? null,
    trigger: {},
    openedAt: now,
    parameterTypes: {},
  };
  const needs = uses.map(({ fact, params }) => ({ fact, params: bindParams({ ...(params ?? {}) } as Record<string, Json>, head) }));
  const stored = await runtime.facts.gather(needs, now);
  const world = {
    directory,
    calendars: await runtime.organisation.calendars(),
    parameters: {},
    stored,
    subject: () => undefined,
  };
  const read = caseFacts(head, freshContext({}), world, now);
  return (fact, params) => own(fact, params) ?? read(fact, params);
}
