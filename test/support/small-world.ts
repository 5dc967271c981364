import type { Calendar } from "#engine/definition/calendar.ts";
import type { World } from "#engine/execute/world.ts";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { OrganisationData, Person, RoleGrant } from "#engine/organisation/model.ts";
import { calendarSet } from "#engine/time/calendar-set.ts";
import type { Json } from "#engine/words/json.ts";

/** Monday 2 March 2026, 09:00 in Berlin. */
export const MONDAY = Date.UTC(2026, 2, 2, 8, 0);
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const officeCalendar = {
  kind: "calendar",
  schema: 1,
  id: "office",
  title: "Office",
  timeZone: "Europe/Berlin",
  week: {
    mon: ["09:00", "17:00"],
    tue: ["09:00", "17:00"],
    wed: ["09:00", "17:00"],
    thu: ["09:00", "17:00"],
    fri: ["09:00", "17:00"],
  },
} as Calendar;

const person = (id: string, name: string, more: Partial<Person> = {}): Person => ({
  id,
  name,
  email: `${id}@example.org`,
  status: "active",
  title: null,
  role: "sales",
  grade: null,
  hireDate: "2024-01-08",
  endDate: null,
  timeZone: null,
  calendar: null,
  fte: "1",
  salaryMinor: 6_000_000,
  currency: "EUR",
  fields: {},
  ...more,
});

const grant = (who: string, role: string, unit: string | null): RoleGrant => ({
  person: who,
  role,
  unit,
  validFrom: "2024-01-01",
  validTo: null,
});

/** Seven people in a region with one team: ana and ben report to mia, mia to rolf, rolf to dora; hana is the HR partner. */
export function smallOrganisation(): OrganisationData {
  const works = (who: string, unit: string, manager: string | null) => ({
    person: who,
    unit,
    manager,
    kind: "primary" as const,
    weight: "1",
    validFrom: "2024-01-08",
    validTo: null,
  });
  return {
    people: [
      person("ana", "Ana Ruiz"),
      person("ben", "Ben Okafor"),
      person("mia", "Mia Stein", { role: "manager" }),
      person("rolf", "Rolf Adler", { role: "head" }),
      person("dora", "Dora Lang", { role: "chief" }),
      person("hana", "Hana Kim", { role: "hr" }),
      person("lone", "Lone Wolf"),
    ],
    units: [
      { id: "company", title: "Company", level: "company", parent: null, timeZone: null, calendar: null },
      { id: "south", title: "South", level: "region", parent: "company", timeZone: null, calendar: null },
      { id: "team-1", title: "Team 1", level: "team", parent: "south", timeZone: null, calendar: null },
    ],
    assignments: [
      works("ana", "team-1", "mia"),
      works("ben", "team-1", "mia"),
      works("mia", "team-1", "rolf"),
      works("rolf", "south", "dora"),
      works("dora", "company", null),
      works("hana", "company", "dora"),
      works("lone", "company", null),
    ],
    grants: [
      grant("mia", "head", "team-1"),
      grant("rolf", "head", "south"),
      grant("dora", "head", "company"),
      grant("hana", "hr-partner", "south"),
      grant("hana", "hr-admin", null),
    ],
    queues: [],
    absences: [],
    timeZone: "Europe/Berlin",
    calendar: "office",
    currency: "EUR",
  };
}

/** A world over the small organisation, with stored facts by `fact` or `metric:<id>`. */
export function smallWorld(
  stored: Record<string, Json> = {},
  parameters: Record<string, Json> = {},
  organisation = smallOrganisation(),
): World {
  return {
    directory: buildDirectory(organisation),
    calendars: calendarSet([officeCalendar], "office"),
    parameters,
    stored: (fact, params) => stored[fact === "metric" ? `metric:${params.id}` : fact],
    metricPeople: () => ({}),
    subject: () => undefined,
  };
}
