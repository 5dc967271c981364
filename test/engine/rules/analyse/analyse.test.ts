import { describe, expect, it } from "vitest";
import { analyseRuleset } from "#engine/rules/analyse/analyse.ts";
import { applyEdit } from "#engine/rules/analyse/apply-edit.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";
import type { DecisionTable } from "#engine/rules/table.ts";
import { computing } from "../../../support/computing.ts";

const columns: DecisionTable["columns"] = [
  { fact: "metric", params: { id: "sales" }, path: "$.attainment", type: "percent", title: "attainment" },
  { fact: "department", type: "choice", of: ["sales", "support", "intern"] },
];
const table = (hitPolicy: DecisionTable["hitPolicy"], rows: [string[], number][], more: object = {}): RulesetBody => ({
  table: {
    hitPolicy,
    columns,
    outputs: [{ name: "rate" }],
    rows: rows.map(([cells, out]) => ({ cells, out: [out] })),
    ...more,
  },
});
const said = (ruleset: RulesetBody) =>
  analyseRuleset(ruleset).findings.map(({ code, severity, words }) => `${severity} ${code}: ${words}`);

describe("a decision table is analysed", () => {
  it("ST4: a gap is named with a sample input, and a click closes it", () => {
    const ruleset = table("unique", [
      [["< 80%", "-"], 0],
      [[">= 80%", "sales"], 2],
      [[">= 80%", "support"], 1],
      [["[80%..90%)", "intern"], 1],
    ]);
    const [gap, ...others] = analyseRuleset(ruleset).findings;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({
      code: "gap",
      severity: "warning",
      words:
        "No row answers when attainment is at least 90 %, and department is intern. For example attainment 90 %, department intern.",
      sample: { metric: { attainment: 0.9 }, department: "intern" },
      fix: { words: 'Let row 4 answer it too: write ">= 80%" under attainment' },
    });
    expect(analyseRuleset(applyEdit(ruleset, gap?.fix?.edit ?? [])).findings).toEqual([]);
  });

  it("tells of the threshold that belongs to neither of two neighbours, and closes it upwards", () => {
    const ruleset = table("unique", [
      [["< 80%", "-"], 0],
      [["> 80%", "-"], 1],
    ]);
    const [gap] = analyseRuleset(ruleset).findings;
    expect(gap).toMatchObject({
      code: "threshold-gap",
      rows: [0, 1],
      words:
        "Row 1 ends before and row 2 begins after it: attainment exactly 80 % is answered by neither. For example attainment 80 %, department sales.",
      fix: { edit: [{ op: "replace", path: "/table/rows/1/cells/0", value: ">= 80%" }] },
    });
  });

  it("finds thresholds one apart where decimals may come, and none where they may not", () => {
    const rows: DecisionTable["rows"] = [
      { cells: ["<= 79"], out: [1] },
      { cells: [">= 80"], out: [2] },
    ];
    const days = (type: "number" | "integer", unit = {}): RulesetBody => ({
      facts: { days: { type, ...unit } },
      table: { hitPolicy: "unique", columns: [{ fact: "days", type: "number" }], outputs: [{ name: "level" }], rows },
    });
    expect(said(days("number"))).toEqual([
      "warning threshold-gap: Row 1 ends before and row 2 begins after it: days above 79 and below 80 is answered by neither. For example days 79.5.",
    ]);
    expect(said(days("integer"))).toEqual([]);
  });

  it("F69: a row is masked by meaning, not by text: > 5 behind > 3 moves before it by a click", () => {
    const ruleset = table("first", [
      [["> 3%", "-"], 1],
      [["> 5%", "sales"], 2],
      [["<= 3%", "-"], 0],
    ]);
    const [masked] = analyseRuleset(ruleset).findings;
    expect(masked).toMatchObject({
      code: "masked",
      rows: [1, 0],
      words:
        "Row 2 is never reached: row 1 answers all its inputs first. For example attainment 6 %, department sales.",
      fix: { words: "Move row 2 before row 1" },
    });
    expect(analyseRuleset(applyEdit(ruleset, masked?.fix?.edit ?? [])).findings).toEqual([]);
  });

  it("F69: names the rows that mask only together", () => {
    const ruleset = table("first", [
      [["< 50%", "-"], 1],
      [["-", "intern"], 3],
      [[">= 50%", "-"], 2],
      [["20%..90%", "sales"], 4],
    ]);
    expect(analyseRuleset(ruleset).findings).toMatchObject([{ code: "masked", rows: [3, 0, 2] }]);
  });

  it("says which cells and columns it could not compare, and claims nothing that rests on them", () => {
    const at = { fact: "at", type: "date" as const };
    const rows = [
      { cells: [">= 2026-01-01T10:00Z"], out: [1] },
      { cells: ["-"], out: [2] },
    ];
    expect(said({ table: { hitPolicy: "unique", columns: [at], outputs: [{ name: "rate" }], rows } })).toEqual([
      "info not-analysed: Row 1: only partly analysed (at: some cells name a time of day, and those compare differently with dates and with moments). Nothing is claimed that rests on it.",
    ]);
  });

  it("stops at its limit, and says so", () => {
    const rows = Array.from({ length: 60 }, (_, at) => ({ cells: [`${at}..${at + 9}`], out: [at] }));
    const ruleset: RulesetBody = {
      table: { hitPolicy: "unique", columns: [{ fact: "x", type: "number" }], outputs: [{ name: "y" }], rows },
    };
    const cut = analyseRuleset(ruleset, { steps: 100 });
    expect(cut.complete).toBe(false);
    expect(cut.findings.map(({ code }) => code)).toContain("stopped-looking");
    expect(analyseRuleset(ruleset, { most: 3 }).findings.map(({ code }) => code)).toEqual([
      "overlap",
      "overlap",
      "overlap",
      "more",
      "gap",
      "gap",
    ]);
  });

  it("tells of cells outside the range of their column, and of cells that ask nothing", () => {
    const score = { fact: "score", type: "number" as const, min: 1, max: 5 };
    const rows = [
      { cells: ["> 5"], out: [1] },
      { cells: [">= 1"], out: [2] },
    ];
    expect(said({ table: { hitPolicy: "unique", columns: [score], outputs: [{ name: "rate" }], rows } })).toEqual([
      'error never-holds: Row 1, score: "> 5" can never hold between 1 and 5, so the row never answers.',
      'info always-holds: Row 2, score: ">= 1" holds for every value between 1 and 5.',
    ]);
  });

  it("does away with two gaps and one overlap of a commission table of 40 rows by clicks", () => {
    const bands = [
      "< 50%",
      "[50%..80%)",
      "[80%..90%)",
      "[90%..100%)",
      "[100%..110%)",
      "[110%..120%)",
      "[120%..150%)",
      ">= 150%",
    ];
    const grades = ["< 2", "[2..3)", "[3..4)", "[4..5)", ">= 5"];
    const rows = bands.flatMap((band, b) => grades.map((grade, g) => ({ cells: [band, grade], out: [b * 10 + g] })));
    const change = (row: number, cell: number, text: string) => {
      (rows[row] as { cells: string[] }).cells[cell] = text;
    };
    change(7, 0, "(50%..80%)");
    change(22, 1, "[3..3.5)");
    change(33, 0, "[120%..150%]");
    const ruleset: RulesetBody = {
      facts: { grade: { type: "number" } },
      table: {
        hitPolicy: "unique",
        columns: [columns[0] as (typeof columns)[0], { fact: "grade", type: "number" }],
        outputs: [{ name: "rate" }],
        rows,
      },
    };
    let current = ruleset;
    const codes: string[] = [];
    for (let [finding] = analyseRuleset(current).findings; finding; [finding] = analyseRuleset(current).findings) {
      codes.push(finding.code);
      current = applyEdit(current, finding.fix?.edit ?? []);
    }
    expect(codes).toEqual(["threshold-overlap", "threshold-gap", "gap"]);
    expect(current.table?.rows).toHaveLength(40);
  });
});

