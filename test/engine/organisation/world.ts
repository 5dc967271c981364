import fc from "fast-check";
import type { Absence, Assignment, OrganisationData, Person, RoleGrant, Unit } from "#engine/organisation/model.ts";

export const personOf = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  name: id[0]?.toUpperCase() + id.slice(1),
  email: `${id}@example.com`,
  status: "active",
  title: null,
  role: null,
  grade: null,
  hireDate: "2020-01-01",
  endDate: null,
  timeZone: null,
  calendar: null,
  fte: "1",
  salaryMinor: null,
  currency: null,
  fields: {},
  ...more,
});

export const unitOf = (id: string, level: string, parent: string | null, more: Partial<Unit> = {}): Unit => ({
  id,
  title: `${level} ${id}`,
  level,
  parent,
  timeZone: null,
  calendar: null,
  ...more,
});

export const assign = (
  person: string,
  unit: string,
  manager: string | null,
  more: Partial<Assignment> = {},
): Assignment => ({
  person,
  unit,
  manager,
  kind: "primary",
  weight: "1",
  validFrom: "2020-01-01",
  validTo: null,
  ...more,
});

export const grant = (person: string, role: string, unit: string | null, more: Partial<RoleGrant> = {}): RoleGrant => ({
  person,
  role,
  unit,
  validFrom: "2020-01-01",
  validTo: null,
  ...more,
});

export const organisation = (parts: Partial<OrganisationData>): OrganisationData => ({
  people: [],
  units: [],
  assignments: [],
  grants: [],
  queues: [],
  absences: [],
  timeZone: "Europe/Berlin",
  calendar: "de-by",
  currency: "EUR",
  ...parts,
});

/**
 * A small firm: the company (head Cleo) has the regions north (head Nora) and south (head Sven); team alpha in the north is
 * led by Max, whose people are Ana, Ben and, until June 2026, Eli. Pia is HR partner of the north, Quinn everywhere.
 */
export const firm = (parts: Partial<OrganisationData> = {}): OrganisationData =>
  organisation({
    people: ["cleo", "nora", "sven", "max", "ana", "ben", "eli", "pia", "quinn", "tom"].map((id) => personOf(id)),
    units: [
      unitOf("firm", "company", null),
      unitOf("north", "region", "firm", { timeZone: "Europe/London", calendar: "uk" }),
      unitOf("south", "region", "firm"),
      unitOf("alpha", "team", "north"),
      unitOf("beta", "team", "south"),
    ],
    assignments: [
      assign("cleo", "firm", null),
      assign("nora", "north", "cleo"),
      assign("sven", "south", "cleo"),
      assign("max", "alpha", "nora"),
      assign("ana", "alpha", "max"),
      assign("ben", "alpha", "max"),
      assign("eli", "alpha", "max", { validTo: "2026-06-01" }),
      assign("eli", "beta", "sven", { validFrom: "2026-06-01" }),
      assign("ana", "beta", "sven", { kind: "matrix", weight: "0.2" }),
      assign("pia", "firm", "cleo"),
      assign("quinn", "firm", "cleo"),
      assign("tom", "beta", "sven"),
    ],
    grants: [
      grant("cleo", "head", "firm"),
      grant("nora", "head", "north"),
      grant("sven", "head", "south"),
      grant("max", "head", "alpha"),
      grant("pia", "hr-partner", "north"),
      grant("quinn", "hr-partner", null),
      grant("tom", "hr-designer", null),
    ],
    queues: [{ id: "care", title: "Customer care", members: ["ben", "tom"] }],
    ...parts,
  });

const PEOPLE = Array.from({ length: 14 }, (_, index) => `p${index}`);
const UNITS = Array.from({ length: 6 }, (_, index) => `u${index}`);
/** Dates on which random organisations change, and between which they are asked. */
export const DATES = ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"];

const interval = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 4 }))
  .map(([from, length]) => ({ validFrom: DATES[from] ?? "", validTo: DATES[from + length] ?? null }));

/** Random organisations, cycles in reporting lines included; at most one primary assignment per person and date. */
export const organisations: fc.Arbitrary<OrganisationData> = fc
  .record({
    parents: fc.array(fc.integer({ min: -1, max: UNITS.length - 1 }), {
      minLength: UNITS.length,
      maxLength: UNITS.length,
    }),
    primaries: fc.array(
      fc.tuple(
        fc.constantFrom(...PEOPLE),
        fc.constantFrom(...UNITS),
        fc.option(fc.constantFrom(...PEOPLE)),
        fc.constantFrom(...DATES.slice(0, 3)),
      ),
      { maxLength: 40 },
    ),
    matrix: fc.array(
      fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...UNITS), fc.constantFrom(...PEOPLE), interval),
      {
        maxLength: 8,
      },
    ),
    grants: fc.array(
      fc.tuple(
        fc.constantFrom(...PEOPLE),
        fc.constantFrom("head", "hr-partner", "hr-admin", "hr-designer"),
        fc.option(fc.constantFrom(...UNITS), { freq: 6 }),
        interval,
      ),
      { maxLength: 8 },
    ),
    left: fc.subarray(PEOPLE, { maxLength: 3 }),
    away: fc.array(fc.tuple(fc.constantFrom(...PEOPLE), fc.option(fc.constantFrom(...PEOPLE)), interval), {
      maxLength: 6,
    }),
  })
  .map(({ parents, primaries, matrix, grants, left, away }) =>
    organisation({
      people: PEOPLE.map((id) => personOf(id, left.includes(id) ? { status: "left" } : {})),
      // A unit's parent comes before it, so that the units are a forest.
      units: UNITS.map((id, index) =>
        unitOf(id, index % 2 ? "team" : "region", UNITS[Math.min(parents[index] ?? -1, index - 1)] ?? null),
      ),
      assignments: [
        ...withoutOverlaps(
          primaries.map(([person, unit, manager, validFrom]) => assign(person, unit, manager, { validFrom })),
        ),
        ...matrix.map(([person, unit, manager, dates]) => assign(person, unit, manager, { kind: "matrix", ...dates })),
      ],
      grants: grants.map(([person, role, unit, dates]) => grant(person, role, unit, dates)),
      absences: away.map(
        ([person, delegate, dates]): Absence => ({
          person,
          delegate,
          from: dates.validFrom,
          to: dates.validTo ?? "2027-01-01",
        }),
      ),
    }),
  );

/** Each assignment ends where the person's next begins. */
function withoutOverlaps(rows: Assignment[]): Assignment[] {
  const kept = new Map(rows.map((row) => [`${row.person} ${row.validFrom}`, row]));
  return [...kept.values()].map((row) => {
    const later = [...kept.values()].filter((other) => other.person === row.person && other.validFrom > row.validFrom);
    return { ...row, validTo: later.map((other) => other.validFrom).sort()[0] ?? null };
  });
}
