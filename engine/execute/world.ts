import type { Subject } from "../contract/subject.ts";
import type { Directory } from "../organisation/directory.ts";
import type { CalendarSet } from "../time/calendar-set.ts";
import type { Json } from "../words/json.ts";
import type { PersonRef } from "../words/reference.ts";

/** What is known of a case's subject beside the organisation: a record's fields, a unit's or metric's person in charge. */
export interface SubjectFacts {
  fields: Record<string, Json>;
  /** The person it is about, if any. */
  about: string | null;
  unit: string | null;
}

/**
 * Everything an advance may read, gathered before it: the engine asks nothing of the outside. Reads are synchronous and
 * answer for one instant.
 */
export interface World {
  directory: Directory;
  calendars: CalendarSet;
  /** Published parameter values by name, as the case sees them. */
  parameters: Record<string, Json>;
  /** A stored fact such as `metric`, with bound params; undefined where nothing is known. */
  stored(fact: string, params: Record<string, Json>): Json | undefined;
  /** Owner and steward of a metric, as the metric's document names them. */
  metricPeople(metric: string): { metricOwner?: PersonRef; metricSteward?: PersonRef };
  /** The subject's own facts. */
  subject(subject: Subject): SubjectFacts | undefined;
}
