import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { canSee, relationsTo, visiblePeople } from "#engine/organisation/relations.ts";
import { DATES, firm, grant, organisations } from "./world.ts";

const MARCH = "2026-03-03";
const directory = buildDirectory(firm());
const relations = (viewer: string, target: string, on = MARCH) =>
  [...relationsTo(viewer, target, on, directory)].sort();

describe("what people are to each other", () => {
  it("names every relation", () => {
    expect(relations("ana", "ana")).toEqual(["self"]);
    expect(relations("max", "ana")).toEqual(["head", "manager", "manager-chain"]);
    expect(relations("cleo", "ana")).toEqual(["head", "manager-chain"]);
    expect(relations("sven", "ana")).toEqual(["matrix-manager"]);
    expect(relations("pia", "ana")).toEqual(["hr-partner"]);
    expect(relations("ben", "ana")).toEqual(["peer"]);
    expect(relations("ana", "max")).toEqual([]);
    expect(relations("tom", "ana")).toEqual(["hr-designer"]);
  });

  it("a peer and a designer see no record; a move takes effect at its date", () => {
    expect(canSee("ben", "ana", MARCH, directory)).toBe(false);
    expect(canSee("tom", "ana", MARCH, directory)).toBe(false);
    expect(canSee("max", "eli", "2026-05-31", directory)).toBe(true);
    expect(canSee("max", "eli", "2026-06-01", directory)).toBe(false);
    expect(canSee("sven", "eli", "2026-06-01", directory)).toBe(true);
  });

  it("lists whom a person may see", () => {
    expect([...visiblePeopleOf("max")].sort()).toEqual(["ana", "ben", "eli", "max"]);
    expect([...visiblePeopleOf("sven")].sort()).toEqual(["ana", "sven", "tom"]);
    expect([...visiblePeopleOf("ben")]).toEqual(["ben"]);
    expect(visiblePeople("quinn", MARCH, directory)).toBe("all");
    const admin = buildDirectory(firm({ grants: [grant("tom", "hr-admin", "north")] }));
    expect([...(visiblePeople("tom", MARCH, admin) as Set<string>)].sort()).toEqual([
      "ana",
      "ben",
      "eli",
      "max",
      "nora",
      "tom",
    ]);
  });

  it("AC1: whoever is visible is exactly whom a naive reading of the rows allows", () => {
    fc.assert(
      fc.property(organisations, fc.constantFrom(...DATES), (data, date) => {
        const built = buildDirectory(data);
        for (const { id: viewer } of data.people) {
          const visible = visiblePeople(viewer, date, built);
          for (const { id: target } of data.people) {
            const allowed = naive(data, viewer, target, date);
            expect(canSee(viewer, target, date, built)).toBe(allowed);
            expect(visible === "all" || visible.has(target)).toBe(allowed);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

const visiblePeopleOf = (viewer: string): ReadonlySet<string> => {
  const visible = visiblePeople(viewer, MARCH, directory);
  if (visible === "all") throw new Error(`${viewer} sees all`);
  return visible;
};

/** The definition, by rows: oneself; whoever reports up to me; my matrix reports; people in units that my role covers. */
function naive(data: OrganisationData, viewer: string, target: string, date: string): boolean {
  const now = <Row extends { validFrom: string; validTo: string | null }>(rows: Row[]) =>
    rows.filter((row) => row.validFrom <= date && (row.validTo === null || date < row.validTo));
  const rows = now(data.assignments);
  const primary = (person: string) => rows.find((row) => row.kind === "primary" && row.person === person);
  if (data.people.find(({ id }) => id === viewer)?.status === "left") return false;
  if (viewer === target) return true;
  if (rows.some((row) => row.kind === "matrix" && row.person === target && row.manager === viewer)) return true;
  let above = primary(target)?.manager ?? null;
  for (let step = 0; above !== null && step < data.people.length; step++) {
    if (above === viewer) return true;
    above = primary(above)?.manager ?? null;
  }
  const covered = new Set<string | null>([null]);
  for (let unit = primary(target)?.unit ?? null; unit !== null; ) {
    covered.add(unit);
    const here: string = unit;
    unit = data.units.find(({ id }) => id === here)?.parent ?? null;
  }
  return now(data.grants).some(
    (row) => row.person === viewer && ["head", "hr-partner", "hr-admin"].includes(row.role) && covered.has(row.unit),
  );
}
