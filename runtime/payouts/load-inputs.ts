import type { MeasureResult, PayoutInputs, Reversal, TeamResult } from "#engine/incentive/inputs.ts";
import { measureResult } from "#engine/incentive/measure-result.ts";
import type { PlanFacts } from "#engine/incentive/plan-facts.ts";
import type { RecordQuestion } from "#engine/metrics/record-question.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { Person } from "#engine/organisation/model.ts";
import type { CalendarSet } from "#engine/time/calendar-set.ts";
import type { Period } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import type { Database } from "../db/client.ts";
import { readRecordFacts } from "../store/record-facts.ts";
import { balancesOf, reversalsOf } from "./carried-over.ts";
import { type FactQuestions, factQuestions, forPay, readFacts } from "./fact-questions.ts";
import { employment, payeeOf, type TeamShare, teamShares } from "./payee.ts";
import { dayInPeriod } from "./payees.ts";
import type { PlanKit } from "./plan-kit.ts";
import { type Result, type ResultQuestion, ResultReader } from "./result-reader.ts";
import { type CreditedTransactions, creditedTransactions } from "./transactions.ts";

/** What inputs are loaded from, and as known when. */
export interface PayoutSources {
  db: Database;
  directory: Directory;
  calendars: CalendarSet;
  kit: PlanKit;
  period: Period;
  knownAt: number;
}

type Measure = PlanFacts["measures"][number];

/** A measure of a person as questions: one for the person, one for each of their teams. */
interface MeasureQuestions {
  component: string;
  metric: ResultQuestion["metric"];
  teams: TeamShare[] | null;
  questions: ResultQuestion[];
}

/**
 * Loads what a plan needs, slice by slice: the results of people, of their teams, units and reports, the facts that its
 * conditions read, transactions, and what earlier periods left. Everything is read as known at one instant.
 */
export class InputLoader {
  readonly #sources: PayoutSources;
  readonly #results: ResultReader;
  readonly #reads: ReturnType<typeof readFacts>;
  readonly #personFields: string[];
  #transactions: Promise<CreditedTransactions> | undefined;
  #reversals: Promise<Map<string, Reversal[]>> | undefined;

  constructor(sources: PayoutSources) {
    this.#sources = sources;
    const { db, directory, calendars, kit, period, knownAt } = sources;
    this.#results = new ResultReader({ db, directory, calendars, date: dayInPeriod(null, period), knownAt });
    this.#reads = readFacts(kit.reads.facts);
    this.#personFields = kit.reads.facts.flatMap(({ fact }) => (fact.startsWith("person.") ? [fact.slice(7)] : []));
  }

  /** Transactions that nobody can be paid for; empty for a plan on attainment. */
  async uncredited(): Promise<CreditedTransactions["uncredited"]> {
    return this.#sources.kit.plan.basis === "transaction" ? (await this.#credited()).uncredited : [];
  }

