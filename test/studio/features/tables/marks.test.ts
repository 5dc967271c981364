import { describe, expect, it } from "vitest";
import { check, findingsOf } from "../../../../studio/features/problems/check.ts";
import { ghostsOf, marksOf } from "../../../../studio/features/tables/marks.ts";

const ruleset = (rows: [string, number][]) =>
  JSON.stringify({
    kind: "ruleset",
    schema: 1,
    id: "rates",
    title: "Rates",
    table: {
      hitPolicy: "unique",
      columns: [{ fact: "score", title: "Score", type: "number", min: 0, max: 10 }],
      outputs: [{ name: "rate", type: "number" }],
      rows: rows.map(([cell, out]) => ({ cells: [cell], out: [out] })),
    },
  });
const found = (rows: [string, number][]) => {
  const text = ruleset(rows);
  const checked = check(text, undefined);
  return [...checked.issues, ...(checked.definition ? findingsOf(text, checked.definition) : [])];
};

describe("marks of a decision table", () => {
  it("U25: an overlap marks both rows, a gap is a row that could be added", () => {
    const issues = found([
      ["< 4", 1],
      ["3..6", 2],
      [">= 8", 3],
    ]);
    const marks = marksOf(issues);
    expect([marks.get(0)?.tone, marks.get(1)?.tone, marks.get(2)?.tone]).toEqual(["overlap", "overlap", undefined]);
    const [ghost] = ghostsOf(issues);
    expect(ghost?.row).toEqual({ cells: ["(6..8)"], out: [null] });
    expect(ghost?.words).toContain("For example");
  });

  it("a cell that cannot be read marks its row and itself, with what to write instead", () => {
    const marks = marksOf(found([["about 4", 1]]));
    expect(marks.get(0)?.tone).toBe("wrong");
    expect(marks.get(0)?.cells.get("cells/0")).toContain("Row 1, Score");
  });

  it("nothing wrong, no marks", () => {
    const issues = found([
      ["< 4", 1],
      [">= 4", 2],
    ]);
    expect([marksOf(issues).size, ghostsOf(issues)]).toEqual([0, []]);
  });
});
