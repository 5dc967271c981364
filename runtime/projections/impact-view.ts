import { setImmediate as nextTurn } from "node:timers/promises";
import type { ImpactView } from "#engine/contract/views/impact.ts";
import type { Ruleset } from "#engine/definition/ruleset.ts";
import { tellsPay } from "#engine/execute/pay-facts.ts";
import { compileRuleset } from "#engine/rules/decide.ts";
import { parsePeriod } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import type { Reader } from "../access/reader.ts";
import { Refused } from "../commands/refused.ts";
import type { Runtime } from "../commands/runtime.ts";
import type { Population, RulesOnTrial } from "../scans/impact.ts";
import { scansOf } from "../scans/scans.ts";
import { readVersions } from "../store/definitions-read.ts";
import { parametersFor } from "./person-facts.ts";
import { rulesetOf } from "./try-rules-view.ts";

/** What is compared: a draft, saved or not, with a version of the same rule set. */
export interface ImpactInput {
  id: string;
  document: Json;
  against?: number | undefined;
  unit?: string | undefined;
  period?: string | undefined;
  run?: string | undefined;
}

/** People whose relation to the reader is looked up in one turn. */
const TURN = 500;

/**
 * Who would be answered otherwise by a draft than by what is live, over the stored organisation, in a thread of its own.
 * Only people whose records are open to the reader are looked at, and pay only where it is open too. Throws IssuesError for
 * rules that cannot be read, `Refused` for an unknown unit, period or version; ends when the signal does.
 */
export async function rulesImpact(
  runtime: Runtime,
  { policy }: Reader,
  input: ImpactInput,
  signal?: AbortSignal,
): Promise<ImpactView> {
  const ruleset = rulesetOf(input.document);
  if (ruleset.id !== input.id) {
    throw new Refused("bad-input", `The document is the rule set "${ruleset.id}", and the address says "${input.id}".`);
  }
  const { facts } = compileRuleset(ruleset);
  const population = populationOf(runtime, policy, input.unit);
  if (input.period !== undefined && !parsePeriod(input.period)) {
    throw new Refused("bad-input", `"${input.period}" is no period. Write one such as 2026-03, 2026-Q1 or 2026.`);
  }
  const before = await publishedOne(runtime, input);
  const readsPay = [...facts, ...(before ? compileRuleset(before.ruleset).facts : [])].some(({ fact }) =>
    tellsPay(fact),
  );
  const request = {
    before,
    after: onTrial(runtime, ruleset),
    ...population,
    period: input.period ?? null,
    pay: readsPay ? await payOpenTo(policy) : ("all" as const),
  };
  return scansOf(runtime).run("impact", request, { signal, name: input.run });
}

/** How many people a comparison would look at. */
export async function impactPopulation(
  runtime: Runtime,
  { policy }: Reader,
  input: { id: string; unit?: string | undefined },
) {
  const found = await scansOf(runtime).run("population", populationOf(runtime, policy, input.unit));
  return { ...found, since: runtime.catalogue.version("ruleset", input.id)?.version ?? null };
}

function populationOf(runtime: Runtime, policy: Reader["policy"], unit: string | undefined): Population {
  if (unit !== undefined && !policy.directory.unit(unit)) throw new Refused("not-found", `There is no unit "${unit}".`);
  return { unit: unit ?? null, now: runtime.clock.now(), people: policy.peopleIds() ?? "all" };
}

function onTrial(runtime: Runtime, ruleset: Ruleset): RulesOnTrial {
  const parameters = [...parametersFor(runtime, ruleset)].map(([fact, { value }]) => [fact, value] as const);
  return { ruleset, parameters: Object.fromEntries(parameters) };
}

async function publishedOne(runtime: Runtime, { id, against }: ImpactInput) {
  const live = runtime.catalogue.version("ruleset", id);
  const row =
    against === undefined || against === live?.version
      ? live
      : (await readVersions(runtime.db, [{ kind: "ruleset", id, version: against }]))[0];
  if (!row && against !== undefined) throw new Refused("not-found", `There is no version ${against} of "${id}".`);
  if (row?.document.kind !== "ruleset") return null;
  return { ...onTrial(runtime, row.document), version: row.version };
}

async function payOpenTo(policy: Reader["policy"]): Promise<string[]> {
  const open: string[] = [];
  for (const [at, { id }] of policy.directory.people().entries()) {
    if (policy.seesPay(id)) open.push(id);
    if (at % TURN === TURN - 1) await nextTurn();
  }
  return open;
}