describe("a table of 1,000 rows by 6 columns", () => {
  const names = ["a", "b", "c", "d", "e", "f"];
  const made = (rows: string[][], hitPolicy: DecisionTable["hitPolicy"]): RulesetBody => ({
    table: {
      hitPolicy,
      columns: names.map((fact) => ({ fact, type: "number" })),
      outputs: [{ name: "rate" }],
      rows: rows.map((cells, at) => ({ cells, out: [at] })),
    },
  });
  const band = (at: number, of: number) =>
    at === 0 ? "< 10" : at === of - 1 ? `>= ${at * 10}` : `[${at * 10}..${at * 10 + 10})`;
  const sizes = [5, 5, 5, 2, 2, 2];
  const complete = Array.from({ length: 1000 }, (_, row) => {
    let left = row;
    return sizes.map((size) => {
      const at = left % size;
      left = Math.floor(left / size);
      return band(at, size);
    });
  });
  let seed = 7;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const scattered = Array.from({ length: 1000 }, () =>
    names.map(() => {
      const from = random(10_000);
      return random(3) === 0 ? "-" : `[${from}..${from + 1 + random(4000)})`;
    }),
  );

  it.each<[string, RulesetBody, Partial<Record<string, number>>]>([
    ["that answers everything once", made(complete, "unique"), {}],
    ["that answers everything once, first match", made(complete.toReversed(), "first"), {}],
    ["with two rows lost", made(complete.toSpliced(300, 1).toSpliced(800, 1), "unique"), { gap: 2 }],
    ["of overlapping stretches", made(scattered, "unique"), { overlap: 50, gap: 50, more: 2 }],
    ["of overlapping stretches, first match", made(scattered, "first"), { gap: 50 }],
  ])("%s is analysed within a second", (_name, ruleset, expected) => {
    const took = computing();
    const { findings, complete: whole } = analyseRuleset(ruleset);
    const milliseconds = took();
    const counts = new Map<string, number>();
    for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toMatchObject(expected);
    expect(whole).toBe(!counts.has("stopped-looking"));
    expect(milliseconds).toBeLessThan(1000);
  });
});

