import { type CalendarDocument, type WorkCalendar, workCalendar } from "./work-calendar.ts";

/** The calendars that time is counted with, by id, and the one that counts where none is named. */
export interface CalendarSet {
  find(id: string): WorkCalendar | undefined;
  /** The calendar of that id; the default where the id is null, undefined or unknown. */
  findOrDefault(id: string | null | undefined): WorkCalendar;
  readonly default: WorkCalendar;
  readonly all: readonly WorkCalendar[];
}

/**
 * Compiles calendar documents. Throws an IssuesError where one cannot be counted with, and a RangeError where the default is
 * not among them.
 */
export function calendarSet(documents: Iterable<CalendarDocument>, defaultId: string): CalendarSet {
  const byId = new Map<string, WorkCalendar>();
  for (const document of documents) byId.set(document.id, workCalendar(document));
  const fallback = byId.get(defaultId);
  if (!fallback) {
    const known = [...byId.keys()].join(", ") || "none";
    throw new RangeError(`the default calendar "${defaultId}" is not among the calendars (${known})`);
  }
  return {
    find: (id) => byId.get(id),
    findOrDefault: (id) => (id ? byId.get(id) : undefined) ?? fallback,
    default: fallback,
    all: [...byId.values()],
  };
}
