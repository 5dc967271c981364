import { describe, expect, it } from "vitest";
import { compileRules } from "#engine/rules/compile.ts";
import { evaluateRules } from "#engine/rules/reference.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { computing } from "../../support/computing.ts";
import { cases, hasCorpus } from "./corpus.ts";

const leaf = (more: object) => ({ fact: "doc", operator: "equal", value: 1, ...more });
const ruleWith = (conditions: unknown) => [{ conditions, event: { type: "hit" } }];
const doc = { name: "x", list: [{ a: 1 }], nested: { a: { a: 1 } } };

/** Runs within a second of computing and answers or refuses with issues; anything else fails the test. */
function outcome(rules: unknown, facts: Record<string, unknown>, options: object = {}) {
  const took = computing();
  try {
    return compileRules(rules, options)(facts).results[0]?.result;
  } catch (cause) {
    if (!(cause instanceof IssuesError)) throw cause;
    return cause.issues[0]?.code ?? "no issue";
  } finally {
    expect(took()).toBeLessThan(1000);
  }
}

describe.skipIf(!hasCorpus)("the hostile definitions of the corpus", () => {
  for (const one of cases((file) => file === "hostile.jsonl")) {
    it(`${one.id}: ${one.demand}`, async () => {
      const options = { ...one.options, conditions: one.conditions };
      const said = outcome(one.rules, one.facts, options);
      expect(said).toBeDefined();
      if (one.demand === "refuse") expect(typeof said).toBe("string");
      const reference = await evaluateRules(one.rules, one.facts, options).then(
        (answer) => answer.results[0]?.result,
        (cause: unknown) => (cause instanceof IssuesError ? cause.issues[0]?.code : "crash"),
      );
      expect(reference).not.toBe("crash");
      expect(typeof reference).toBe(typeof said);
    });
  }
});