describe("rules are analysed", () => {
  const facts: RulesetBody["facts"] = {
    rating: { type: "number", min: 1, max: 5 },
    tenure: { type: "integer" },
    left: { type: "boolean" },
  };
  const rule = (name: string, all: object[], type: string) => ({ name, conditions: { all } as never, event: { type } });
  const one = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });

  it("F70: two rules of one priority that disagree have a witness", () => {
    const rules = [
      rule("good", [one("rating", "greaterThanInclusive", 4)], "bonus"),
      rule("new", [one("tenure", "lessThan", 1)], "wait"),
    ];
    const [conflict] = analyseRuleset({ facts, rules }).findings.filter(({ code }) => code === "conflict");
    expect(conflict).toMatchObject({
      rules: [0, 1],
      words:
        '"good" and "new" both hold and say different things when rating is at least 4, and tenure is below 1; only their order decides. For example rating 4.5, tenure 0.',
      sample: { rating: 4.5, tenure: 0 },
    });
    const explicit = applyEdit({ facts, rules }, conflict?.fix?.edit ?? []);
    expect(analyseRuleset(explicit).findings.map(({ code }) => code)).not.toContain("conflict");
  });

  it("F21: a comparison with another type is refused, and put right by a click", () => {
    const rules = [rule("low", [one("rating", "lessThan", "2"), one("left", "equal", "no")], "talk")];
    const wrong = analyseRuleset({ facts, rules }).findings.filter(({ code }) => code === "wrong-type");
    expect(wrong.map(({ severity, words, fix }) => [severity, words, fix?.words])).toEqual([
      ["error", 'In "low", rating "is below" "2": its value is not a number.', "Compare with the number 2"],
      ["error", 'In "low", left "is" "no": its value is not yes or no.', "Compare with no"],
    ]);
  });

  it("tells of comparisons outside a fact's range, of rules that never hold, and of facts that nobody reads", () => {
    const rules = [
      rule("top", [one("rating", "greaterThan", 5)], "bonus"),
      rule("rest", [one("rating", "lessThan", 2)], "talk"),
    ];
    const found = analyseRuleset({
      facts: { rating: { type: "number", min: 1, max: 5 }, tenure: { type: "integer" } },
      rules,
    }).findings;
    expect(
      found.filter(({ severity }) => severity !== "info").map(({ code, severity }) => `${severity} ${code}`),
    ).toEqual(["error never-holds", "warning unused-fact"]);
  });
});

describe("an edit", () => {
  it("refuses a place that is not there: the document has changed", () => {
    expect(() => applyEdit({ rows: [1] }, [{ op: "remove", path: "/rows/3" }])).toThrow("it has changed");
    expect(applyEdit({ rows: [1, 2, 3] }, [{ op: "move", from: "/rows/2", path: "/rows/0" }])).toEqual({
      rows: [3, 1, 2],
    });
  });
});
