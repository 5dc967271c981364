import type { Catalogue } from "#engine/definition/catalogue.ts";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { type Definition, KIND_NAMES } from "#engine/definition/definition.ts";
import { metricPeople } from "#engine/execute/metric-people.ts";
import type { SimulationSetup } from "#engine/execute/simulate.ts";
import type { SubjectFacts } from "#engine/execute/world.ts";
import type { Directory } from "#engine/organisation/directory.ts";
import { type CalendarSet, calendarSet } from "#engine/time/calendar-set.ts";
import { type Json, sameJson } from "#engine/words/json.ts";

/** A stored fact that a simulation reads, as the server gave it or as the person typed it. */
export interface StoredFact {
  fact: string;
  params: Json;
  value: Json;
}

/** The catalogue with the open draft in the place of its saved self. */
export function catalogueWith(catalogue: Catalogue, definition: Definition): Catalogue {
  return catalogueOf([...KIND_NAMES.flatMap((kind): Definition[] => catalogue.all(kind)), definition]);
}

/** The organisation's calendars; where it has none, Monday to Friday from nine to five. */
export function calendarsOf(catalogue: Catalogue, directory: Directory): CalendarSet {
  const { calendar, timeZone } = directory.data;
  // A calendar that was never published knows no holidays yet: it is counted without any, rather than not at all.
  const resolved = { years: { from: 2000, to: 2100 }, source: "not published: no holidays", dates: [] };
  const known = catalogue.all("calendar").map((one) => (one.resolved ? one : { ...one, resolved }));
  if (known.some((one) => one.id === calendar)) return calendarSet(known, calendar);
  const week = Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, ["09:00", "17:00"]]));
  return calendarSet([...known, { id: "default", title: "Monday to Friday", timeZone, week, resolved }], "default");
}

/** What a simulation begins with, from the real organisation and the facts chosen. */
export function setupFor(request: {
  catalogue: Catalogue;
  definition: Definition & { kind: "workflow" | "escalation" };
  directory: Directory;
  subject: SimulationSetup["subject"];
  known: SubjectFacts | undefined;
  period: string | null;
  startAt: number;
  facts: readonly StoredFact[];
  parameters: Record<string, Json>;
}): SimulationSetup {
  const { definition, directory, facts } = request;
  const catalogue = catalogueWith(request.catalogue, definition);
  return {
    catalogue,
    definition: { kind: definition.kind, id: definition.id },
    subject: request.subject,
    period: request.period,
    startAt: request.startAt,
    parameters: request.parameters,
    world: {
      directory,
      calendars: calendarsOf(catalogue, directory),
      stored: (fact, params) => facts.find((one) => one.fact === fact && fits(one.params, params))?.value,
      subject: () => request.known,
      metricPeople: metricPeople(catalogue),
    },
  };
}

/** Whether a stored fact is the one asked for: everything it names must agree. */
function fits(stored: Json, asked: Record<string, Json>): boolean {
  if (typeof stored !== "object" || stored === null || Array.isArray(stored)) return true;
  return Object.entries(stored).every(([key, value]) => sameJson(asked[key], value));
}
