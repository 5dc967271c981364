import { describe, expect, it } from "vitest";
import { catalogueOf } from "#engine/definition/catalogue.ts";
import { lint } from "#engine/lint/run.ts";
import { document, found, GOOD_STEPS, lintOf, NEIGHBOURS, workflow } from "./documents.ts";

const head = { kind: "ruleset", schema: 1, id: "low", title: "Low" };
const rule = (conditions: unknown, type = "low") => ({ conditions, event: { type, params: { why: "rating" } } });
const rating = (operator: string, value: unknown, more: object = {}) => ({
  all: [{ fact: "case.rating", operator, value, ...more }],
});
const rules = (...list: unknown[]) => ({ ...head, rules: list });
const table = (rows: unknown[], more: object = {}) => ({
  ...head,
  table: {
    hitPolicy: "first",
    columns: [{ fact: "case.rating", type: "number" }],
    outputs: [{ name: "event" }, { name: "factor" }],
    rows,
    ...more,
  },
});
const decided = (ruleset: unknown, on: object) => {
  const flow = document(workflow({ outlier: { ...GOOD_STEPS.outlier, rules: "low", on } }));
  return lint(flow, catalogueOf([...NEIGHBOURS, document(ruleset)])).map(({ code, path }) => `${code} ${path}`);
};

describe("the dictionary of facts", () => {
  const facts = {
    "case.rating": { type: "number", min: 1, max: 5 },
    left: { type: "boolean" },
    team: { type: "text" },
  };
  const own = (source: unknown) =>
    lint(document(source), catalogueOf([...NEIGHBOURS, document(source)]))
      .filter(({ severity }) => severity === "error")
      .map(({ code, path }) => `${code} ${path}`);
  const read = (fact: string, operator: string, value: unknown) =>
    own({ ...rules(rule({ all: [{ fact, operator, value }] })), facts });

  it("F21, ST8: an unknown field or a wrong type is refused at publish, before anything runs", () => {
    expect(read("case.rating", "lessThan", 2)).toEqual([]);
    expect(read("person.role", "equal", "sales")).toEqual([]);
    expect(read("time.today", "dateBefore", "2026-01-01")).toEqual([]);
    expect(read("case.ratng", "lessThan", 2)).toEqual(["unknown-fact /rules/0/conditions/all/0/fact"]);
    expect(read("salary", "lessThan", 2)).toEqual(["unknown-fact /rules/0/conditions/all/0/fact"]);
    expect(read("case.rating", "lessThan", "2")).toEqual(["rules-wrong-type /rules/0/conditions/all/0/value"]);
    expect(read("team", "greaterThan", 2)).toEqual(["rules-wrong-type /rules/0/conditions/all/0/operator"]);
    expect(read("left", "textContains", "y")).toEqual(["rules-wrong-type /rules/0/conditions/all/0/operator"]);
  });
});

describe("rule sets", () => {
  it.each<[string, unknown, string[]]>([
    ["has nothing to say against good rules", rules(rule(rating("lessThan", 2))), []],
    [
      "refuses a parameter as an operand, once",
      rules(rule(rating("lessThan", { parameter: "days" }))),
      ["parameter-as-operand /rules/0/conditions/all/0/value"],
    ],
    [
      "refuses an unknown operator, once",
      rules(rule(rating("lesThan", 2))),
      ["unknown-operator /rules/0/conditions/all/0/operator"],
    ],
    [
      "refuses a condition nobody defined",
      rules(rule({ condition: "nobody" })),
      ["unknown-condition /rules/0/conditions/condition"],
    ],
    [
      "has nothing to say against a good table",
      table([{ cells: ["< 2"], out: ["low", 1] }], { default: ["fine", 1] }),
      [],
    ],
    [
      "tells of a gap, which a publish survives",
      table([{ cells: ["< 2"], out: ["low", 1] }]),
      ["rules-gap /table/rows"],
    ],
    [
      "refuses rules that can never hold",
      rules(rule({ all: [...rating("lessThan", 2).all, ...rating("greaterThan", 4).all] })),
      ["rules-never-holds /rules/0/conditions"],
    ],
  ])("%s", (_name, source, expected) => {
    expect(found(source)).toEqual(expected);
  });

  it("ST4: stops a publish where two rows of a unique table answer the same input, with a sample", () => {
    const rows = [
      { cells: ["<= 2"], out: ["low", 1] },
      { cells: [">= 2"], out: ["fine", 1] },
    ];
    expect(lintOf(table(rows, { hitPolicy: "unique" }))).toEqual([
      {
        code: "rules-threshold-overlap",
        path: "/table/rows/1",
        severity: "error",
        message:
          "Row 1 and row 2 meet, and rating exactly 2 is answered by both, but only one row may answer. For example rating 2.",
        hint: 'Narrow row 1: write "< 2" under rating.',
      },
    ]);
  });

  it("refuses a cell that cannot be read", () => {
    const issues = lintOf(table([{ cells: ["< two"], out: ["low", 1] }]));
    expect(issues.map(({ path, severity }) => [path, severity])).toEqual([["/table/rows/0/cells/0", "error"]]);
  });

  it("runs the tests of a rule set: a red one is an error", () => {
    const test = (facts: object, expect: object) => ({ title: "t", facts, expect });
    const good = {
      ...rules(rule(rating("lessThan", 2))),
      tests: [
        test({ "case.rating": 1 }, { event: "low", params: { why: "rating" } }),
        test({ "case.rating": 3 }, { event: "otherwise" }),
        test({}, { event: "not-evaluated" }),
      ],
    };
    expect(found(good)).toEqual([]);
    const red = {
      ...good,
      tests: [
        test({ "case.rating": 3 }, { event: "low" }),
        test({ "case.rating": 1 }, { event: "low", params: { why: "mood" } }),
      ],
    };
    expect(found(red)).toEqual(["test-red /tests/0", "test-red /tests/1"]);
  });
});

describe("a decision by a table", () => {
  const onward = { otherwise: "closed", "not-evaluated": "agree" };
  it("leads on from each event that a row or the default names", () => {
    const named = table([{ cells: ["< 2"], out: ["low", 1] }], { default: ["fine", 1] });
    expect(decided(named, { ...onward, low: "agree", fine: "closed" })).toEqual([]);
    expect(decided(named, { ...onward, low: "agree" })).toEqual(["rule-without-way /steps/outlier/on"]);
  });

  it("emits one event where rows are collected", () => {
    const collected = table([{ cells: ["< 2"], out: ["low", 1] }], { hitPolicy: "rule-order", event: "seen" });
    expect(decided(collected, { ...onward, seen: "agree" })).toEqual([]);
  });
});
