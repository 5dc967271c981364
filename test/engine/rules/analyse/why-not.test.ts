import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedReader } from "#engine/rules/analyse/changed-facts.ts";
import { whyNot, whyNotOutcome } from "#engine/rules/analyse/why-not.ts";
import { compileRuleset, type RulesetBody } from "#engine/rules/decide.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import { compileConditions } from "#engine/rules/guard.ts";
import type { Json } from "#engine/words/json.ts";
import { FACTS, GRID, grid, opaque, presence, rulesetOf, typed } from "./random-rules.ts";

const RUNS = process.env.RONDO_LONG === "1" ? 5_000 : 300;
const reader =
  (facts: Record<string, Json>): FactReader =>
  (fact) =>
    facts[fact];

const values = Object.fromEntries(Object.entries(GRID).map(([fact, some]) => [fact, fc.constantFrom(...some)]));
/** Facts taken from the grid: all of them, or with some missing. */
const someFacts = fc.oneof(
  { weight: 3, arbitrary: fc.record(values) },
  fc.record(values, { requiredKeys: [] }),
) as fc.Arbitrary<Record<string, Json>>;

/** The fewest facts that must change, by trying every combination. */
function fewest(ruleset: RulesetBody, facts: Record<string, Json>, holds: (read: FactReader) => boolean): number {
  let best = Number.POSITIVE_INFINITY;
  for (const other of grid(ruleset)) {
    const merged = { ...facts, ...other };
    const changed = Object.keys(other).filter((fact) => fact !== "list" && other[fact] !== facts[fact]).length;
    if (changed < best && holds(reader({ ...merged, ...(facts.list === undefined ? {} : { list: facts.list }) })))
      best = changed;
  }
  return best;
}

