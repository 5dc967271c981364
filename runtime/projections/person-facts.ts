import { freshContext } from "#engine/compile/context.ts";
import type { FactView } from "#engine/contract/views/rules.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { bindParams, type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import { metricPeople } from "#engine/execute/metric-people.ts";
import { tellsPay } from "#engine/execute/pay-facts.ts";
import type { World } from "#engine/execute/world.ts";
import { documentReferences } from "#engine/lint/document-references.ts";
import { lintSubject } from "#engine/lint/subject.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import type { Wording } from "#engine/rules/words.ts";
import type { Json } from "#engine/words/json.ts";
import { auditRead } from "../access/audit-read.ts";
import { Forbidden } from "../access/forbidden.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { subjectFacts } from "../commands/worlds.ts";
import { factAsOf, factSource, type TitleOf } from "./fact-source.ts";

/** Of whom facts are read, and for which period `$period` stands. */
export interface AskedPerson {
  person: string;
  period: string | null;
}

/**
 * What rules read of a person now, as a case about them would. Facts that are not open to the reader (somebody else's
 * figures, pay) are missing. Throws `Refused` for nobody, `Forbidden` for a person whose record is closed to the reader.
 */
export async function personReader(
  runtime: Runtime,
  reader: Reader,
  { person, period }: AskedPerson,
  uses: readonly FactUse[],
): Promise<FactReader> {
  const { policy } = reader;
  const directory = await runtime.organisation.directory();
  if (!policy.seesPerson(person)) {
    throw new Forbidden("This person's record is not open to you. Type facts in instead.", {
      kind: "person",
      id: person,
    });
  }
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
    metricPeople: metricPeople(runtime.catalogue.live),
    subject: (asked) => subjectFacts(asked, directory, new Map()),
  };
  const read = caseFacts(head, freshContext({}), world, now);
  const seesPay = policy.seesPay(person);
  if (seesPay && uses.some(({ fact }) => tellsPay(fact))) {
    const words = `read what rules know of the pay of ${person}`;
    await auditRead(runtime, reader, { what: "person.pay-read", words, person, of: "rules" });
  }
  return (fact, params) => (!seesPay && tellsPay(fact) ? undefined : read(fact, params));
}

/** The facts themselves, each with its source and date. */
export async function personFacts(
  runtime: Runtime,
  reader: Reader,
  asked: AskedPerson & { ruleset?: string | undefined; facts: readonly FactUse[] },
): Promise<FactView[]> {
  const read = await personReader(runtime, reader, asked, asked.facts);
  const known = asked.ruleset === undefined ? undefined : runtime.catalogue.live.find("ruleset", asked.ruleset);
  const parameters = known ? parametersFor(runtime, known) : new Map<string, NamedValue>();
  const title = liveTitles(runtime);
  return asked.facts.map(({ fact, params = {} }) => {
    const found = fact.startsWith("parameter.") ? parameters.get(fact)?.value : read(fact, params);
    const value = (found ?? null) as Json;
    const bound = bindParams({ ...params }, { subject: { kind: "person", id: asked.person }, period: asked.period });
    return { fact, params, value, asOf: factAsOf(value), source: factSource({ fact, params: bound, value }, title) };
  });
}

/** The titles of what is live. */
export function liveTitles(runtime: Runtime): TitleOf {
  const { live } = runtime.catalogue;
  return (kind, id) => (kind === "step" ? undefined : live.find(kind, id)?.title);
}

interface NamedValue {
  title: string;
  value: Json;
}
/** Parameters by the fact that rules read them by. */
export type NamedParameters = ReadonlyMap<string, NamedValue>;

/** Parameters are called by their title; their value stands in the comparison. */
export function wordingWith(wording: Wording, parameters: NamedParameters): Wording {
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
export function parametersFor(runtime: Runtime, ruleset: Ruleset): NamedParameters {
  const { live } = runtime.catalogue;
  const users = [...live.all("workflow"), ...live.all("escalation"), ...live.all("plan")].filter((document) =>
    documentReferences(lintSubject(document, undefined)).some(
      ({ kind, id }) => kind === "ruleset" && id === ruleset.id,
    ),
  );
  const values = new Map<string, NamedValue>();
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
