import { setImmediate as nextTurn } from "node:timers/promises";
import { type MetricFact, metricFact, ruleFact } from "#engine/metrics/metric-fact.ts";
import type { MetricRules, Observation } from "#engine/metrics/metric-rules.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import type { CalendarSet } from "#engine/time/calendar-set.ts";
import { dayOfDate } from "#engine/time/epoch-day.ts";
import { type Period, periodsBefore } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import type { Database } from "../db/client.ts";
import { metricWindow, type WindowRequest } from "../store/metrics-window.ts";

/** A metric of somebody or something in a window. `reports` are those of a person's direct reports, taken together. */
export interface ResultQuestion {
  metric: MetricRules & { level?: string; unit?: string };
  of: { kind: "person" | "unit" | "organisation" | "reports"; id: string };
  window: Period;
}

/** The metric's fact, and whose figures went in where they are not the asked one's own. */
export interface Result {
  fact: MetricFact;
  figuresOf: string | null;
}

/** Where results are read, and as known when. */
export interface ResultSources {
  db: Database;
  directory: Directory;
  calendars: CalendarSet;
  /** The day whose units and reporting lines count. */
  date: string;
  knownAt: number;
}

/** Rows that one statement may read: keeps it under 20 ms. */
const MOST_ROWS = 2_000;
/** How long one turn of the event loop may take. */
const TURN_MS = 5;
const DAYS_OF_GRAIN: Record<MetricRules["grain"], number> = { day: 1, week: 7, month: 28, quarter: 90, year: 365 };

interface Found {
  observations: Observation[];
  figuresOf: string | null;
}

/**
 * Reads metrics for many subjects in few statements, letting others run between them. What is read of units, reports and the
 * organisation is kept: thousands of payees share it. A unit has its own figures; without any it is the sum of its people
 * where the metric is measured on people, else it takes those of the nearest unit above. The organisation has its own, else
 * those of the one unit at the top.
 */
export class ResultReader {
  readonly #sources: ResultSources;
  readonly #shared = new Map<string, Result>();

  constructor(sources: ResultSources) {
    this.#sources = sources;
  }

