import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrganisationData } from "#engine/organisation/model.ts";
import { checkPeople } from "../../../runtime/ingest/check-people.ts";
import { createImport, importFile } from "../../../runtime/ingest/import.ts";
import type { Mapping } from "../../../runtime/ingest/mapping.ts";
import { loadOrganisation } from "../../../runtime/store/organisation-load.ts";
import { CONTEXT, emptyDatabase } from "./support.ts";

const HEADER = "id,name,manager,unit,hire date,end date,status";
const people = (...rows: string[]) => `${[HEADER, ...rows].join("\n")}\n`;
const load = async (...files: string[]) => {
  const db = await emptyDatabase();
  let last = { counts: {}, refused: [] as { row: number; code: string; message: string }[] };
  for (const [i, content] of files.entries())
    last = await importFile(
      db,
      { kind: "people", fileName: `${i}.csv`, content },
      { ...CONTEXT, now: CONTEXT.now + i },
    );
  return { db, last, data: await loadOrganisation(db) };
};
const lineOf = (data: OrganisationData, person: string) =>
  data.assignments
    .filter((line) => line.person === person)
    .map((line) => [line.unit, line.manager, line.validFrom, line.validTo]);

describe("a people file", () => {
  it.each([
    ["no id", ",Ada,,Sales,,,", "missing-id", "The row has no person id."],
    [
      "a date that does not exist",
      "1,Ada,,Sales,2026-02-30,,",
      "bad-date",
      'hireDate: "2026-02-30" does not exist: that month has 28 days.',
    ],
    [
      "a month that does not exist",
      "1,Ada,,Sales,2026-13-01,,",
      "bad-date",
      'hireDate: "2026-13-01": there is no month 13.',
    ],
    ["words for a date", "1,Ada,,Sales,soon,,", "bad-date", 'hireDate: "soon" is not a date; write 2026-03-31.'],
    [
      "an end before the start",
      "1,Ada,,Sales,2026-02-01,2026-01-01,",
      "end-before-start",
      "The end date 2026-01-01 is before the hire date 2026-02-01.",
    ],
    [
      "a status nobody knows",
      "1,Ada,,Sales,,,sleeping",
      "unknown-status",
      'status: "sleeping" is not one of active, leave, left.',
    ],
    ["no name", "1,,,Sales,,,", "missing-name", "Person 1 has no name."],
  ])("refuses a row with %s and takes the others", async (_, row, code, message) => {
    const { last, data } = await load(people(row, "9,Grace,,Sales,,,"));
    expect(last.refused.map((refusal) => [refusal.row, refusal.code, refusal.message])).toEqual([[2, code, message]]);
    expect(data.people.map((person) => person.id)).toEqual(["9"]);
  });

  it("refuses every row of an id that stands twice, so that the order cannot matter", async () => {
    const { last, data } = await load(people("1,Ada,,Sales,,,", "2,Grace,1,Sales,,,", "1,Eve,,Sales,,,"));
    expect(last.refused.map((refusal) => [refusal.row, refusal.code])).toEqual([
      [2, "duplicate-id"],
      [3, "unknown-manager"],
      [4, "duplicate-id"],
    ]);
    expect(data.people.map((person) => person.id)).toEqual(["2"]);
  });

  it("reads 9999-01-01 as no end", async () => {
    const { data } = await load(people("1,Ada,,Sales,2020-01-01,9999-01-01,"));
    expect(data.people[0]).toMatchObject({ endDate: null, status: "active" });
    expect(lineOf(data, "1")).toEqual([["sales", null, "2020-01-01", null]]);
  });

  it("takes people whose manager is unknown or themselves, without the line to the manager", async () => {
    const { last, data } = await load(people("1,Ada,77,Sales,2020-01-01,,", "2,Grace,2,Sales,2020-01-01,,"));
    expect(last.refused.map((refusal) => refusal.code)).toEqual(["unknown-manager", "own-manager"]);
    expect(lineOf(data, "1")).toEqual([["sales", null, "2020-01-01", null]]);
    expect(lineOf(data, "2")).toEqual([["sales", null, "2020-01-01", null]]);
  });

  it("names the people of a circle, also one that only closes with lines stored before", async () => {
    const { last, data } = await load(
      people("1,Ada,,S,2020-01-01,,", "2,Grace,1,S,2020-01-01,,", "3,Eve,2,S,2020-01-01,,"),
      people("1,Ada,3,S,2020-01-01,,"),
    );
    expect(last.refused.map((refusal) => refusal.message)).toEqual([
      "1 → 3 → 2 → 1: they report to each other in a circle, so the line of 1 to 3 is not taken.",
    ]);
    expect(lineOf(data, "1")).toEqual([["s", null, "2020-01-01", null]]);
  });

  it("previews joiners, movers, leavers and changes, field by field", async () => {
    const { db } = await load(
      people(
        "1,Ada,,Sales,2020-01-01,,",
        "2,Grace,1,Sales,2020-01-01,,",
        "3,Eve,1,Sales,2020-01-01,,",
        "4,Bob,1,Sales,2020-01-01,,",
      ),
    );
    const state = await createImport(
      db,
      {
        kind: "people",
        fileName: "next.csv",
        content: people(
          "1,Ada King,,Sales,2020-01-01,,",
          "2,Grace,1,Care,2020-01-01,,",
          "3,Eve,1,Sales,2020-01-01,2026-02-28,left",
          "4,Bob,1,Sales,2020-01-01,,",
          "5,New,2,Care,2026-03-01,,",
        ),
      },
      CONTEXT,
    );
    expect(state.counts).toEqual({ added: 1, changed: 1, moved: 1, left: 1, unchanged: 1, refused: 0 });
    expect(state.changes.map((change) => [change.row, change.what, change.words])).toEqual([
      [2, "changed", "Ada King: name Ada → Ada King."],
      [3, "moved", "Grace: unit sales → care."],
      [4, "left", "Eve has left on 2026-02-28."],
      [6, "added", "New is added, in care, reporting to 2."],
    ]);
    expect(state.newUnits).toEqual(["care"]);
    expect(await db.read("SELECT count(*) AS n FROM units")).toEqual([{ n: 1 }]);
  });

  it("moves people on the day of the import and keeps the line before; a leaver's line ends on the last day", async () => {
    const { data } = await load(
      people("1,Ada,,Sales,2020-01-01,,", "2,Grace,1,Sales,2020-01-01,,", "3,Eve,1,Sales,2020-01-01,,"),
      people("2,Grace,1,Care,2020-01-01,,", "3,Eve,1,Sales,2020-01-01,2026-02-28,left"),
    );
    expect(lineOf(data, "2")).toEqual([
      ["sales", "1", "2020-01-01", "2026-03-15"],
      ["care", "1", "2026-03-15", null],
    ]);
    expect(lineOf(data, "3")).toEqual([["sales", "1", "2020-01-01", "2026-02-28"]]);
    expect(data.people.find((person) => person.id === "3")?.status).toBe("left");
  });

  it("refuses primary lines that overlap in a history, both of them, with the rows", async () => {
    const db = await emptyDatabase();
    const content =
      "id,name,unit,from,to\n1,Ada,A,2020-01-01,2021-01-01\n1,Ada,B,2020-06-01,\n2,Eve,A,2020-01-01,2021-01-01\n2,Eve,B,2021-01-01,9999-01-01\n";
    const state = await importFile(
      db,
      {
        kind: "people",
        fileName: "h.csv",
        content,
        mapping: { columns: { id: "id", name: "name", unit: "unit", from: "from", to: "to" } },
      },
      CONTEXT,
    );
    expect(state.refused.map((refusal) => [refusal.row, refusal.code, refusal.lineOnly])).toEqual([
      [2, "overlapping-lines", true],
      [3, "overlapping-lines", true],
    ]);
    expect(lineOf(await loadOrganisation(db), "2")).toEqual([
      ["a", null, "2020-01-01", "2021-01-01"],
      ["b", null, "2021-01-01", null],
    ]);
  });

  it("IG1: joins, moves and leavers in any order of rows give the same result", async () => {
    const { db } = await load(
      people(
        "1,Ada,,Sales,2020-01-01,,",
        "2,Grace,1,Sales,2020-01-01,,",
        "3,Eve,2,Sales,2020-01-01,,",
        "4,Bob,3,Sales,2020-01-01,,",
      ),
    );
    const known = await loadOrganisation(db);
    const ids = ["1", "2", "3", "4", "5", "6", "7"];
    const row = fc.record({
      id: fc.constantFrom(...ids),
      name: fc.constantFrom("A", "B", ""),
      manager: fc.constantFrom("", ...ids, "99"),
      unit: fc.constantFrom("Sales", "sales", "Care", ""),
      hireDate: fc.constantFrom("", "2020-01-01", "2026-02-30"),
      status: fc.constantFrom("", "active", "left", "odd"),
    });
    const mapping: Mapping = {
      columns: { id: "id", name: "name", manager: "manager", unit: "unit", hireDate: "hireDate", status: "status" },
    };
    /** The outcome of a file in some order of rows; what it says of a row is told by the row's first place. */
    const outcome = async (rows: Record<string, string>[], order: number[]) => {
      const file = order.map((i, place) => ({ row: place + 2, values: rows[i] ?? {} }));
      const checked = await checkPeople(file, mapping, known, { effectiveOn: "2026-03-15" });
      const first = (row: number) => order[row - 2];
      return {
        counts: checked.counts,
        writes: checked.writes.map((write) => JSON.stringify(write)).sort(),
        changes: checked.changes.map((change) => JSON.stringify({ ...change, row: first(change.row) })).sort(),
        refused: checked.refused
          .map(({ row, code, field, lineOnly }) => JSON.stringify([first(row), code, field, lineOnly]))
          .sort(),
      };
    };
    const file = fc.array(row, { minLength: 1, maxLength: 12 });
    const shuffled = file.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray([...rows.keys()], { minLength: rows.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([rows, order]) => {
        expect(await outcome(rows, order)).toEqual(await outcome(rows, [...rows.keys()]));
      }),
      { numRuns: 300 },
    );
  });
});
