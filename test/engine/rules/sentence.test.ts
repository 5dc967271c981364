import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conditionInWords } from "#engine/rules/condition-words.ts";
import { compileConditions } from "#engine/rules/guard.ts";
import { OPERATORS } from "#engine/rules/operators.ts";
import { parseSentence } from "#engine/rules/parse-sentence.ts";
import type { FactType } from "#engine/rules/ruleset.ts";

const facts: Record<string, FactType> = {
  "person.department": { type: "choice", title: "department" },
  attainment: { type: "percent", title: "sales attainment" },
  "case.days": { type: "number", unit: "days" },
  rating: { type: "number" },
  "person.lastReviewDate": { type: "date" },
  left: { type: "boolean" },
  tags: { type: "list" },
  "all.scores": { type: "list", title: "scores" },
  "parameter.low": { type: "number" },
};
const uses = [{ fact: "metric", params: { id: "laptops-sold", of: "$subject" }, path: "$.attainment" }];
const options = { facts, uses, shared: ["senior", "on probation"] };
const parsed = (text: string) => {
  const read = parseSentence(text, options);
  return read.ok ? read.conditions : read.issues.map(({ message, hint }) => `${message} ${hint ?? ""}`.trim());
};
const shared = {
  senior: { all: [{ fact: "rating", operator: "greaterThan", value: 3 }] },
  "on probation": { all: [{ fact: "left", operator: "equal", value: true }] },
};
const said = (conditions: unknown) => conditionInWords(conditions, { facts, shared });

