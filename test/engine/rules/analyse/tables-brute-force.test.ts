import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import { applyEdit } from "#engine/rules/analyse/apply-edit.ts";
import type { SampleInput } from "#engine/rules/analyse/sample.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { HitCombiner } from "#engine/rules/table-answer.ts";
import { parseTable } from "#engine/rules/table-compile.ts";
import { sameJson } from "#engine/words/json.ts";
import { grid, Oracle, smallTable, told } from "./brute-force.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 10_000 : 150;
const everything = { most: 10_000 };

/** What brute force says of a table: which pairs of rows meet wrongly, which rows are never reached, which inputs nobody answers. */
function truth(table: DecisionTable) {
  const oracle = new Oracle(table);
  const combiner = new HitCombiner(table);
  const ranked = table.hitPolicy === "priority";
  const before = (a: number, b: number) => (ranked ? combiner.compare(a, b) < 0 : a < b);
  const gaps: SampleInput[][] = [];
  const overlaps = new Set<string>();
  const reached = new Set<number>();
  const matches = new Set<number>();
  for (const inputs of grid(table)) {
    const verdicts = oracle.verdicts(inputs);
    const yes = verdicts.flatMap((verdict, row) => (verdict === "yes" ? [row] : []));
    if (verdicts.every((verdict) => verdict === "no")) gaps.push(inputs);
    for (const a of yes) {
      matches.add(a);
      if (!verdicts.some((verdict, row) => verdict !== "no" && row !== a && before(row, a))) reached.add(a);
      for (const b of yes.filter((row) => row > a)) {
        const differ = !sameJson(table.rows[a]?.out, table.rows[b]?.out);
        if (table.hitPolicy === "unique" || differ) overlaps.add(`${a} ${b}`);
      }
    }
  }
  return { gaps, overlaps, reached, matches, oracle };
}

/** A random table whose cells read; a few random spellings contradict themselves. */
const table = smallTable.filter((one) => parseTable(one).issues.length === 0);

describe("analysis against brute force on random small tables", () => {
  it("F67: every gap is one, none is missed, and each is named", () => {
    let gaps = 0;
    fc.assert(
      fc.property(table, (one) => {
        const known = truth(one);
        const found = told(analyseRuleset({ table: one }, everything), "gap", "threshold-gap");
        gaps += found.length;
        for (const { inputs } of found) expect(known.oracle.verdicts(inputs)).toEqual(one.rows.map(() => "no"));
        expect(found.length > 0).toBe(known.gaps.length > 0);
        // All gaps together are all that nobody answers: one more row for each hole that was found closes the table.
        const closed = found.reduce(
          (rest, { fix, alternatives = [] }) => {
            const add = [fix, ...alternatives].find((way) => way?.edit[0]?.op === "add");
            return add ? applyEdit(rest, add.edit) : rest;
          },
          { table: one },
        );
        if (closed.table.rows.length !== one.rows.length + found.length) return;
        expect(truth(closed.table).gaps).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(gaps).toBeGreaterThan(RUNS);
  }, 600_000);

  it("F68: every overlap has a witness that hits both rows, and none is missed", () => {
    let overlaps = 0;
    const policies = table.filter(({ hitPolicy }) => hitPolicy === "unique" || hitPolicy === "any");
    fc.assert(
      fc.property(policies, (one) => {
        const known = truth(one);
        const found = told(analyseRuleset({ table: one }, everything), "overlap", "threshold-overlap");
        overlaps += found.length;
        for (const { inputs, rows = [] } of found) {
          const verdicts = known.oracle.verdicts(inputs);
          expect(rows.map((row) => verdicts[row])).toEqual(["yes", "yes"]);
        }
        expect(new Set(found.map(({ rows = [] }) => rows.join(" ")))).toEqual(known.overlaps);
      }),
      { numRuns: RUNS },
    );
    expect(overlaps).toBeGreaterThan(RUNS / 2);
  }, 600_000);

  it("F69: rows are masked exactly where no input reaches them, and can never match exactly where none does", () => {
    let masked = 0;
    fc.assert(
      fc.property(table, (one) => {
        const known = truth(one);
        const analysis = analyseRuleset({ table: one }, everything);
        const never = new Set(told(analysis, "never-holds").flatMap(({ rows = [] }) => rows));
        expect(never).toEqual(new Set(one.rows.flatMap((_, row) => (known.matches.has(row) ? [] : [row]))));
        if (one.hitPolicy !== "first" && one.hitPolicy !== "priority") return;
        const found = told(analysis, "masked", "duplicate").map(({ rows = [] }) => rows[0] as number);
        masked += found.length;
        const expected = one.rows.flatMap((_, row) => (known.reached.has(row) || never.has(row) ? [] : [row]));
        expect(found.sort()).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
    expect(masked).toBeGreaterThan(RUNS / 20);
  }, 600_000);

  it("what a click offers can be read, and does away with what it was offered for", () => {
    let fixed = 0;
    fc.assert(
      fc.property(table, (one) => {
        const before = truth(one);
        for (const finding of analyseRuleset({ table: one }, everything).findings) {
          for (const way of [finding.fix, ...(finding.alternatives ?? [])]) {
            if (!way) continue;
            fixed++;
            const { table: changed } = applyEdit({ table: one }, way.edit);
            expect(parseTable(changed).issues).toEqual([]);
            const after = truth(changed);
            if (finding.code.endsWith("gap")) {
              const verdicts = after.oracle.verdicts(finding.inputs);
              expect(verdicts.filter((verdict) => verdict === "yes")).toHaveLength(1);
              if (one.hitPolicy === "unique") expect(after.overlaps).toEqual(before.overlaps);
            }
            if (
              finding.code.endsWith("overlap") &&
              way.edit[0]?.op === "replace" &&
              changed.hitPolicy === one.hitPolicy
            ) {
              expect(after.overlaps.size).toBeLessThan(before.overlaps.size);
              expect(after.gaps.length).toBe(before.gaps.length);
            }
          }
        }
      }),
      { numRuns: RUNS / 2 },
    );
    expect(fixed).toBeGreaterThan(RUNS / 2);
  }, 600_000);
});
