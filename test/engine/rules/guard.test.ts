import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConditionTrace } from "#engine/rules/explain.ts";
import type { FactReader } from "#engine/rules/facts.ts";
import { compileConditions, explainConditions } from "#engine/rules/guard.ts";
import { IssuesError } from "#engine/words/issue.ts";

const reader =
  (facts: Record<string, unknown>): FactReader =>
  (fact) =>
    facts[fact];
const atLeast = (fact: string, value: number) => ({ fact, operator: "greaterThanInclusive", value });

describe("compiled conditions", () => {
  const attainment = {
    fact: "metric",
    params: { id: "sales" },
    path: "$.attainment",
    operator: "lessThan",
    value: 0.8,
  };

  it("KA2: a missing fact is never false: in all false wins, then not evaluated; in any true wins", () => {
    const all = compileConditions({ all: [atLeast("a", 1), atLeast("b", 1)] });
    expect(all.test(reader({ a: 0 }))).toBe(false);
    expect(all.test(reader({ a: 2 }))).toBe("not evaluated");
    expect(all.missing(reader({ a: 2 }))).toEqual([{ fact: "b" }]);
    expect(all.missing(reader({ a: 0 }))).toEqual([]);
    const any = compileConditions({ any: [atLeast("a", 1), atLeast("b", 1)] });
    expect(any.test(reader({ a: 2 }))).toBe(true);
    expect(any.test(reader({ a: 0 }))).toBe("not evaluated");
    expect(compileConditions({ not: atLeast("a", 1) }).test(reader({}))).toBe("not evaluated");
  });

  it("KA2: a metric without a value, or of nothing but null, is not evaluated either", () => {
    const guard = compileConditions({ all: [attainment] });
    expect(guard.test(reader({ metric: { attainment: 0.7 } }))).toBe(true);
    expect(guard.test(reader({ metric: { attainment: null } }))).toBe("not evaluated");
    expect(guard.test(reader({ metric: {} }))).toBe("not evaluated");
    expect(guard.missing(reader({}))).toEqual([{ fact: "metric", params: { id: "sales" }, path: "$.attainment" }]);
  });

  it("isMissing, isPresent and a comparison with null ask for just that", () => {
    const test = (leaf: object, facts: Record<string, unknown>) =>
      compileConditions({ all: [leaf] }).test(reader(facts));
    expect(test({ fact: "x", operator: "isMissing", value: true }, {})).toBe(true);
    expect(test({ fact: "x", operator: "isPresent", value: true }, {})).toBe(false);
    expect(test({ fact: "x", operator: "isMissing", value: false }, { x: 1 })).toBe(true);
    expect(test({ fact: "x", operator: "equal", value: null }, { x: null })).toBe(true);
    expect(test({ fact: "x", operator: "equal", value: null }, {})).toBe("not evaluated");
  });

  it("a value that the operator cannot take leaves the verdict open and is named", () => {
    const guard = compileConditions({ all: [{ fact: "grade", operator: "in", value: { fact: "grades" } }] });
    expect(guard.test(reader({ grade: "L3", grades: ["L3"] }))).toBe(true);
    expect(guard.test(reader({ grade: "L3", grades: 7 }))).toBe("not evaluated");
    expect(guard.missing(reader({ grade: "L3", grades: 7 }))).toEqual([{ fact: "grades" }]);
  });

  it("tells every place that it reads, each once, without running", () => {
    const shared = { senior: { all: [{ fact: "person.grade", operator: "in", value: { fact: "parameter.grades" } }] } };
    const guard = compileConditions(
      { any: [attainment, { not: attainment }, { condition: "senior" }] },
      { shared: shared as never },
    );
    expect(guard.facts).toEqual([
      { fact: "metric", params: { id: "sales" }, path: "$.attainment" },
      { fact: "person.grade" },
      { fact: "parameter.grades" },
    ]);
  });

  it("reads a fact at most once for a question, however many conditions ask", () => {
    let reads = 0;
    const guard = compileConditions({ all: [atLeast("a", 1), atLeast("a", 2), atLeast("a", 3)] });
    guard.test(() => {
      reads++;
      return 5;
    });
    expect(reads).toBe(1);
  });

  it("refuses a parameter as an operand, which would never fire, with the way to write it", () => {
    const bad = { all: [{ fact: "days", operator: "greaterThan", value: { parameter: "resolveDays" } }] };
    const refused = (() => {
      try {
        compileConditions(bad, { at: "/rules/0/conditions" });
      } catch (cause) {
        return cause;
      }
    })();
    expect(refused).toBeInstanceOf(IssuesError);
    expect((refused as IssuesError).issues[0]).toMatchObject({
      code: "parameter-operand",
      path: "/rules/0/conditions/all/0/value",
      hint: 'write { "fact": "parameter.resolveDays" }',
    });
  });
});

const names = ["a", "b", "c"] as const;
const leaf = fc.record({
  fact: fc.constantFrom(...names),
  operator: fc.constantFrom("greaterThan", "lessThanInclusive", "equal", "notEqual"),
  value: fc.integer({ min: 0, max: 3 }),
});
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    leaf,
    fc.record({ all: fc.array(tie("node"), { maxLength: 3, depthIdentifier: "tree" }) }),
    fc.record({ any: fc.array(tie("node"), { maxLength: 3, depthIdentifier: "tree" }) }),
    fc.record({ not: tie("node") }),
  ),
}));
const top = fc.record({ all: fc.array(node, { minLength: 1, maxLength: 3 }) });
const values = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined })])),
);
const leaves = (trace: ConditionTrace): ConditionTrace[] =>
  trace.kind === "comparison" ? [trace] : trace.members.flatMap(leaves);

describe("three-valued logic over random conditions", () => {
  it("knowing more never turns a verdict of true or false", () => {
    fc.assert(
      fc.property(
        top,
        values,
        fc.record(Object.fromEntries(names.map((name) => [name, fc.integer({ min: 0, max: 3 })]))),
        (conditions, some, rest) => {
          const guard = compileConditions(conditions);
          const before = guard.test(reader(some));
          const known = Object.fromEntries(names.map((name) => [name, some[name] ?? rest[name]]));
          const after = guard.test(reader(known));
          expect(after).not.toBe("not evaluated");
          if (before !== "not evaluated") expect(after).toBe(before);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("is not evaluated exactly when it names a missing fact, and each named one is really missing", () => {
    fc.assert(
      fc.property(top, values, (conditions, some) => {
        const guard = compileConditions(conditions);
        const missing = guard.missing(reader(some));
        expect(guard.test(reader(some)) === "not evaluated").toBe(missing.length > 0);
        for (const use of missing) expect(some[use.fact]).toBeUndefined();
      }),
      { numRuns: 1000 },
    );
  });

  it("ST8: the explanation agrees with the verdict, and something decides it", () => {
    fc.assert(
      fc.property(top, values, (conditions, some) => {
        const trace = explainConditions(conditions, reader(some));
        expect(trace.verdict).toBe(compileConditions(conditions).test(reader(some)));
        const asked = leaves(trace);
        if (trace.verdict === "not evaluated")
          expect(asked.some((one) => one.decides && one.verdict === "not evaluated")).toBe(true);
        expect(
          asked.every(
            (one) => one.kind === "comparison" && (some[one.fact] === undefined || one.actual === some[one.fact]),
          ),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
