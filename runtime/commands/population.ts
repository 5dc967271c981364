import { setImmediate as nextTurn } from "node:timers/promises";
import { freshContext } from "#engine/compile/context.ts";
import type { Subject } from "#engine/contract/subject.ts";
import { bindParams, caseFacts } from "#engine/execute/facts.ts";
import { headOf } from "#engine/execute/head.ts";
import type { Need } from "#engine/execute/needs.ts";
import { tellsPay } from "#engine/execute/pay-facts.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { wordingOf } from "#engine/outline/wording.ts";
import { traceInWords } from "#engine/rules/condition-words.ts";
import type { Conditions } from "#engine/rules/conditions.ts";
import { type ConditionTrace, decidingComparisons } from "#engine/rules/explain.ts";
import { type CompiledConditions, compileConditions } from "#engine/rules/guard.ts";
import type { Bundle } from "./bundle.ts";
import { Refused } from "./refused.ts";
import type { Runtime } from "./runtime.ts";
import { today } from "./stored-facts.ts";

/** Whom to look at: a unit with everything below it, named people, or everyone; narrowed by conditions. */
export interface PopulationRequest {
  unit?: string;
  people?: string[];
  of?: "person" | "unit" | "organisation";
  conditions?: Conditions[];
  period: string | null;
}

/** Someone who was looked at, and why they are in or out. */
export interface Candidate {
  subject: Subject;
  included: boolean;
  reason: string;
}

const SLICE = 500;

/**
 * Resolves a population as of now: everyone who was looked at, in the order of their ids, with the reason. Named people are
 * taken in their order. Throws `Refused` for a unit or people that do not exist.
 */
export async function resolvePopulation(
  runtime: Runtime,
  bundle: Bundle,
  request: PopulationRequest,
  now: number,
): Promise<Candidate[]> {
  const directory = await runtime.organisation.directory();
  const subjects = subjectsOf(bundle, request, directory, today(directory, now));
  const { eligible } =
    bundle.compiled.definition.kind === "workflow" ? bundle.compiled.definition : { eligible: undefined };
  const conditions = [...(eligible ? [eligible] : []), ...(request.conditions ?? [])].map((one) =>
    compileConditions(one),
  );
  const candidates: Candidate[] = [];
  for (let at = 0; at < subjects.length; at += SLICE) {
    candidates.push(...(await judge(runtime, bundle, subjects.slice(at, at + SLICE), conditions, request.period, now)));
    await nextTurn();
  }
  return candidates;
}

function subjectsOf(bundle: Bundle, request: PopulationRequest, directory: Directory, date: string): Candidate[] {
  const about = request.of ?? bundle.compiled.definition.subject;
  if (request.unit !== undefined && !directory.unit(request.unit)) {
    throw new Refused("not-found", `There is no unit "${request.unit}".`);
  }
  if (about === "organisation") {
    return [{ subject: { kind: "organisation", id: "organisation" }, included: true, reason: "the organisation" }];
  }
  if (about === "unit") {
    const units = directory
      .units()
      .filter(
        ({ id }) => request.unit === undefined || directory.unitPath(id).some((above) => above.id === request.unit),
      );
    return units.map(({ id }) => ({ subject: { kind: "unit", id }, included: true, reason: "in the population" }));
  }
  if (about !== "person") {
    throw new Refused(
      "bad-input",
      `"${bundle.title}" is about a ${about}; it is launched by its trigger or one by one.`,
    );
  }
  const unknown = request.people?.find((id) => !directory.person(id));
  if (unknown !== undefined) throw new Refused("not-found", `There is no person "${unknown}".`);
  const ids =
    request.people ??
    (request.unit === undefined
      ? directory.people().map(({ id }) => id)
      : directory.membersOf(request.unit, date, { deep: true }));
  return ids.map((id): Candidate => {
    const here = directory.isHere(id, date);
    return {
      subject: { kind: "person", id },
      included: here,
      reason: here ? "in the population" : "not employed on this day",
    };
  });
}

async function judge(
  runtime: Runtime,
  bundle: Bundle,
  slice: readonly Candidate[],
  conditions: readonly CompiledConditions[],
  period: string | null,
  now: number,
): Promise<Candidate[]> {
  if (conditions.length === 0) return [...slice];
  const { compiled } = bundle;
  const heads = slice.map(({ subject }) =>
    headOf(compiled, { id: "new", subject, period, trigger: {}, openedAt: now }),
  );
  const worlds = await runtime.worlds.ofMany(
    slice.map(({ subject }, i) => ({
      compiled,
      subject,
      openedAt: now,
      needs: conditions.flatMap(({ facts }) =>
        facts.map((use): Need => ({ fact: use.fact, params: bindParams({ ...(use.params ?? {}) }, heads[i]!) })),
      ),
    })),
    now,
  );
  return slice.map((candidate, i) => {
    if (!candidate.included) return candidate;
    const read = caseFacts(heads[i]!, freshContext({}), worlds[i]!, now);
    for (const condition of conditions) {
      const verdict = condition.test(read);
      if (verdict === false) return { ...candidate, included: false, reason: whyNot(condition.explain(read), bundle) };
      if (verdict === "not evaluated") {
        const missing = condition.missing(read).map((use) => use.fact);
        return { ...candidate, included: false, reason: `not known: ${[...new Set(missing)].join(", ")}` };
      }
    }
    return candidate;
  });
}

/** What keeps somebody out, in words; whoever launches need not be one to whom pay is open. */
function whyNot(trace: ConditionTrace, { compiled }: Bundle): string {
  const readsPay = decidingComparisons(trace).some(({ fact }) => tellsPay(fact));
  const { title, ...wording } = wordingOf(compiled.definition).rules;
  // The value of a parameter stands in the comparison; its default, which `title` would add, may be another.
  const parameter = (fact: string) => compiled.parameters[fact.replace(/^parameter\./, "")]?.title;
  const words = readsPay
    ? []
    : traceInWords(trace, {
        ...wording,
        title: (use) => (use.fact.startsWith("parameter.") ? parameter(use.fact) : title?.(use)),
      });
  return words.length > 0 ? words.slice(0, 3).join("; ") : "does not meet the conditions";
}
