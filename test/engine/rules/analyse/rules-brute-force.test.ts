import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import type { Json } from "#engine/words/json.ts";
import { told } from "./brute-force.ts";
import { grid, opaque, presence, rulesetOf, typed } from "./random-rules.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 10_000 : 200;
function truth(ruleset: RulesetBody) {
  const compiled = compileRuleset(ruleset);
  const winners = new Set<number>();
  const holds = new Set<number>();
  const conflicts = new Set<string>();
  let gap = false;
  const at = (facts: Record<string, Json>) => compiled.decide((fact) => facts[fact]);
  for (const facts of grid(ruleset)) {
    const { verdicts, winner } = at(facts);
    if (winner) winners.add(winner.index);
    const skip = ruleset.missing === "skip";
    if (verdicts.every(({ result }) => result === false || (skip && result === "not evaluated"))) gap = true;
    const yes = verdicts.filter(({ result }) => result === true);
    for (const { index } of yes) holds.add(index);
    for (const a of yes) {
      for (const b of yes) {
        if (a.index < b.index && a.priority === b.priority && a.event.type !== b.event.type)
          conflicts.add(`${a.index} ${b.index}`);
      }
    }
  }
  return { winners, holds, conflicts, gap, at };
}

const everything = { most: 10_000 };

describe("analysis of rules against brute force on random rule sets", () => {
  it("F70: gaps, conflicts, masked rules and rules that never hold are exactly those there are", () => {
    let conflicts = 0;
    let masked = 0;
    fc.assert(
      fc.property(rulesetOf(fc.oneof({ weight: 6, arbitrary: typed }, presence)), (ruleset) => {
        const known = truth(ruleset);
        const analysis = analyseRuleset(ruleset, everything);
        expect(told(analysis, "not-analysed", "stopped-looking")).toEqual([]);
        const gaps = told(analysis, "gap", "threshold-gap");
        expect(gaps.length > 0).toBe(known.gap);
        const found = told(analysis, "conflict");
        conflicts += found.length;
        expect(new Set(found.map(({ rules = [] }) => rules.join(" ")))).toEqual(known.conflicts);
        for (const { sample = {}, rules = [] } of found) {
          const yes = known.at(sample).verdicts.filter(({ result }) => result === true);
          expect(yes.map(({ index }) => index)).toEqual(expect.arrayContaining(rules));
        }
        const never = ruleset.rules?.flatMap((_, index) => (known.holds.has(index) ? [] : [index]));
        const hidden = told(analysis, "masked", "duplicate").map(({ rules = [] }) => rules[0] as number);
        masked += hidden.length;
        const expected = ruleset.rules?.flatMap((_, index) =>
          known.winners.has(index) || never?.includes(index) ? [] : [index],
        );
        expect(hidden.sort()).toEqual(expected);
        for (const { path, rules = [] } of told(analysis, "never-holds")) {
          if (path.endsWith("/conditions")) expect(never).toContain(rules[0]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(conflicts).toBeGreaterThan(RUNS / 8);
    expect(masked).toBeGreaterThan(RUNS / 20);
  }, 600_000);

  it("where some comparisons are not understood nothing false is claimed, and that is said", () => {
    fc.assert(
      fc.property(rulesetOf(fc.oneof({ weight: 3, arbitrary: typed }, { weight: 2, arbitrary: opaque })), (ruleset) => {
        const known = truth(ruleset);
        const analysis = analyseRuleset(ruleset, everything);
        const unclear = /textContains|"fact":"whole"\}|"list"/.test(JSON.stringify(ruleset.rules));
        expect(told(analysis, "not-analysed").length > 0).toBe(unclear);
        if (told(analysis, "gap", "threshold-gap").length > 0) expect(known.gap).toBe(true);
        for (const { rules = [] } of told(analysis, "conflict")) expect(known.conflicts).toContain(rules.join(" "));
        for (const { rules = [] } of told(analysis, "masked", "duplicate"))
          expect(known.winners).not.toContain(rules[0]);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);
});
