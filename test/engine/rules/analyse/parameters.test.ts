import { describe, expect, it } from "vitest";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import { proposeTests } from "#engine/rules/analyse/propose-tests.ts";
import { coverageOf } from "#engine/rules/coverage.ts";
import type { ParameterisedRuleset } from "#engine/rules/parameter-values.ts";
import type { Json } from "#engine/words/json.ts";

const days = (operator: string, value: Json) => ({ all: [{ fact: "complaint.age", operator, value }] });
const resolveDays = { fact: "parameter.resolveDays" };
const ruleset = (upper: Json, lower: Json): ParameterisedRuleset => ({
  parameters: { resolveDays: { default: 15 } },
  facts: { "complaint.age": { type: "integer", title: "age of the complaint", min: 0, max: 90 } },
  rules: [
    { name: "late", conditions: days("greaterThan", upper), event: { type: "escalate" } },
    { name: "in time", conditions: days("lessThan", lower), event: { type: "wait" } },
  ],
});
const findings = (one: ParameterisedRuleset, parameters = {}) =>
  analyseRuleset(one, { parameters }).findings.map(({ code, words, sample }) => ({ code, words, sample }));

describe("thresholds that are parameters", () => {
  it("ST4, F67: take their value, so that the gap at the threshold is exact, and the finding says with which", () => {
    expect(findings(ruleset(resolveDays, resolveDays))).toEqual([
      {
        code: "threshold-gap",
        words: expect.stringMatching(/age of the complaint exactly 15 .*\(with resolveDays = 15\)\.$/),
        sample: { "complaint.age": 15 },
      },
    ]);
    expect(findings(ruleset(resolveDays, 16))).toEqual([]);
  });

  it("F70: a sheet's value counts before the default; what was sound with one may conflict with another", () => {
    const sound = ruleset(resolveDays, 16);
    const [conflict] = findings(sound, { resolveDays: 10 });
    expect(conflict?.code).toBe("conflict");
    expect(conflict?.words).toMatch(/\(with resolveDays = 10\)\.$/);
    expect(conflict?.sample?.["complaint.age"]).toBeGreaterThan(10);
    expect(conflict?.sample?.["complaint.age"]).toBeLessThan(16);
  });

  it("a parameter that nobody knows is said not to be analysed, and nothing is claimed", () => {
    const { parameters: _, ...unknown } = ruleset(resolveDays, 16);
    expect(findings(unknown).map(({ code }) => code)).toEqual(["not-analysed"]);
  });

  it("ST5, F76: tests and proposed tests know the defaults, and keep the values they were found with", () => {
    const proposed = proposeTests(ruleset(resolveDays, 16));
    expect(proposed.map(({ test }) => test.facts["parameter.resolveDays"])).toEqual([15, 15]);
    const tests = [{ title: "late", facts: { "complaint.age": 16 }, expect: { event: "escalate" } }];
    const covered = coverageOf({ ...ruleset(resolveDays, 16), tests });
    expect(covered?.runs.map(({ green }) => green)).toEqual([true]);
    const all = coverageOf({ ...ruleset(resolveDays, 16), tests: proposed.map(({ test }) => test) });
    expect(all?.share).toBe(1);
    expect(all?.runs.every(({ green }) => green)).toBe(true);
  });
});
