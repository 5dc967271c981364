import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { buildDirectory } from "#engine/organisation/build-directory.ts";
import { checkReportingLines } from "#engine/organisation/check-reporting-lines.ts";
import { assign, organisation, personOf } from "./world.ts";

const folder = new URL("../../../../shared/data/people/", import.meta.url);
const present = existsSync(folder);

/** Everybody of a file as one organisation without units. */
function read(file: string) {
  const rows: Record<string, string>[] = parse(readFileSync(new URL(file, folder), "utf8"), {
    columns: true,
    bom: true,
  });
  const known = new Set(rows.map((row) => row.employee_id ?? ""));
  const assignments = rows.map((row) => assign(row.employee_id ?? "", "all", row.manager_id || null));
  return { data: organisation({ people: [...known].map((id) => personOf(id)), assignments }), known };
}

/** People who stand above themselves, by walking from each: the naive way. */
function inCycles(managers: Map<string, string | null>): Set<string> {
  const found = new Set<string>();
  for (const person of managers.keys()) {
    let above = managers.get(person) ?? null;
    for (let step = 0; above !== null && step <= managers.size; step++) {
      if (above === person) {
        found.add(person);
        break;
      }
      above = managers.get(above) ?? null;
    }
  }
  return found;
}

describe.skipIf(!present)("real organisations", () => {
  it.each(["adventureworks.csv", "oracle-hr.csv"])("%s has one root and no fault", (file) => {
    const { data, known } = read(file);
    expect(checkReportingLines(data.assignments, { known })).toEqual([]);
    const directory = buildDirectory(data);
    const roots = data.people.filter(({ id }) => directory.managerOf(id, "2026-01-01") === undefined);
    expect(roots).toHaveLength(1);
    expect(Math.max(...data.people.map(({ id }) => directory.chainOf(id, "2026-01-01").length))).toBeGreaterThan(1);
  });

  it("employees-small.csv, which is dirty, has exactly its cycles named", () => {
    const { data, known } = read("employees-small.csv");
    const issues = checkReportingLines(data.assignments, { known });
    const managers = new Map(data.assignments.map(({ person, manager }) => [person, manager]));
    const named = issues.filter(({ code }) => code === "reporting-cycle" || code === "self-manager");
    const onCycles = inCycles(managers);
    const places = named.map(({ path }) => data.assignments[Number(path.split("/")[1])]?.person ?? "");
    expect(named.length).toBeGreaterThan(0);
    for (const person of places) expect(onCycles.has(person)).toBe(true);
    // Breaking each named cycle at the place named leaves none.
    for (const person of places) managers.set(person, null);
    expect(inCycles(managers).size).toBe(0);
  });
});