describe("a rule as a sentence", () => {
  it.each<[string, unknown]>([
    ["rating is at least 4", { all: [{ fact: "rating", operator: "greaterThanInclusive", value: 4 }] }],
    ["sales attainment is below 57.3 %", { all: [{ fact: "attainment", operator: "lessThan", value: 0.573 }] }],
    [
      'department is one of sales, support or (rating is 3 and not "senior")',
      {
        any: [
          { fact: "person.department", operator: "in", value: ["sales", "support"] },
          { all: [{ fact: "rating", operator: "equal", value: 3 }, { not: { condition: "senior" } }] },
        ],
      },
    ],
    ["days is between 3 days and 15 days", { all: [{ fact: "case.days", operator: "between", value: [3, 15] }] }],
    [
      "last review date is between 2026-01-01 and 2026-03-31 and left is no",
      {
        all: [
          { fact: "person.lastReviewDate", operator: "dateBetween", value: ["2026-01-01", "2026-03-31"] },
          { fact: "left", operator: "equal", value: false },
        ],
      },
    ],
    [
      "last review date is not before 2026-01-01",
      { not: { fact: "person.lastReviewDate", operator: "dateBefore", value: "2026-01-01" } },
    ],
    ["some of scores is above 3", { all: [{ fact: "all.scores", operator: "someFact:greaterThan", value: 3 }] }],
    [
      "rating is below parameter low",
      { all: [{ fact: "rating", operator: "lessThan", value: { fact: "parameter.low" } }] },
    ],
    ["laptops sold attainment is above 1", { all: [{ ...uses[0], operator: "greaterThan", value: 1 }] }],
    ["rating is known", { all: [{ fact: "rating", operator: "isPresent", value: true }] }],
    ["always", { all: [] }],
  ])("F17: %j is read, and written again", (text, conditions) => {
    expect(parsed(text)).toEqual(conditions);
    expect(said(conditions)).toBe(text);
  });

  it.each<[string, RegExp]>([
    ["departmnt is sales", /There is no fact called "departmnt"\. Did you mean "department"\?/],
    ["rating is big enough", /./],
    ["rating exceeds 4", /A comparison is expected, at "exceeds 4"/],
    ["rating is 1 and left is yes or left is no", /"and" or "or", not both, at "or left is no"/],
    ["(rating is 1", /A bracket is not closed, at its end/],
    ['"seniors"', /There is no condition called "seniors"\. Did you mean "senior"\?/],
    ["days is between 3", /needs two values/],
    ['department is "sales', /cannot be read|not closed/],
    ["", /There is no fact called ""/],
    ["rating is", /A value is expected/],
  ])("%j is told what is wrong with it, or taken for a text", (text, problem) => {
    const read = parsed(text);
    if (text === "rating is big enough")
      expect(read).toEqual({ all: [{ fact: "rating", operator: "equal", value: "big enough" }] });
    else expect(String(read)).toMatch(problem);
  });

  const text = fc.oneof(
    fc.constantFrom(
      "sales",
      "Sales and support",
      "a, b",
      "yes",
      "no",
      "5",
      "80 %",
      "3 days",
      "rating",
      "nothing",
      "",
      " x",
      '"q"',
      "(x)",
      "2026-01-01",
      "x or y",
      "[1]",
      "an empty list",
      "the text x",
    ),
    fc.string({ maxLength: 12 }),
  );
  const number = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  );
  const day = fc.constantFrom("2026-01-01", "2026-02-28", "2026-12-31");
  const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null), day);
  const literal = {
    same: scalar,
    number,
    text,
    list: fc.array(scalar, { maxLength: 3 }),
    date: day,
    dates: fc.tuple(day, day),
    range: fc.tuple(number, number),
    percent: number,
    none: fc.boolean(),
  };
  const leaf = fc
    .tuple(
      fc.constantFrom(...OPERATORS),
      fc.constantFrom(...Object.keys(facts)),
      fc.array(fc.constantFrom("someFact", "everyFact", "someValue", "everyValue", "swap", "not"), { maxLength: 2 }),
      fc.integer({ min: 0, max: 3 }),
    )
    .chain(([row, fact, decorators, plain]) =>
      literal[row.argument].map((value) => ({
        fact,
        operator: [...(plain > 0 ? [] : decorators), row.name].join(":"),
        value: plain === 3 && row.argument === "number" ? { fact: "parameter.low" } : value,
      })),
    )
    // What can never work is refused before it could be said.
    .filter((one) => {
      try {
        compileConditions({ all: [one] });
        return true;
      } catch {
        return false;
      }
    });
  const { node } = fc.letrec<{ node: object }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: "sentence" },
      { weight: 3, arbitrary: leaf },
      fc.record({ all: fc.array(tie("node"), { maxLength: 3, depthIdentifier: "sentence" }) }),
      fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3, depthIdentifier: "sentence" }) }),
      fc.record({ not: tie("node") }),
      fc.record({ condition: fc.constantFrom("senior", "on probation") }),
    ),
  }));
  const top = fc.oneof(fc.record({ all: fc.array(node, { maxLength: 3 }) }), fc.record({ not: node }));

  it("F17: round-trips every operator, decorator and group: sentence, JSON, the same sentence", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(top, (conditions) => {
        const sentence = conditionInWords(conditions, { facts, shared });
        const read = parseSentence(sentence, options);
        if (!read.ok) throw new Error(`${sentence}: ${read.issues[0]?.message}`);
        expect(conditionInWords(read.conditions, { facts, shared })).toBe(sentence);
        for (const [, name] of JSON.stringify(conditions).matchAll(/"operator":"(?:\w+:)*(\w+)"/g))
          seen.add(name as string);
      }),
      { numRuns: process.env.RONDO_LONG === "1" ? 30_000 : 2_000 },
    );
    expect(seen.size).toBe(OPERATORS.length);
  }, 60_000);

  it("F17: means the same after the round trip, for facts of the types that the operators are for", () => {
    const fitting: Record<string, string> = {
      number: "rating",
      range: "case.days",
      date: "person.lastReviewDate",
      dates: "person.lastReviewDate",
      text: "person.department",
      list: "person.department",
    };
    const values = fc.record(
      {
        rating: fc.integer({ min: -5, max: 5 }),
        "case.days": fc.integer({ min: -5, max: 5 }),
        "person.lastReviewDate": day,
        "person.department": fc.constantFrom("sales", "support", "a, b", "yes", "5"),
      },
      { requiredKeys: [] },
    );
    const plain = fc.constantFrom(...OPERATORS.filter((row) => row.argument in fitting)).chain((row) =>
      fc.tuple(literal[row.argument], fc.boolean()).map(([value, negated]) => {
        const one = { fact: fitting[row.argument], operator: row.name, value };
        return negated ? { not: one } : one;
      }),
    );
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 3 }), values, (members, known) => {
        const conditions = { any: members };
        const read = parseSentence(said(conditions), options);
        if (!read.ok) throw new Error(read.issues[0]?.message);
        const reader = (fact: string) => (known as Record<string, unknown>)[fact];
        expect(compileConditions(read.conditions).test(reader)).toBe(compileConditions(conditions).test(reader));
      }),
      { numRuns: process.env.RONDO_LONG === "1" ? 20_000 : 1_000 },
    );
  }, 60_000);
});