describe("why not?", () => {
  it("F66: the facts changed as it says, the verdict flips, and no fewer facts would do", () => {
    let flipped = 0;
    fc.assert(
      fc.property(
        rulesetOf(fc.oneof({ weight: 6, arbitrary: typed }, presence)),
        someFacts,
        fc.boolean(),
        (ruleset, facts, wanted) => {
          const conditions = ruleset.rules?.[0]?.conditions;
          const compiled = compileConditions(conditions);
          const answer = whyNot(conditions, reader(facts), wanted, { facts: FACTS });
          const known = Object.keys(facts).length === Object.keys(GRID).length;
          if (!answer.possible) {
            expect(
              known
                ? fewest({ rules: ruleset.rules?.slice(0, 1) }, facts, (read) => compiled.test(read) === wanted)
                : Number.POSITIVE_INFINITY,
            ).toBe(Number.POSITIVE_INFINITY);
            return;
          }
          flipped++;
          const { changes } = answer;
          expect(compiled.test(changedReader(reader(facts), changes))).toBe(wanted);
          expect(answer.smallest).toBe(true);
          if (known)
            expect(changes.length).toBe(
              fewest({ rules: ruleset.rules?.slice(0, 1) }, facts, (read) => compiled.test(read) === wanted),
            );
        },
      ),
      { numRuns: RUNS },
    );
    expect(flipped).toBeGreaterThan(RUNS / 3);
  }, 600_000);

  it("F66: the same for the event of a rule set, whatever goes before it", () => {
    let flipped = 0;
    fc.assert(
      fc.property(rulesetOf(typed), someFacts, fc.constantFrom("x", "y", "otherwise"), (ruleset, facts, event) => {
        const compiled = compileRuleset(ruleset);
        const answer = whyNotOutcome(ruleset, reader(facts), { event });
        const known = Object.keys(facts).length === Object.keys(GRID).length;
        const holds = (read: FactReader) => compiled.decide(read).outcome === event;
        if (!answer.possible) {
          if (known) expect(fewest(ruleset, facts, holds)).toBe(Number.POSITIVE_INFINITY);
          return;
        }
        flipped++;
        expect(holds(changedReader(reader(facts), answer.changes))).toBe(true);
        if (known) expect(answer.changes.length).toBe(fewest(ruleset, facts, holds));
      }),
      { numRuns: RUNS },
    );
    expect(flipped).toBeGreaterThan(RUNS / 3);
  }, 600_000);

  it("what it cannot analyse it leaves as it is, and still the verdict flips", () => {
    fc.assert(
      fc.property(rulesetOf(fc.oneof(typed, opaque)), someFacts, fc.boolean(), (ruleset, facts, wanted) => {
        const conditions = ruleset.rules?.[0]?.conditions;
        const given = { ...facts, list: ["a"] };
        const answer = whyNot(conditions, reader(given), wanted, { facts: FACTS });
        if (!answer.possible) return;
        expect(compileConditions(conditions).test(changedReader(reader(given), answer.changes))).toBe(wanted);
      }),
      { numRuns: RUNS },
    );
  }, 600_000);

  const sales = {
    fact: "metric",
    params: { id: "sales" },
    path: "$.attainment",
    operator: "lessThan",
    value: { fact: "parameter.low" },
  };
  const facts = {
    metric: { attainment: 0.84, state: "final" },
    "parameter.low": 0.8,
    grade: 3,
    "person.left": "2026-03-10",
  };

  it("F65: says by how much, and keeps what stands on the right", () => {
    expect(whyNot({ all: [sales] }, reader(facts), true)).toEqual({
      possible: true,
      smallest: true,
      changes: [
        {
          use: { fact: "metric", params: { id: "sales" }, path: "$.attainment" },
          from: 0.84,
          to: 0.79,
          words: "sales attainment were below 0.8 (it was 0.84)",
        },
      ],
      words: "Would have been so if sales attainment were below 0.8 (it was 0.84).",
    });
  });

  it("changes one fact rather than two, and the nearest way", () => {
    const conditions = {
      any: [
        { all: [sales, { fact: "grade", operator: "equal", value: 5 }] },
        { all: [{ fact: "person.left", operator: "dateAfter", value: "2026-03-31" }] },
        {
          all: [
            { fact: "grade", operator: "in", value: [7, 4] },
            { fact: "person.left", operator: "dateBefore", value: "2026-01-01" },
          ],
        },
      ],
    };
    const answer = whyNot(conditions, reader(facts), true);
    expect(answer.words).toBe("Would have been so if left were after 2026-03-31 (it was 2026-03-10).");
    expect(answer.possible && answer.changes[0]?.to).toBe("2026-04-01");
  });

  it("of a decision table: the row that would have answered", () => {
    const ruleset: RulesetBody = {
      table: {
        hitPolicy: "first",
        columns: [
          { fact: "attainment", type: "percent" },
          { fact: "team", type: "choice", of: ["a", "b"] },
        ],
        outputs: [{ name: "event" }],
        rows: [
          { cells: [">= 100%", "-"], out: ["high"] },
          { cells: ["80%..100%", "a"], out: ["good"] },
        ],
        default: ["none"],
      },
    };
    const ask = (event: string) => whyNotOutcome(ruleset, reader({ attainment: 0.7, team: "b" }), { event }).words;
    expect(ask("high")).toBe('Would have been "high" if attainment were at least 100 % (it was 70 %).');
    expect(ask("good")).toBe(
      'Would have been "good" if attainment were at least 80 % and below 100 % (it was 70 %) and team were a (it was b).',
    );
    expect(ask("none")).toBe('It is "none".');
    expect(ask("other")).toBe('No values of its facts make it "other".');
  });

  it("says why nothing would help", () => {
    const facts = { rating: { type: "number" as const, min: 1, max: 5 } };
    const never = { all: [{ fact: "rating", operator: "greaterThan", value: 5 }] };
    expect(whyNot(never, reader({ rating: 3 }), true, { facts })).toEqual({
      possible: false,
      words: "No values of its facts make it so.",
    });
    const opaque = { all: [{ fact: "tags", operator: "contains", value: "pip" }] };
    expect(whyNot(opaque, reader({}), true).words).toBe(
      'No change of the facts that can be analysed makes it so; it rests on tags: "contains" is outside what can be analysed exactly.',
    );
  });
});
