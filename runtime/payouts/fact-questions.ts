import type { GivenFact } from "#engine/incentive/inputs.ts";
import type { MetricFact } from "#engine/metrics/metric-fact.ts";
import type { MetricRules } from "#engine/metrics/metric-rules.ts";
import { type RecordFact, type RecordQuestion, recordQuestion } from "#engine/metrics/record-question.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Person } from "#engine/organisation/model.ts";
import type { FactUse } from "#engine/rules/facts.ts";
import { type Period, parsePeriod, relativePeriod } from "#engine/time/period.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import { personFact, unitFact } from "./payee.ts";
import type { PlanKit } from "./plan-kit.ts";
import type { ResultQuestion } from "./result-reader.ts";

/** A fact that the conditions of a plan read, with all members that they read of it. */
interface ReadFact {
  fact: string;
  params: Record<string, Json> | undefined;
  /** First members of the paths; empty where some condition reads it whole. */
  members: ReadonlySet<string>;
}

/** What of a metric's fact always goes along, since a statement tells it. */
const TOLD = ["state", "asOf", "stale"];
/** What a metric's fact has only with its earlier periods. */
const OF_BASELINE = ["sigma", "baseline", "outlier"];

/** Someone whose facts are asked for. */
export interface Asker {
  person: Person;
  unit: string | undefined;
  date: string;
}

/** The questions that a plan's conditions ask about a person, to be answered all together; `facts` puts the answers in place. */
export interface FactQuestions {
  metrics: ResultQuestion[];
  records: RecordQuestion[];
  facts: (metrics: readonly MetricFact[], records: readonly RecordFact[]) => GivenFact[];
}

/** The facts of a plan, each once, without those that a payout knows by itself (`person.`, `period.`, `parameter.`). */
export function readFacts(uses: readonly FactUse[]): ReadFact[] {
  const byName = new Map<
    string,
    { fact: string; params: Record<string, Json> | undefined; members: Set<string> | null }
  >();
  for (const { fact, params, path } of uses) {
    if (/^(person|period|parameter)\./.test(fact)) continue;
    const name = `${fact}\n${canonical(params ?? {})}`;
    const known = byName.get(name) ?? { fact, params, members: new Set<string>() };
    byName.set(name, known);
    const member = /^\$\.([A-Za-z]\w*)/.exec(path ?? "")?.[1];
    if (member === undefined) known.members = null;
    else known.members?.add(member);
  }
  return [...byName.values()].map((one) => ({ ...one, members: one.members ?? new Set() }));
}

/** What one person's facts ask of the store. Params that name nothing known ask nothing: the fact is then not known. */
export function factQuestions(
  reads: readonly ReadFact[],
  kit: PlanKit,
  directory: Directory,
  period: Period,
  asker: Asker,
): FactQuestions {
  const metrics: ResultQuestion[] = [];
  const records: RecordQuestion[] = [];
  const answers: ((m: readonly MetricFact[], r: readonly RecordFact[]) => GivenFact[])[] = [];
  for (const { fact, params, members } of reads) {
    const bound = bind(params, asker, period);
    const given = (value: Json | undefined): GivenFact[] =>
      value === undefined ? [] : [{ fact, ...(bound ? { params: bound } : {}), value }];
    if (fact === "metric") {
      const question = metricQuestion(bound ?? {}, members, kit, directory, period, asker);
      if (!question) continue;
      const at = metrics.push(question) - 1;
      answers.push((found) => given(membersOf(found[at]!, members)));
    } else if (fact === "records") {
      const question = recordQuestion(bound ?? {}, asker.date);
      if (!question) continue;
      const at = records.push(question) - 1;
      answers.push((_metrics, found) => given({ count: found[at]!.count }));
    } else {
      const dot = fact.indexOf(".");
      const name = fact.slice(dot + 1);
      const scope = fact.slice(0, Math.max(0, dot));
      if (scope === "subject") answers.push(() => given(personFact(directory, asker.person, name, asker.date)));
      else if (scope === "unit") answers.push(() => given(unitFact(directory, asker.unit, name)));
    }
  }
  return { metrics, records, facts: (m, r) => answers.flatMap((answer) => answer(m, r)) };
}

/** A metric without what pay does not need: earlier periods are read only where something depends on them. */
export function forPay<Metric extends MetricRules>(
  metric: Metric,
  members: ReadonlySet<string> = new Set(TOLD),
): Metric {
  const corrects = metric.quality?.outlier !== undefined && metric.quality.outlier.then !== "flag";
  const compares = members.size === 0 || OF_BASELINE.some((member) => members.has(member));
  if (corrects || compares || metric.baseline === undefined) return metric;
  const { baseline: _baseline, ...rest } = metric;
  return rest as Metric;
}

function metricQuestion(
  { id, of, window }: Record<string, Json>,
  members: ReadonlySet<string>,
  kit: PlanKit,
  directory: Directory,
  period: Period,
  asker: Asker,
): ResultQuestion | undefined {
  const metric = typeof id === "string" ? kit.metrics.get(id) : undefined;
  const span =
    window === undefined
      ? period
      : typeof window === "string"
        ? window === period.id
          ? period
          : (parsePeriod(window) ?? relativePeriod(window, asker.date))
        : undefined;
  if (!metric || !span) return undefined;
  const ask = (kind: ResultQuestion["of"]["kind"], subject: string): ResultQuestion => ({
    metric: forPay(metric, members),
    of: { kind, id: subject },
    window: span,
  });
  if (of === undefined || of === "organisation") return ask("organisation", "organisation");
  if (typeof of !== "string") return undefined;
  if (directory.person(of)) return ask("person", of);
  return directory.unit(of) ? ask("unit", of) : undefined;
}

function bind(
  params: Record<string, Json> | undefined,
  { person, unit }: Asker,
  period: Period,
): Record<string, Json> | undefined {
  if (!params) return undefined;
  const stands: Record<string, Json | undefined> = { $subject: person.id, $period: period.id, $unit: unit };
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      (typeof value === "string" ? stands[value] : undefined) ?? value,
    ]),
  );
}

/** Those members of a metric's fact that are read, and what a statement tells; a member that is not known stays out. */
function membersOf(fact: MetricFact, members: ReadonlySet<string>): Json {
  const names = members.size === 0 ? Object.keys(fact).filter((name) => name !== "exact") : [...members, ...TOLD];
  const all = fact as unknown as Record<string, Json | undefined>;
  return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
}
