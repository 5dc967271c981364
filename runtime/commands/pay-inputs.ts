import { freshContext } from "#engine/compile/context.ts";
import type { Plan } from "#engine/definition/plan.ts";
import { bindParams, type CaseHead, caseFacts } from "#engine/execute/facts.ts";
import type { World } from "#engine/execute/world.ts";
import type {
  AssignmentSegment,
  GivenFact,
  MeasureResult,
  PayoutInputs,
  Transaction,
} from "#engine/incentive/inputs.ts";
import { measureResult } from "#engine/incentive/measure-result.ts";
import { factsOfPlan } from "#engine/incentive/plan-facts.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import type { Period } from "#engine/time/period.ts";
import type { Json } from "#engine/words/json.ts";
import { readTransactions } from "../store/transactions.ts";
import type { Runtime } from "./runtime.ts";
import type { MetricQuestion } from "./stored-facts.ts";

/** A plan with what its run needs: rule sets by id and parameter values. */
export interface PlanInUse {
  plan: Plan & { version: number };
  rulesets: Record<string, RulesetBody | undefined>;
  parameters: Record<string, Json>;
}

/** A plan as it would run now: its rule sets and the published values of its parameters. */
export function planInUse(runtime: Runtime, plan: Plan, version: number): PlanInUse {
  const { live } = runtime.catalogue;
  const names = factsOfPlan(plan).rulesets;
  const sheets = (plan.uses ?? []).flatMap((id) => {
    const sheet = live.find("parameters", id);
    return sheet ? [{ home: { kind: "parameters", id }, declared: sheet.values }] : [];
  });
  const parameters: Record<string, Json> = {};
  for (const { home, declared } of [
    ...sheets.reverse(),
    { home: { kind: "plan", id: plan.id }, declared: plan.parameters ?? {} },
  ]) {
    for (const [name, parameter] of Object.entries(declared)) {
      parameters[name] = runtime.parameters.current(home, name) ?? parameter.default;
    }
  }
  return {
    plan: { ...plan, version },
    rulesets: Object.fromEntries(names.map((name) => [name, live.find("ruleset", name)])),
    parameters,
  };
}

/**
 * The inputs of many payouts, from what is stored, in a few reads: results of the measures with their dates, the facts of
 * gates and modifiers, salaries, assignments, transactions. Plain data: it is kept beside the payout.
 */
export async function payInputs(
  runtime: Runtime,
  { plan, rulesets, parameters }: PlanInUse,
  people: readonly string[],
  period: Period,
  now: number,
): Promise<PayoutInputs[]> {
  const directory = await runtime.organisation.directory();
  const wanted = factsOfPlan(plan, rulesets);
  const questions = people.flatMap((person) =>
    wanted.measures.map((measure) => ({
      person,
      ...measure,
      ask: subjectsOf(directory, person, measure.credit.to, period),
    })),
  );
  const flat = questions.flatMap(({ measure, ask }) => {
    const metric = runtime.catalogue.live.find("metric", measure);
    return metric ? ask.map(({ of }): MetricQuestion => ({ metric, of, window: period })) : [];
  });
  const facts = await runtime.facts.metrics(flat, now);
  let position = 0;
  const results = new Map<string, Record<string, MeasureResult>>();
  for (const { person, component, measure, ask } of questions) {
    const metric = runtime.catalogue.live.find("metric", measure);
    if (!metric) continue;
    const found = ask.map((one) => ({ ...one, result: measureResult(facts[position++]!, metric) }));
    const own = results.get(person) ?? {};
    own[component] = resultOf(found);
    results.set(person, own);
  }
  const given = await givenFacts(runtime, wanted.facts, people, period, now, parameters);
  const transactions = wanted.transaction
    ? await readTransactions(runtime.db, wanted.transaction, people, period.from, period.to)
    : undefined;
  return people.map((id, i): PayoutInputs => {
    const person = directory.person(id)!;
    const unit = directory.unitOf(id, period.from) ?? directory.unitOf(id, period.to);
    return {
      payee: {
        id,
        name: person.name,
        hireDate: person.hireDate,
        fields: {
          ...person.fields,
          role: person.role,
          grade: person.grade,
          title: person.title,
          ...(unit ? { unit } : {}),
        },
      },
      period,
      salaryMinor: person.salaryMinor,
      ...(person.currency === null ? {} : { salaryCurrency: person.currency }),
      ...(plan.proration ? { segments: segmentsOf(directory, id, period) } : {}),
      results: results.get(id) ?? {},
      facts: given[i]!,
      parameters,
      ...(transactions ? { transactions: transactions.get(id) ?? ([] as Transaction[]) } : {}),
    };
  });
}