describe("what an author writes", () => {
  it.each([
    "$[?(constructor.constructor('globalThis.pwned = 1')())]",
    "$[?(@.name.constructor('x'))]",
    "$[?(@.constructor)]",
    "$[?(@['constructor'])]",
    "$[(globalThis.pwned = 1)]",
    "$[?(@.a = 2)]",
    "$[?(this)]",
    "$[?(@path)]",
    "$[?(`x`)]",
    "$[?(@.a.match(/(a+)+$/))]",
    "$[?(@.a",
    "$..*..*..*",
    "constructor",
    `$.${"a.".repeat(400)}a`,
  ])("the path %j is refused", (path) => {
    expect(outcome(ruleWith({ all: [leaf({ path })] }), { doc })).toBe("path");
    expect(outcome(ruleWith({ all: [leaf({ value: { fact: "doc", path } })] }), { doc })).toBe("path");
    expect((globalThis as Record<string, unknown>).pwned).toBeUndefined();
  });

  it.each([
    "$.constructor",
    "$.__proto__",
    "$.toString",
    "$.list.map",
    "$['__proto__']['polluted']",
    "$.name.at",
    "$.list.constructor",
  ])("the path %j reaches no prototype", (path) => {
    for (const using of ["source", "closures"] as const) {
      const run = compileRules(ruleWith({ all: [leaf({ path, operator: "isMissing" })] }), { using });
      expect(run({ doc }).results[0]?.result).toBe(true);
    }
  });

  it("a fact called like a member of every object is missing, not that member", () => {
    for (const fact of ["toString", "constructor", "__proto__", "hasOwnProperty"]) {
      expect(outcome(ruleWith({ all: [{ fact, operator: "isMissing", value: true }] }), {})).toBe(true);
      expect(outcome(ruleWith({ all: [{ fact, operator: "equal", value: 1 }] }), {})).toBe("not evaluated");
    }
    expect(outcome(ruleWith({ all: [{ fact: "toString", operator: "equal", value: 1 }] }), { toString: 1 })).toBe(true);
    const own = JSON.parse('{"__proto__": 1}');
    expect(outcome(ruleWith({ all: [{ fact: "__proto__", operator: "equal", value: 1 }] }), own)).toBe(true);
  });

  it("never becomes part of the generated source", () => {
    const seen: string[] = [];
    const real = globalThis.Function;
    const spy = new Proxy(real, {
      construct(target, args: string[]) {
        seen.push(...args);
        return Reflect.construct(target, args);
      },
    });
    globalThis.Function = spy as FunctionConstructor;
    const evil = `"]; globalThis.pwned = 1; //\`$\{1}`;
    try {
      const rules = [
        {
          name: evil,
          conditions: {
            all: [
              { fact: evil, operator: "equal", value: evil, path: "$.evilKey" },
              { fact: "b", operator: "in", value: [evil], params: { evil } },
            ],
          },
          event: { type: evil, params: { [evil]: { fact: evil } } },
        },
      ];
      const answer = compileRules(rules, { replaceFactsInEventParams: true, trace: true })({
        [evil]: { evilKey: evil },
        b: evil,
      });
      expect(answer.events).toEqual([{ type: evil, params: { [evil]: { evilKey: evil } } }]);
    } finally {
      globalThis.Function = real;
    }
    expect(seen.length).toBeGreaterThan(0);
    for (const source of seen) {
      expect(source).not.toContain("pwned");
      expect(source).not.toContain("evilKey");
    }
    expect((globalThis as Record<string, unknown>).pwned).toBeUndefined();
  });

  it("still runs where a page forbids generated source", () => {
    const real = globalThis.Function;
    const rules = ruleWith({ all: [{ fact: "x", operator: "greaterThan", value: 3 }] });
    globalThis.Function = new Proxy(real, {
      construct() {
        throw new EvalError("unsafe-eval is not allowed");
      },
    }) as FunctionConstructor;
    try {
      expect(compileRules(rules)({ x: 4 }).events).toEqual([{ type: "hit" }]);
    } finally {
      globalThis.Function = real;
    }
  });

  it("nests, repeats and grows only so far", () => {
    const nested = (depth: number) => {
      let conditions: object = { all: [leaf({})] };
      for (let level = 0; level < depth; level++) conditions = { not: conditions };
      return conditions;
    };
    expect(outcome(ruleWith(nested(90)), { doc: 1 })).toBe(true);
    expect(outcome(ruleWith(nested(20_000)), { doc: 1 })).toBe("too-deep");
    let value: unknown = 1;
    for (let level = 0; level < 20_000; level++) value = [value];
    expect(outcome(ruleWith({ all: [leaf({ value })] }), { doc: 1 })).toBe("too-deep");
    expect(outcome(ruleWith({ all: [leaf({ params: { value } })] }), { doc: 1 })).toBe("too-deep");
    const doubling = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        `c${at}`,
        { all: at === 39 ? [leaf({})] : [{ condition: `c${at + 1}` }, { condition: `c${at + 1}` }] },
      ]),
    );
    expect(outcome(ruleWith({ condition: "c0" }), { doc: 1 }, { conditions: doubling })).toBe("too-large");
    const chain = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, at) => [
        `c${at}`,
        { all: at === 19_999 ? [] : [{ condition: `c${at + 1}` }] },
      ]),
    );
    expect(outcome(ruleWith({ condition: "c0" }), { doc: 1 }, { conditions: chain })).toBe("too-deep");
  });

  it("is told what is wrong and where", () => {
    const refuse = (rules: unknown, options = {}) => {
      try {
        compileRules(rules, options);
      } catch (cause) {
        if (cause instanceof IssuesError) return cause.issues.map((issue) => [issue.path, issue.code]);
      }
      return [];
    };
    expect(refuse("rules")).toEqual([["", "rules"]]);
    expect(refuse(ruleWith({ all: [{ fact: "a", operator: "nope", value: 1 }] }))).toEqual([
      ["/0/conditions/all/0/operator", "unknown-operator"],
    ]);
    expect(refuse(ruleWith({ all: [{ fact: "a", operator: "in", value: 5 }] }))).toEqual([
      ["/0/conditions/all/0/value", "operand"],
    ]);
    expect(refuse(ruleWith({ condition: "nobody" }))).toEqual([["/0/conditions/condition", "unknown-condition"]]);
    expect(refuse(ruleWith({ all: [] }), { conditions: { odd: { fact: "a" } } })).toEqual([
      ["/conditions/odd", "condition-top"],
    ]);
    expect(refuse([{ conditions: { all: [] }, event: { type: "error" } }])).toEqual([["/0/event/type", "event"]]);
    expect(refuse([{ conditions: { all: [] }, event: { type: "e" }, priority: "high" }])).toEqual([
      ["/0/priority", "priority"],
    ]);
  });

  it("a fact that answers later is refused by the compiled evaluator and answered by the reference", async () => {
    const rules = ruleWith({ all: [{ fact: "later", operator: "equal", value: 1 }] });
    const facts = { later: async () => 1 };
    expect(outcome(rules, facts)).toBe("asynchronous-fact");
    expect((await evaluateRules(rules, facts)).results[0]?.result).toBe(true);
  });
});
