import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkReportingLines } from "#engine/organisation/check-reporting-lines.ts";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { computing } from "../../support/computing.ts";
import { assign, DATES, firm, organisations } from "./world.ts";

const codes = (rows: ReturnType<typeof assign>[]) =>
  checkReportingLines(rows).map(({ code, path }) => `${path} ${code}`);

describe("checking reporting lines", () => {
  it("finds nothing wrong with a good organisation", () => {
    expect(checkReportingLines(firm().assignments)).toEqual([]);
  });

  it("names rows that cannot be", () => {
    expect(
      codes([
        assign("a", "u", "a"),
        assign("b", "u", "zoe"),
        assign("c", "u", "b", { validTo: "2019-01-01" }),
        assign("d", "u", "b", { validTo: "2026-02-01" }),
        assign("d", "v", "b", { validFrom: "2026-01-01" }),
      ]),
    ).toEqual([
      "/0/manager self-manager",
      "/1/manager unknown-manager",
      "/2/validTo interval-backward",
      "/4/validFrom overlapping-primary",
    ]);
  });

  it("sees an overlap with a row further back", () => {
    expect(
      codes([
        assign("a", "u", null, { validFrom: "2020-01-01", validTo: "2027-01-01" }),
        assign("a", "v", null, { validFrom: "2021-01-01", validTo: "2022-01-01" }),
        assign("a", "w", null, { validFrom: "2026-01-01" }),
      ]),
    ).toEqual(["/1/validFrom overlapping-primary", "/2/validFrom overlapping-primary"]);
  });

  it("names a cycle once, with the date on which it closes", () => {
    const rows = [
      assign("ana", "u", "ben"),
      assign("ben", "u", "carl"),
      assign("carl", "u", null, { validTo: "2026-03-01" }),
      assign("carl", "u", "ana", { validFrom: "2026-03-01" }),
      assign("dora", "u", "ana", { validFrom: "2026-03-01" }),
    ];
    const issues = checkReportingLines(rows, { path: "/assignments", nameOf: (id) => id.toUpperCase() });
    expect(issues).toEqual([
      {
        code: "reporting-cycle",
        path: "/assignments/3/manager",
        severity: "error",
        message: "From 1 March 2026 the reporting line comes round again: CARL → ANA → BEN → CARL.",
        hint: "Change the manager of one of them.",
      },
    ]);
    expect(
      checkReportingLines(rows.map((row) => ({ ...row, validTo: row.person === "ana" ? "2026-03-01" : row.validTo }))),
    ).toEqual([]);
  });

  it("refuses a line of more than a hundred managers, once, and quickly", () => {
    const ladder = Array.from({ length: 20_000 }, (_, index) =>
      assign(`p${index}`, "u", index ? `p${index - 1}` : null),
    );
    const computed = computing();
    expect(checkReportingLines(ladder).map(({ code }) => code)).toEqual(["reporting-line-long"]);
    expect(checkReportingLines(ladder.toReversed()).map(({ code }) => code)).toEqual(["reporting-line-long"]);
    expect(computed()).toBeLessThan(1000);
  });

  it("finds a cycle exactly where one exists on some date", () => {
    fc.assert(
      fc.property(organisations, (data) => {
        const found = checkReportingLines(data.assignments).some(({ code }) => code === "reporting-cycle");
        expect(found).toBe(DATES.some((date) => hasCycle(data, date)));
      }),
      { numRuns: 300 },
    );
  });
});

/** Somebody stands above themselves; being one's own manager is another fault. */
function hasCycle(data: OrganisationData, date: string): boolean {
  const managerOf = (person: string) => {
    const row = data.assignments.find(
      ({ person: of, kind, validFrom, validTo }) =>
        of === person && kind === "primary" && validFrom <= date && (validTo === null || date < validTo),
    );
    return row?.manager === person ? null : (row?.manager ?? null);
  };
  return data.people.some(({ id }) => {
    let above = managerOf(id);
    for (let step = 0; above !== null && step < 50; step++) {
      if (above === id) return true;
      above = managerOf(above);
    }
    return false;
  });
}