interface Asked {
  of: string;
  weight?: string;
}

/** Whose results a component takes: the person's own, their teams' by the share of work, their unit's, their people's. */
function subjectsOf(directory: Directory, person: string, to: string, period: Period): Asked[] {
  const last = lastDayOf(period);
  switch (to) {
    case "teams":
      return directory.assignmentsAt(person, last).map(({ unit, weight }) => ({ of: unit, weight }));
    case "unit": {
      const unit = directory.unitOf(person, last);
      return unit === undefined ? [] : [{ of: unit }];
    }
    case "reports":
      return directory.reportsOf(person, last).map((of) => ({ of, weight: "1" }));
    default:
      return [{ of: person }];
  }
}

function resultOf(found: readonly (Asked & { result: MeasureResult })[]): MeasureResult {
  const [first] = found;
  if (!first) return {};
  if (found.length === 1 && first.weight === undefined) return first.result;
  const state = found.find(({ result }) => result.state === "stale")?.result.state ?? first.result.state;
  return {
    parts: found.map(({ of, weight, result }) => ({
      team: of,
      actual: result.actual,
      target: result.target,
      attainment: result.attainment,
      weight,
    })),
    ...(first.result.asOf === undefined ? {} : { asOf: first.result.asOf }),
    ...(state === undefined ? {} : { state }),
  };
}

/** The last date of a period. */
export const lastDayOf = (period: Period): string => dateOfDay(dayOfDate(period.to) - 1);

/** The person's stretches of work within the period; days in none are days not employed. */
function segmentsOf(directory: Directory, person: string, period: Period): AssignmentSegment[] {
  const { fte, hireDate, endDate } = directory.person(person)!;
  // ISO dates compare as texts.
  const left = endDate === null ? period.to : dateOfDay(dayOfDate(endDate) + 1);
  const [from = period.from] = [period.from, hireDate ?? period.from].sort().reverse();
  const [to = period.to] = [period.to, left].sort();
  return from < to ? [{ from, to, fte }] : [];
}

/** The facts of eligibility, gates and modifiers, each with the params it was asked with. */
async function givenFacts(
  runtime: Runtime,
  uses: readonly { fact: string; params?: Record<string, Json> }[],
  people: readonly string[],
  period: Period,
  now: number,
  parameters: Record<string, Json>,
): Promise<GivenFact[][]> {
  const directory = await runtime.organisation.directory();
  const calendars = await runtime.organisation.calendars();
  const heads = people.map(
    (id): CaseHead => ({
      id: "payout",
      subject: { kind: "person", id },
      period: period.id,
      trigger: {},
      openedAt: now,
      parameterTypes: {},
    }),
  );
  const paramsOf = (head: CaseHead, params: Record<string, Json> | undefined) => {
    const unit = directory.unitOf(head.subject.id, period.from);
    const bound = bindParams({ ...(params ?? {}) }, head);
    return Object.fromEntries(
      Object.entries(bound).map(([name, value]) => [name, value === "$unit" ? (unit ?? null) : value]),
    );
  };
  const stored = await runtime.facts.gather(
    heads.flatMap((head) =>
      uses
        .filter(({ fact }) => !fact.includes("."))
        .map((use) => ({ fact: use.fact, params: paramsOf(head, use.params) })),
    ),
    now,
  );
  return heads.map((head) => {
    const world: World = { directory, calendars, parameters, stored, subject: () => undefined };
    const read = caseFacts(head, freshContext({}), world, now);
    return uses.flatMap(({ fact, params }): GivenFact[] => {
      const bound = params === undefined ? undefined : paramsOf(head, params);
      const value = read(fact, bound);
      return value === undefined ? [] : [{ fact, ...(bound ? { params: bound } : {}), value: value as Json }];
    });
  });
}
