import type { Catalogue } from "../definition/catalogue.ts";
import type { Figure, StoryRecord } from "../definition/story.ts";
import type { SubjectFacts, World } from "../execute/world.ts";
import { metricFact, ruleFact } from "../metrics/metric-fact.ts";
import type { Observation } from "../metrics/metric-rules.ts";
import { countRecords, recordQuestion } from "../metrics/record-question.ts";
import { windowOf } from "../metrics/window.ts";
import type { Directory } from "../organisation/directory.ts";
import type { CalendarSet } from "../time/calendar-set.ts";
import { dateAt } from "../time/instant-text.ts";
import { parsePeriod } from "../time/period.ts";
import { zone } from "../time/zone.ts";
import type { Json } from "../words/json.ts";
import { StoryError } from "./story-error.ts";

/** What a story says is stored, and where it is read. */
export interface Recorded {
  figures: readonly (Figure & { recordedAt: number })[];
  records: readonly StoryRecord[];
  catalogue: Catalogue;
  directory: Directory;
  calendars: CalendarSet;
}

/**
 * Answers stored facts from a story's figures and records as of an instant, as the runtime does from its tables: a unit
 * without figures of its own is the sum of its people.
 */
export function recordedFacts(recorded: Recorded, now: number): World["stored"] {
  const today = dateAt(now, zone(recorded.directory.data.timeZone));
  return (fact, params) => {
    if (fact === "metric") return metricOf(recorded, params, today, now);
    const question = fact === "records" ? recordQuestion(params, today) : undefined;
    if (!question) return undefined;
    const { type, about, period } = question;
    const asked = recorded.records.filter(
      (one) =>
        one.type === type &&
        (about === undefined || (one.unit ?? one.about) === about) &&
        (!period || (one.date !== undefined && one.date >= period.from && one.date < period.to)),
    );
    return { ...countRecords(question, asked) };
  };
}

/** What is known of a record that a case is about. */
export function recordedSubject({ records }: Recorded): World["subject"] {
  return ({ kind, id, type }): SubjectFacts | undefined => {
    const found = kind === "record" ? records.find((one) => one.id === id && one.type === type) : undefined;
    return found && { fields: { ...found.fields, id }, about: found.about ?? null, unit: found.unit ?? null };
  };
}

function metricOf(
  { figures, catalogue, directory, calendars }: Recorded,
  params: Record<string, Json>,
  today: string,
  now: number,
): Json | undefined {
  const metric = typeof params.id === "string" ? catalogue.find("metric", params.id) : undefined;
  const window = metric && windowOf(params.window, metric, today);
  if (!metric || !window) return undefined;
  const of = typeof params.of === "string" ? params.of : "organisation";
  const own = figures.filter((figure) => figure.metric === metric.id && figure.of === of);
  const members = directory.unit(of) && own.length === 0 ? directory.membersOf(of, today, { deep: true }) : [];
  const read = own.length > 0 ? own : figures.filter((one) => one.metric === metric.id && members.includes(one.of));
  const person = directory.person(of);
  const fact = metricFact(metric, read.map(observation), window, {
    at: now,
    place: {
      zone: zone(person ? directory.zoneOf(of) : directory.data.timeZone),
      calendar: calendars.findOrDefault(person ? directory.calendarOf(of) : null),
    },
  });
  return ruleFact(fact) as unknown as Json;
}

function observation({ metric, of, period, value, target, recordedAt }: Recorded["figures"][number]): Observation {
  const span = parsePeriod(period);
  if (!span) throw new StoryError(`"${period}" is no period`);
  return {
    metric,
    subject: of,
    periodFrom: span.from,
    periodTo: span.to,
    value,
    target: target ?? null,
    state: "final",
    recordedAt,
  };
}
