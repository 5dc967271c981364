import fc from "fast-check";
import type { RulesetBody } from "#engine/rules/decide.ts";
import type { FactType } from "#engine/rules/ruleset.ts";
import type { Json } from "#engine/words/json.ts";

/** The facts that random rules read, with their declarations. */
export const FACTS: Record<string, FactType> = {
  n: { type: "number", min: 0, max: 4 },
  whole: { type: "integer" },
  yes: { type: "boolean" },
  team: { type: "choice", of: ["a", "b", "c"] },
  day: { type: "date" },
  free: { type: "text" },
};
/** Values of them that tell all random comparisons apart. */
export const GRID: Record<string, Json[]> = {
  n: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4],
  whole: [-1, 0, 1, 2, 3, 4, 5],
  yes: [true, false],
  team: ["a", "b", "c"],
  day: ["2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"],
  free: ["a", "b", "c", "something else"],
};

const whole = fc.integer({ min: 0, max: 4 });
const day = fc.constantFrom("2026-01-01", "2026-01-02", "2026-01-03");
const team = fc.constantFrom("a", "b", "c");
const numeric = fc.constantFrom(
  "lessThan",
  "lessThanInclusive",
  "greaterThan",
  "greaterThanInclusive",
  "equal",
  "notEqual",
);
const leaf = (fact: fc.Arbitrary<string>, operator: fc.Arbitrary<string>, value: fc.Arbitrary<Json>) =>
  fc
    .record({ fact, operator, value, not: fc.integer({ min: 0, max: 9 }), priority: fc.constantFrom(undefined, 1, 5) })
    .map(({ not, ...rest }) => ({ ...rest, operator: not === 0 ? `not:${rest.operator}` : rest.operator }));
const range = fc.tuple(whole, whole) as fc.Arbitrary<Json>;
/** Comparisons that analysis understands exactly. */
export const typed = fc.oneof(
  { weight: 4, arbitrary: leaf(fc.constantFrom("n", "whole"), numeric, whole) },
  leaf(fc.constantFrom("n", "whole"), fc.constantFrom("between", "notBetween"), range),
  leaf(fc.constantFrom("n", "whole"), fc.constantFrom("in", "notIn"), fc.array(whole, { maxLength: 3 })),
  leaf(fc.constant("yes"), fc.constantFrom("equal", "notEqual"), fc.boolean()),
  leaf(fc.constantFrom("team", "free"), fc.constantFrom("equal", "notEqual"), team),
  leaf(fc.constantFrom("team", "free"), fc.constantFrom("in", "notIn"), fc.array(team, { maxLength: 3 })),
  leaf(fc.constant("day"), fc.constantFrom("dateBefore", "dateOnOrAfter", "dateOn", "dateAfter", "equal"), day),
  leaf(fc.constant("day"), fc.constant("dateBetween"), fc.tuple(day, day) as fc.Arbitrary<Json>),
);
/** Comparisons that ask whether there is a value. */
export const presence = fc.oneof(
  leaf(fc.constantFrom("n", "team"), fc.constantFrom("isMissing", "isPresent"), fc.boolean()),
  leaf(fc.constantFrom("n", "yes"), fc.constantFrom("equal", "notEqual"), fc.constant(null)),
);
/** Comparisons that analysis does not understand. */
export const opaque = fc.oneof(
  leaf(fc.constant("free"), fc.constant("textContains"), team),
  leaf(fc.constant("n"), fc.constant("lessThan"), fc.constant({ fact: "whole" })),
  leaf(fc.constant("list"), fc.constantFrom("contains", "someFact:equal"), team),
);

const treeOf = (leaves: fc.Arbitrary<object>) =>
  fc.letrec<{ node: object }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: "conditions" },
      { weight: 3, arbitrary: leaves },
      fc.record({
        all: fc.array(tie("node"), { maxLength: 3, depthIdentifier: "conditions" }),
        priority: fc.constantFrom(undefined, 3),
      }),
      fc.record({ any: fc.array(tie("node"), { maxLength: 3, depthIdentifier: "conditions" }) }),
      fc.record({ not: tie("node") }),
    ),
  })).node;
/** Random rule sets of one to three rules over some kind of comparison. */
export const rulesetOf = (leaves: fc.Arbitrary<object>): fc.Arbitrary<RulesetBody> => {
  const node = treeOf(leaves);
  const conditions = fc.oneof(
    fc.record({ all: fc.array(node, { maxLength: 3 }) }),
    fc.record({ any: fc.array(node, { maxLength: 3 }) }),
    fc.record({ not: node }),
  );
  const rule = fc.record({
    conditions,
    priority: fc.constantFrom(undefined, 1, 2),
    event: fc.record({ type: fc.constantFrom("x", "y") }),
  });
  return fc
    .record({
      rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
      missing: fc.constantFrom("skip", "not-evaluated", undefined),
    })
    .map((given) => ({ ...(JSON.parse(JSON.stringify(given)) as RulesetBody), facts: FACTS }));
};

/** Every combination of values of the facts that the rules read, "no value" where some rule asks for it. */
export function* grid(ruleset: RulesetBody): Generator<Record<string, Json>> {
  const text = JSON.stringify(ruleset.rules);
  const asksNull = text.includes("isMissing") || text.includes("isPresent") || text.includes('"value":null');
  const read = Object.keys(GRID).filter((fact) => text.includes(`"${fact}"`));
  let all: Record<string, Json>[] = [{ list: ["a"] }];
  for (const fact of read) {
    const nullable = asksNull && ["n", "team", "yes"].includes(fact) && asks(ruleset, fact);
    const values = nullable ? [...(GRID[fact] as Json[]), null] : (GRID[fact] as Json[]);
    all = all.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value })));
  }
  yield* all;
}

function asks(value: unknown, fact: string): boolean {
  if (value === null || typeof value !== "object") return false;
  const one = value as Record<string, unknown>;
  const isLeaf = one.fact === fact && typeof one.operator === "string";
  if (
    isLeaf &&
    (/isMissing|isPresent/.test(one.operator as string) || (one.value === null && /qual/.test(one.operator as string)))
  )
    return true;
  return Object.values(value).some((member) => asks(member, fact));
}