  /** Answers questions in their order. */
  async read(questions: readonly ResultQuestion[]): Promise<Result[]> {
    const own = [...new Map(questions.map((question) => [keyOf(question), question]))].filter(
      ([key]) => !this.#shared.has(key),
    );
    const people = own.filter(([, { of }]) => of.kind === "person");
    const others = own.filter(([, { of }]) => of.kind !== "person");
    const answers = new Map<string, Result>();
    const observed = await this.#observations(people.map(([, question]) => [question, question.of.id, "person"]));
    let started = performance.now();
    for (const [i, [key, question]] of people.entries()) {
      answers.set(key, this.#result(question, { observations: observed[i]!, figuresOf: null }));
      if (performance.now() - started < TURN_MS) continue;
      await nextTurn();
      started = performance.now();
    }
    if (others.length > 0) {
      const found = await this.#figures(others.map(([, question]) => question));
      for (const [i, [key, question]] of others.entries()) this.#shared.set(key, this.#result(question, found[i]!));
    }
    return questions.map((question) => {
      const key = keyOf(question);
      return (answers.get(key) ?? this.#shared.get(key))!;
    });
  }

  /** The figures of units, reports and the organisation: their own, of their people, of a unit above, the first that are there. */
  async #figures(questions: readonly ResultQuestion[]): Promise<Found[]> {
    const found: (Found | undefined)[] = questions.map(() => undefined);
    for (const source of [this.#own, this.#ofPeople, this.#above]) {
      const asks = questions.flatMap((question, i) =>
        found[i] ? [] : source(question, this.#sources).map((ask) => ({ i, ask })),
      );
      const rows = await this.#observations(asks.map(({ i, ask }) => [questions[i]!, ask.id, ask.kind]));
      for (const [n, { i, ask }] of asks.entries()) {
        const observations = rows[n]!;
        if (observations.length === 0) continue;
        const known = found[i];
        if (!known) found[i] = { observations, figuresOf: ask.figuresOf };
        // Several people add up; of several units only the nearest counts.
        else if (ask.together) known.observations.push(...observations);
      }
    }
    return found.map((one) => one ?? { observations: [], figuresOf: null });
  }

  readonly #own: Source = ({ of }, { directory }) => {
    if (of.kind === "reports") return [];
    const tops = of.kind === "organisation" ? directory.units().filter(({ parent }) => parent === null) : [];
    const top = tops.length === 1 ? tops : [];
    return [
      { kind: of.kind, id: of.id, figuresOf: null, together: false },
      ...top.map(({ id }) => ({ kind: "unit" as const, id, figuresOf: id, together: false })),
    ];
  };

  readonly #ofPeople: Source = ({ of, metric }, { directory, date }) => {
    const measuredOnPeople = metric.level === undefined || metric.level === "individual";
    const people =
      of.kind === "reports"
        ? directory.reportsOf(of.id, date)
        : !measuredOnPeople
          ? []
          : of.kind === "unit"
            ? directory.membersOf(of.id, date, { deep: true })
            : directory.people().map(({ id }) => id);
    return people.map((id) => ({ kind: "person", id, figuresOf: null, together: true }));
  };

  readonly #above: Source = ({ of }, { directory }) =>
    of.kind === "unit"
      ? directory
          .unitPath(of.id)
          .slice(1)
          .map(({ id }) => ({ kind: "unit", id, figuresOf: id, together: false }))
      : [];

  #result({ metric, of, window }: ResultQuestion, { observations, figuresOf }: Found): Result {
    const { directory, calendars, knownAt, date } = this.#sources;
    const person = of.kind === "person" ? of.id : undefined;
    const place = {
      zone: zone(person === undefined ? directory.data.timeZone : directory.zoneOf(person, date)),
      calendar: calendars.findOrDefault(person === undefined ? null : directory.calendarOf(person, date)),
    };
    return { fact: ruleFact(metricFact(metric, observations, window, { at: knownAt, place })), figuresOf };
  }

  async #observations(
    asked: readonly (readonly [ResultQuestion, string, WindowRequest["subjectKind"]])[],
  ): Promise<Observation[][]> {
    const requests = asked.map(([{ metric, window }, subject, subjectKind]): WindowRequest => {
      const before = metric.baseline ? periodsBefore(window, metric.baseline.periods).at(-1) : undefined;
      return { metric: metric.id, subjectKind, subject, from: before?.from ?? window.from, to: window.to };
    });
    const answers: Observation[][] = [];
    for (let at = 0; at < requests.length; ) {
      let rows = 0;
      let end = at;
      while (end < requests.length && (end === at || rows < MOST_ROWS)) {
        rows += rowsOf(requests[end]!, asked[end]![0].metric);
        end += 1;
      }
      const slice = requests.slice(at, end);
      const values = await metricWindow(this.#sources.db, slice, this.#sources.knownAt);
      for (const [i, request] of slice.entries()) {
        answers.push(
          values[i]!.flatMap(({ value, periodTo, ...rest }) =>
            value === null
              ? []
              : { ...rest, metric: request.metric, subject: request.subject, value, periodTo: periodTo ?? request.to },
          ),
        );
      }
      at = end;
      await nextTurn();
    }
    return answers;
  }
}

type Source = (
  question: ResultQuestion,
  sources: ResultSources,
) => { kind: WindowRequest["subjectKind"]; id: string; figuresOf: string | null; together: boolean }[];

const keyOf = ({ metric, of, window }: ResultQuestion) => `${metric.id}\n${of.kind}\n${of.id}\n${window.id}`;

const rowsOf = ({ from, to }: WindowRequest, { grain }: MetricRules) =>
  Math.max(1, Math.ceil((dayOfDate(to) - dayOfDate(from)) / DAYS_OF_GRAIN[grain]));