  /** The inputs of people, in their order; people who are not known are left out. Some hundred at a time. */
  async load(ids: readonly string[]): Promise<PayoutInputs[]> {
    const { db, directory, kit, period } = this.#sources;
    const people = ids.flatMap((id) => directory.person(id) ?? []);
    const measured = people.map((person) => this.#measures(person));
    const asked = people.map((person) => this.#facts(person));
    const results = await this.#answer(measured.flatMap((all) => all.flatMap(({ questions }) => questions)));
    const metrics = await this.#answer(asked.flatMap((questions) => questions.metrics));
    const records = await this.#records(asked.flatMap((questions) => questions.records));
    const balances = await balancesOf(db, kit.plan, period, ids);
    const credited = kit.plan.basis === "transaction" ? await this.#credited() : undefined;
    const reversals = kit.plan.basis === "transaction" ? await this.#takenBack() : undefined;
    return people.map((person, i) => {
      const facts = asked[i]!.facts(
        asked[i]!.metrics.map(() => metrics.next().fact),
        asked[i]!.records.map(() => records.next()),
      );
      const found = measured[i]!.map((one) => [one.component, measureOf(one, results)] as const);
      const balance = balances.get(person.id);
      const back = reversals?.get(person.id);
      return {
        ...this.#frame(person),
        ...(found.length > 0 ? { results: Object.fromEntries(found) } : {}),
        facts,
        ...(credited ? { transactions: credited.of(person.id) } : {}),
        ...(back ? { reversals: back } : {}),
        ...(balance ? { balances: balance } : {}),
      };
    });
  }

  #frame(person: Person): PayoutInputs {
    const { directory, kit, period } = this.#sources;
    const { plan } = kit;
    const onSalary = plan.targetIncentive !== undefined && "shareOf" in plan.targetIncentive;
    return {
      payee: payeeOf(directory, person, this.#personFields, dayInPeriod(person.endDate, period)),
      period: { id: period.id, from: period.from, to: period.to },
      ...(onSalary
        ? { salaryMinor: person.salaryMinor, salaryCurrency: person.currency ?? directory.data.currency }
        : {}),
      ...(plan.proration && plan.targetIncentive ? { segments: employment(person, period) } : {}),
      parameters: kit.parameters,
    };
  }

  #measures(person: Person): MeasureQuestions[] {
    const { kit, period } = this.#sources;
    return kit.reads.measures.flatMap((measure) => {
      const found = kit.metrics.get(measure.measure);
      if (!found) return [];
      const metric = forPay(found);
      const ask = (kind: ResultQuestion["of"]["kind"], id: string) => ({ metric, of: { kind, id }, window: period });
      const teams = this.#teams(person, measure);
      const questions = teams
        ? teams.map(({ team }) => ask("unit", team))
        : [ask(measure.credit.to === "reports" ? "reports" : "person", person.id)];
      return [{ component: measure.component, metric, teams, questions }];
    });
  }

  #teams(person: Person, { credit }: Measure): TeamShare[] | null {
    const { directory, period } = this.#sources;
    if (credit.to === "teams") return teamShares(directory, person, period);
    if (credit.to !== "unit") return null;
    const unit = directory.unitOf(person.id, dayInPeriod(person.endDate, period));
    return unit === undefined ? [] : [{ team: unit, weight: "1" }];
  }

  #facts(person: Person): FactQuestions {
    const { kit, directory, period } = this.#sources;
    const date = dayInPeriod(person.endDate, period);
    const asker = { person, unit: directory.unitOf(person.id, date), date };
    return factQuestions(this.#reads, kit, directory, period, asker);
  }

  async #answer(questions: readonly ResultQuestion[]): Promise<InTurn<Result>> {
    return inTurn(await this.#results.read(questions));
  }

  async #records(questions: readonly RecordQuestion[]) {
    return inTurn(await readRecordFacts(this.#sources.db, questions, this.#sources.knownAt));
  }

  #credited(): Promise<CreditedTransactions> {
    const { db, kit, period, knownAt } = this.#sources;
    this.#transactions ??= creditedTransactions(db, kit.plan, period, knownAt);
    return this.#transactions;
  }

  #takenBack(): Promise<Map<string, Reversal[]>> {
    const { db, kit, period, knownAt, directory } = this.#sources;
    this.#reversals ??= reversalsOf(db, kit.plan, period, knownAt, zone(directory.data.timeZone));
    return this.#reversals;
  }
}

/** Answers taken one after the other, in the order in which they were asked for. */
interface InTurn<Answer> {
  next: () => Answer;
}

function inTurn<Answer>(answers: readonly Answer[]): InTurn<Answer> {
  let at = 0;
  return {
    next: () => {
      if (at >= answers.length) throw new Error("more answers were taken than questions asked");
      return answers[at++]!;
    },
  };
}

function measureOf({ metric, teams, questions }: MeasureQuestions, results: InTurn<Result>): MeasureResult {
  const found = questions.map(() => results.next());
  if (!teams) return measureResult(found[0]!.fact, metric);
  const parts = teams.map(({ team, weight }, i): TeamResult => {
    const { actual, target, attainment } = measureResult(found[i]!.fact, metric);
    const { figuresOf } = found[i]!;
    return {
      team,
      weight,
      ...(actual === undefined ? {} : { actual }),
      ...(target === undefined ? {} : { target }),
      ...(attainment === undefined ? {} : { attainment }),
      ...(figuresOf === null ? {} : { figuresOf }),
    };
  });
  const stale = found.some(({ fact }) => fact.stale);
  const asOf = found.flatMap(({ fact }) => fact.asOf ?? []).sort()[0];
  return {
    parts,
    ...(metric.unit === undefined ? {} : { unit: metric.unit }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(stale ? { state: "stale" } : {}),
  };
}
