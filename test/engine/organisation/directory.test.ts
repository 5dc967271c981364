import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { computing } from "../../support/computing.ts";
import { assign, DATES, firm, grant, organisation, organisations, personOf, unitOf } from "./world.ts";

const directory = buildDirectory(firm());
const MAY = "2026-05-31";
const JUNE = "2026-06-01";

describe("the directory", () => {
  it("answers as of a date: an interval ends before its last day is over", () => {
    expect(directory.managerOf("eli", MAY)).toBe("max");
    expect(directory.managerOf("eli", JUNE)).toBe("sven");
    expect(directory.reportsOf("max", MAY)).toEqual(["ana", "ben", "eli"]);
    expect(directory.reportsOf("max", JUNE)).toEqual(["ana", "ben"]);
    expect(directory.unitOf("eli", JUNE)).toBe("beta");
    expect(directory.managerOf("eli", "2019-12-31")).toBeUndefined();
  });

  it("keeps matrix lines apart", () => {
    expect(directory.assignmentAt("ana", MAY, "matrix")?.unit).toBe("beta");
    expect(directory.matrixManagersOf("ana", MAY)).toEqual(["sven"]);
    expect(directory.matrixReportsOf("sven", MAY)).toEqual(["ana"]);
    expect(directory.reportsOf("sven", MAY)).toEqual(["tom"]);
    expect(directory.assignmentsAt("ana", MAY).map(({ kind }) => kind)).toEqual(["primary", "matrix"]);
  });

  it("walks the tree of units up and down", () => {
    expect(directory.unitPath("alpha").map(({ id }) => id)).toEqual(["alpha", "north", "firm"]);
    expect(directory.unitAt("ana", MAY, "region")?.id).toBe("north");
    expect(directory.unitAt("ana", MAY, "continent")).toBeUndefined();
    expect(directory.membersOf("north", MAY)).toEqual(["nora"]);
    expect(directory.membersOf("north", MAY, { deep: true })).toEqual(["nora", "max", "ana", "ben", "eli"]);
    expect(directory.childrenOf("firm").map(({ id }) => id)).toEqual(["north", "south"]);
  });

  it("finds the nearest holder of a role", () => {
    expect(directory.grantHolders("hr-partner", "alpha", MAY)).toEqual({ people: ["pia"], unit: "north" });
    expect(directory.grantHolders("hr-partner", "beta", MAY)).toEqual({ people: ["quinn"], unit: null });
    expect(directory.grantHolders("head", "beta", MAY)).toEqual({ people: ["sven"], unit: "south" });
    expect(directory.grantHolders("hr-admin", "beta", MAY)).toEqual({ people: [], unit: undefined });
  });

  it("finds zone and calendar at the person, else the nearest unit, else the organisation", () => {
    const own = buildDirectory(firm({ people: [personOf("ana", { timeZone: "Asia/Kolkata" }), personOf("tom")] }));
    expect([own.zoneOf("ana"), own.calendarOf("ana")]).toEqual(["Asia/Kolkata", "uk"]);
    expect([own.zoneOf("tom"), own.calendarOf("tom")]).toEqual(["Europe/Berlin", "de-by"]);
    expect(directory.zoneOf("eli", MAY)).toBe("Europe/London");
    expect(directory.zoneOf("eli")).toBe("Europe/Berlin");
  });

  it("survives cycles of units and of managers", () => {
    const round = buildDirectory(
      organisation({
        people: ["a", "b"].map((id) => personOf(id)),
        units: [unitOf("x", "team", "y"), unitOf("y", "team", "x")],
        assignments: [assign("a", "x", "b"), assign("b", "y", "a")],
      }),
    );
    expect(round.chainOf("a", MAY)).toEqual(["b"]);
    expect(round.unitPath("x").map(({ id }) => id)).toEqual(["x", "y"]);
    expect(round.membersOf("x", MAY, { deep: true })).toEqual(["a", "b"]);
  });

  it("someone who left was still here until their last day", () => {
    const gone = buildDirectory(
      organisation({
        people: [personOf("a", { status: "left", endDate: "2026-03-31" }), personOf("b", { status: "left" })],
      }),
    );
    expect(gone.isHere("a", "2026-03-31")).toBe(true);
    expect(gone.isHere("a", "2026-04-01")).toBe(false);
    expect(gone.isHere("b", "2026-03-31")).toBe(false);
    expect(gone.isHere("nobody", "2026-03-31")).toBe(false);
  });

  it("agrees with a naive reading of the rows, whatever the organisation", () => {
    fc.assert(
      fc.property(organisations, fc.constantFrom(...DATES), (data, date) => {
        const built = buildDirectory(data);
        const rows = current(data, date);
        for (const { id } of data.people) {
          expect(built.managerOf(id, date) ?? null).toBe(rows.find((row) => row.person === id)?.manager ?? null);
          expect(built.reportsOf(id, date)).toEqual(rows.filter((row) => row.manager === id).map((row) => row.person));
        }
        for (const { id } of data.units) {
          const below = data.units.filter((unit) => naivePath(data, unit.id).includes(id)).map((unit) => unit.id);
          const members = rows.filter((row) => below.includes(row.unit)).map((row) => row.person);
          expect(built.membersOf(id, date, { deep: true }).toSorted()).toEqual(members.toSorted());
          expect(built.grantHolders("head", id, date)).toEqual(naiveHolders(data, id, date));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is built for 5,000 people in a blink", () => {
    const people = Array.from({ length: 5000 }, (_, index) => personOf(`p${index}`));
    const units = Array.from({ length: 500 }, (_, index) => unitOf(`u${index}`, "location", index ? "u0" : null));
    const data = organisation({
      people,
      units,
      assignments: people.map(({ id }, index) =>
        assign(id, `u${index % 500}`, index ? `p${Math.floor((index - 1) / 99)}` : null),
      ),
      grants: units.map(({ id }, index) => grant(`p${index}`, "head", id)),
    });
    const computed = computing();
    const big = buildDirectory(data);
    const built = computed();
    expect(big.membersOf("u0", MAY, { deep: true })).toHaveLength(5000);
    expect(big.chainOf("p4999", MAY)).toEqual(["p50", "p0"]);
    // 10 ms on our machine; the bound leaves room for a loaded one.
    expect(built).toBeLessThan(200);
  });
});

const current = (data: OrganisationData, date: string) =>
  data.assignments.filter(
    ({ kind, validFrom, validTo }) => kind === "primary" && validFrom <= date && (validTo === null || date < validTo),
  );

function naivePath(data: OrganisationData, unit: string): string[] {
  const parent = data.units.find(({ id }) => id === unit)?.parent ?? null;
  return parent === null ? [unit] : [unit, ...naivePath(data, parent)];
}

function naiveHolders(data: OrganisationData, unit: string, date: string) {
  const left = new Set(data.people.filter(({ status }) => status === "left").map(({ id }) => id));
  for (const scope of [...naivePath(data, unit), null]) {
    const people = data.grants
      .filter((row) => row.role === "head" && row.unit === scope && !left.has(row.person))
      .filter((row) => row.validFrom <= date && (row.validTo === null || date < row.validTo))
      .map((row) => row.person);
    if (people.length > 0) return { people: [...new Set(people)], unit: scope };
  }
  return { people: [], unit: undefined };
}
