import { type Compiled, compile } from "#engine/compile/compile.ts";
import { declaredParameters } from "#engine/compile/parameters.ts";
import type { RouteAnswer } from "#engine/contract/route.ts";
import type { routes } from "#engine/contract/routes.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { type Catalogue, catalogueOf } from "#engine/definition/catalogue.ts";
import type { Definition } from "#engine/definition/definition.ts";
import { parse } from "#engine/definition/parse.ts";
import { type Need, storedNeeds } from "#engine/execute/needs.ts";
import { windowOf } from "#engine/metrics/window.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import type { FactUse } from "#engine/rules/facts.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { type Json, sameJson } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { documentsAsTheyStand } from "../commands/draft.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import { today } from "../commands/stored-facts.ts";
import { documentsReached } from "./documents-reached.ts";
import { seesUnitFigures } from "./metric-access.ts";

export type SimulationFacts = RouteAnswer<typeof routes.simulationFacts>;

/**
 * What a simulation of a document reads of what is stored: every stored fact that it, or a rule set, ladder or subflow it
 * leads to, may read for this subject and period, and the values that parameters have for a case that begins now. A fact
 * about somebody whose results the reader may not see is listed without its value, to be typed.
 * Throws `Refused` (`has-problems`) for a document that cannot be read, IssuesError for one that cannot run.
 */
export async function simulationFacts(
  runtime: Runtime,
  reader: Reader,
  request: { document: Json; subject: Subject; period: string | null },
): Promise<SimulationFacts> {
  const parsed = parse(request.document);
  if (!parsed.ok) throw new Refused("has-problems", "The document cannot be read.", { issues: parsed.issues });
  const catalogue = catalogueOf([...(await documentsAsTheyStand(runtime)), parsed.definition]);
  const reached = documentsReached(parsed.definition, catalogue);
  const uses = [...factsRead(parsed.definition, catalogue), ...reached.flatMap((one) => ifItRuns(one, catalogue))];
  const directory = await runtime.organisation.directory();
  const needs = storedNeeds(uses, request);
  const open = needs.filter((need) => isOpen(need, reader, directory));
  const values = await valuesOf(runtime, open, catalogue, directory);
  return {
    facts: needs.map((need) => ({ ...need, value: values.get(need) ?? null })),
    parameters: parametersOf(runtime, parsed.definition, reached, catalogue),
  };
}

/** The facts that one document reads itself. */
function factsRead(definition: Definition, catalogue: Catalogue): FactUse[] {
  switch (definition.kind) {
    case "workflow":
    case "escalation":
      return [...compile(definition, catalogue).facts.values()].flat();
    case "ruleset":
      return [...compileRuleset(definition).facts];
    default:
      return [];
  }
}

/** The facts of a document further along; one that cannot run now reads none, and says so itself when it is opened. */
function ifItRuns(definition: Definition, catalogue: Catalogue): FactUse[] {
  try {
    return factsRead(definition, catalogue);
  } catch (cause) {
    if (cause instanceof IssuesError) return [];
    throw cause;
  }
}

/** Whether a fact is about nobody whose results are closed to the reader. */
function isOpen({ params }: Need, reader: Reader, directory: Directory): boolean {
  return Object.values(params).every((value) => {
    if (typeof value !== "string") return true;
    if (directory.person(value)) return reader.policy.seesPerson(value);
    return !directory.unit(value) || seesUnitFigures(reader, value, directory);
  });
}

async function valuesOf(
  runtime: Runtime,
  needs: readonly Need[],
  catalogue: Catalogue,
  directory: Directory,
): Promise<Map<Need, Json>> {
  const now = runtime.clock.now();
  const stored = await runtime.facts.gather(needs, now);
  const values = new Map<Need, Json>();
  for (const need of needs) {
    const value = stored(need.fact, need.params) ?? (await ofDraftMetric(runtime, need, catalogue, directory));
    if (value !== undefined) values.set(need, value);
  }
  return values;
}

/** The fact of a metric that is only drafted: its observations may be there already. */
async function ofDraftMetric(
  runtime: Runtime,
  { fact, params }: Need,
  catalogue: Catalogue,
  directory: Directory,
): Promise<Json | undefined> {
  const { id, of, window } = params;
  if (fact !== "metric" || typeof id !== "string" || runtime.catalogue.live.find("metric", id)) return undefined;
  const metric = catalogue.find("metric", id);
  const now = runtime.clock.now();
  const period = metric && windowOf(window, metric, today(directory, now));
  if (!metric || !period) return undefined;
  const question = { metric, of: typeof of === "string" ? of : "organisation", window: period };
  return (await runtime.facts.metrics([question], now))[0] as unknown as Json;
}

/**
 * The values by name. A simulation has one value for a name in all its cases: where a document further along has another
 * value under the same name, a value that is the declared default is left out, so that each keeps its own.
 */
function parametersOf(
  runtime: Runtime,
  definition: Definition,
  reached: readonly Definition[],
  catalogue: Catalogue,
): Record<string, Json> {
  const values = publishedValues(runtime, definition, catalogue);
  for (const document of reached) {
    for (const [name, { value, declared }] of publishedValues(runtime, document, catalogue)) {
      const known = values.get(name);
      if (!known) values.set(name, { value, declared });
      else if (!sameJson(known.value, value) && sameJson(known.value, known.declared)) {
        if (sameJson(value, declared)) values.delete(name);
        else values.set(name, { value, declared });
      }
    }
  }
  return Object.fromEntries([...values].map(([name, { value }]) => [name, value]));
}

function publishedValues(
  runtime: Runtime,
  definition: Definition,
  catalogue: Catalogue,
): Map<string, { value: Json; declared: Json }> {
  if (definition.kind !== "workflow" && definition.kind !== "escalation" && definition.kind !== "ruleset")
    return new Map();
  const parameters = declaredParameters(definition, catalogue);
  const home = (name: string) =>
    runtime.parameters.home(
      { definition, parameters } as Pick<Compiled, "definition" | "parameters"> as Compiled,
      name,
    );
  return new Map(
    Object.entries(parameters).map(([name, declared]) => [
      name,
      { value: runtime.parameters.current(home(name), name) ?? declared.default, declared: declared.default },
    ]),
  );
}
