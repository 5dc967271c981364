import type { Subject } from "#engine/contract/subject.ts";
import type { Need } from "#engine/execute/needs.ts";
import type { SubjectFacts } from "#engine/execute/world.ts";
import { type MetricFact, metricFact, ruleFact } from "#engine/metrics/metric-fact.ts";
import type { MetricRules, Observation } from "#engine/metrics/metric-rules.ts";
import { type RecordFact, type RecordQuestion, recordQuestion } from "#engine/metrics/record-question.ts";
import { windowOf } from "#engine/metrics/window.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { dateAt } from "#engine/time/instant-text.ts";
import { type Period, periodsBefore } from "#engine/time/period.ts";
import { zone } from "#engine/time/zone.ts";
import type { Json } from "#engine/words/json.ts";
import type { Database } from "../db/client.ts";
import { metricWindow, type WindowRequest, type WindowValue } from "../store/metrics-window.ts";
import { readRecordFacts } from "../store/record-facts.ts";
import { readRecordSubjects } from "../store/record-subjects.ts";
import type { LiveCatalogue } from "./catalogue.ts";
import type { OrganisationDesk } from "./organisation-desk.ts";

/** One metric of one subject in one window. */
export interface MetricQuestion {
  metric: MetricRules;
  of: string;
  window: Period;
}

/** Answers a stored fact that was gathered; undefined where nothing is known. */
export type Stored = (fact: string, params: Record<string, Json>) => Json | undefined;

/** The name of a gathered fact: parameters in the order of their names. */
const nameOf = (fact: string, params: Record<string, Json>) =>
  `${fact}\n${JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))}`;

/** Reads stored facts in as few queries as there are kinds of them, however many cases ask. */
export class StoredFacts {
  readonly #db: Database;
  readonly #catalogue: LiveCatalogue;
  readonly #organisation: OrganisationDesk;

  constructor(db: Database, catalogue: LiveCatalogue, organisation: OrganisationDesk) {
    this.#db = db;
    this.#catalogue = catalogue;
    this.#organisation = organisation;
  }

  /**
   * Gathers facts as of an instant, and answers a reader of them.
   * @param narrow a metric without what nobody will read of its fact: long scans leave earlier periods out
   */
  async gather(
    needs: readonly Need[],
    now: number,
    narrow: (metric: MetricRules) => MetricRules = (metric) => metric,
  ): Promise<Stored> {
    if (needs.length === 0) return () => undefined;
    const date = today(await this.#organisation.directory(), now);
    const asked = new Map<string, MetricQuestion>();
    for (const { fact, params } of needs) {
      if (fact !== "metric") continue;
      const question = this.#question(params, date);
      if (question) asked.set(nameOf(fact, params), { ...question, metric: narrow(question.metric) });
    }
    const counted = new Map<string, RecordQuestion>();
    for (const { fact, params } of needs) {
      const question = fact === "records" ? recordQuestion(params, date) : undefined;
      if (question) counted.set(nameOf(fact, params), question);
    }
    const metrics = await this.metrics([...asked.values()], now);
    const counts = counted.size > 0 ? await readRecordFacts(this.#db, [...counted.values()]) : [];
    const byName = new Map<string, MetricFact | RecordFact | undefined>([
      ...[...asked.keys()].map((name, i) => [name, metrics[i]] as const),
      ...[...counted.keys()].map((name, i) => [name, counts[i]] as const),
    ]);
    return (fact, params) => byName.get(nameOf(fact, params)) as Json | undefined;
  }

  /** The facts of metrics, in the order of the questions: one query for all of them. */
  async metrics(questions: readonly MetricQuestion[], now: number): Promise<MetricFact[]> {
    if (questions.length === 0) return [];
    const directory = await this.#organisation.directory();
    const calendars = await this.#organisation.calendars();
    const date = today(directory, now);
    const own = questions.map(({ metric, of, window }): WindowRequest => {
      const before = metric.baseline ? periodsBefore(window, metric.baseline.periods).at(-1) : undefined;
      const subjectKind = directory.person(of) ? "person" : directory.unit(of) ? "unit" : "organisation";
      return { metric: metric.id, subjectKind, subject: of, from: before?.from ?? window.from, to: window.to };
    });
    const rows = (await this.#windows(own)).map((values, i) => values.map((value) => observation(own[i]!, value)));
    // A unit without figures of its own is the sum of its people.
    const ofMembers = own.flatMap((request, i) =>
      request.subjectKind !== "unit" || rows[i]!.length > 0
        ? []
        : directory
            .membersOf(request.subject, date, { deep: true })
            .map((subject) => ({ i, request: { ...request, subjectKind: "person" as const, subject } })),
    );
    const found = await this.#windows(ofMembers.map(({ request }) => request));
    for (const [n, { i, request }] of ofMembers.entries()) {
      rows[i]!.push(...found[n]!.map((value) => observation(request, value)));
    }
    return questions.map(({ metric, of, window }, i) => {
      const zoneId = directory.person(of) ? directory.zoneOf(of) : directory.data.timeZone;
      const place = {
        zone: zone(zoneId),
        calendar: calendars.findOrDefault(directory.person(of) ? directory.calendarOf(of) : null),
      };
      return ruleFact(
        metricFact(
          metric,
          rows[i]!.filter((one) => one !== undefined),
          window,
          { at: now, place },
        ),
      );
    });
  }

  async #windows(requests: readonly WindowRequest[]): Promise<WindowValue[][]> {
    const answers: WindowValue[][] = [];
    for (let at = 0; at < requests.length; at += SLICE) {
      answers.push(...(await metricWindow(this.#db, requests.slice(at, at + SLICE))));
    }
    return answers;
  }

  /** What is known of records that cases are about, by `type/id`. */
  async records(subjects: readonly Subject[]): Promise<ReadonlyMap<string, SubjectFacts>> {
    if (subjects.length === 0) return new Map();
    return readRecordSubjects(this.#db, subjects);
  }

  #question(params: Record<string, Json>, date: string): MetricQuestion | undefined {
    const { id, of, window } = params;
    const metric = typeof id === "string" ? this.#catalogue.live.find("metric", id) : undefined;
    if (!metric) return undefined;
    const period = windowOf(window, metric, date);
    if (!period) return undefined;
    return { metric, of: typeof of === "string" ? of : "organisation", window: period };
  }
}

/** At most this many windows in one query: keeps a statement under 20 ms. */
const SLICE = 1_000;

/** A stored value as the engine reads it; nothing where there is no number. */
function observation(request: WindowRequest, row: WindowValue): Observation | undefined {
  if (row.value === null) return undefined;
  const { metric, subject } = request;
  return { ...row, metric, subject, value: row.value, periodTo: row.periodTo ?? request.to };
}

/** The organisation's calendar date at an instant. */
export function today(directory: Directory, now: number): string {
  return dateAt(now, zone(directory.data.timeZone));
}
