import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { OrganisationData, Person, RoleGrant } from "#engine/organisation/model.ts";
import { canSee } from "#engine/organisation/relations.ts";
import { Policy } from "../../../runtime/access/policy.ts";

const DATE = "2026-03-16";

const personOf = (id: string): Person => ({
  id,
  name: id,
  email: null,
  status: "active",
  title: null,
  role: null,
  grade: null,
  hireDate: "2020-01-01",
  endDate: null,
  timeZone: null,
  calendar: null,
  fte: "1",
  salaryMinor: 1,
  currency: "EUR",
  fields: {},
});

/** A random organisation: a tree of units, each person in one of them under a manager who comes before them, some roles. */
const organisation = fc
  .record({
    units: fc.array(fc.nat(), { minLength: 1, maxLength: 8 }),
    people: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { minLength: 2, maxLength: 25 }),
    grants: fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom("head", "hr-partner", "hr-admin", "hr-designer", "sales-operations"),
        fc.option(fc.nat()),
      ),
      { maxLength: 6 },
    ),
  })
  .map(({ units, people, grants }): OrganisationData => {
    const unitId = (n: number) => `u${n % units.length}`;
    const personId = (n: number) => `p${n % people.length}`;
    return {
      people: people.map((_, i) => personOf(`p${i}`)),
      units: units.map((parent, i) => ({
        id: `u${i}`,
        title: `Unit ${i}`,
        level: "unit",
        parent: i === 0 ? null : `u${parent % i}`,
        timeZone: null,
        calendar: null,
      })),
      assignments: people.flatMap(([unit, manager, moved], i) => {
        const line = { person: `p${i}`, kind: "primary" as const, weight: "1" };
        const lead = i === 0 ? null : `p${manager % i}`;
        // Some moved on the first of the month: what was before does not count, what comes is not yet.
        return moved
          ? [
              { ...line, unit: unitId(unit + 1), manager: null, validFrom: "2020-01-01", validTo: "2026-03-01" },
              { ...line, unit: unitId(unit), manager: lead, validFrom: "2026-03-01", validTo: null },
            ]
          : [{ ...line, unit: unitId(unit), manager: lead, validFrom: "2020-01-01", validTo: null }];
      }),
      grants: grants.map(
        ([person, role, unit]): RoleGrant => ({
          person: personId(person),
          role,
          unit: unit === null ? null : unitId(unit),
          validFrom: "2020-01-01",
          validTo: null,
        }),
      ),
      queues: [],
      absences: [],
      timeZone: "UTC",
      calendar: "default",
      currency: "EUR",
    };
  });

describe("the policy", () => {
  it("AC1: gives for any organisation and reader exactly the people whom a relation or a role opens", () => {
    fc.assert(
      fc.property(organisation, fc.nat(), (data, n) => {
        const directory = buildDirectory(data);
        const reader = `p${n % data.people.length}`;
        const policy = new Policy(directory, DATE, reader);
        const allowed = data.people.map(({ id }) => id).filter((id) => canSee(reader, id, DATE, directory));
        const ids = policy.peopleIds() ?? data.people.map(({ id }) => id);
        expect([...ids].sort()).toEqual([...allowed].sort());
        for (const { id } of data.people) expect(policy.seesPerson(id)).toBe(allowed.includes(id));
      }),
      { numRuns: 300 },
    );
  });

  it("never opens pay where it does not open the record, and not to heads or designers", () => {
    fc.assert(
      fc.property(organisation, fc.nat(), (data, n) => {
        const directory = buildDirectory(data);
        const reader = `p${n % data.people.length}`;
        const policy = new Policy(directory, DATE, reader);
        for (const { id } of data.people) {
          const relations = policy.relations(id);
          if (policy.seesPay(id)) expect(policy.seesPerson(id)).toBe(true);
          const only = [...relations].every((relation) =>
            ["head", "hr-designer", "peer", "matrix-manager"].includes(relation),
          );
          if (only) expect(policy.seesPay(id)).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("lets nobody act on somebody else's case but HR administrators and the partner of the unit", () => {
    fc.assert(
      fc.property(organisation, fc.nat(), (data, n) => {
        const directory = buildDirectory(data);
        const reader = `p${n % data.people.length}`;
        const policy = new Policy(directory, DATE, reader);
        for (const { id } of data.people) {
          const unit = directory.unitOf(id, DATE)!;
          const path = directory.unitPath(unit).map((one) => one.id);
          const expected = data.grants.some(
            (grant) =>
              grant.person === reader &&
              (grant.role === "hr-admin" || grant.role === "hr-partner") &&
              (grant.unit === null || path.includes(grant.unit)),
          );
          expect(policy.administersPerson(id)).toBe(expected);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("reads a move and a role from the day they begin", () => {
    const line = { kind: "primary" as const, weight: "1" };
    const data: OrganisationData = {
      people: ["boss", "old", "me"].map(personOf),
      units: [{ id: "u", title: "U", level: "unit", parent: null, timeZone: null, calendar: null }],
      assignments: [
        { ...line, person: "boss", unit: "u", manager: null, validFrom: "2020-01-01", validTo: null },
        { ...line, person: "old", unit: "u", manager: null, validFrom: "2020-01-01", validTo: null },
        { ...line, person: "me", unit: "u", manager: "old", validFrom: "2020-01-01", validTo: "2026-04-01" },
        { ...line, person: "me", unit: "u", manager: "boss", validFrom: "2026-04-01", validTo: null },
      ],
      grants: [{ person: "old", role: "hr-designer", unit: null, validFrom: "2026-04-01", validTo: null }],
      queues: [],
      absences: [],
      timeZone: "UTC",
      calendar: "default",
      currency: "EUR",
    };
    const directory = buildDirectory(data);
    const sees = (reader: string, date: string) => new Policy(directory, date, reader).seesPerson("me");
    expect([sees("old", "2026-03-31"), sees("boss", "2026-03-31")]).toEqual([true, false]);
    expect([sees("old", "2026-04-01"), sees("boss", "2026-04-01")]).toEqual([false, true]);
    expect(new Policy(directory, "2026-03-31", "old").may("design")).toBe(false);
    expect(new Policy(directory, "2026-04-01", "old").may("design")).toBe(true);
  });

  it("opens nothing to nobody", () => {
    const directory = buildDirectory({
      people: [personOf("me")],
      units: [],
      assignments: [],
      grants: [],
      queues: [],
      absences: [],
      timeZone: "UTC",
      calendar: "default",
      currency: "EUR",
    });
    const policy = new Policy(directory, DATE, null);
    expect(policy.peopleIds()).toEqual([]);
    expect(policy.may("design")).toBe(false);
    expect(() => policy.require("administer")).toThrow(/You may not administer/);
  });
});
