import fc from "fast-check";
import { OPERATORS } from "#engine/rules/operators.ts";

/** Rules and facts as wide as the corpus, and wider: everything JSON can say to json-rules-engine, and facts it cannot spell. */
export interface WideCase {
  rules: Record<string, unknown>[];
  conditions: Record<string, unknown>;
  facts: Record<string, unknown>;
  /** Values of the dynamic fact `dyn` by its params. */
  dynamic: [params: unknown, value: unknown][] | undefined;
  factPriorities: Record<string, number> | undefined;
  options: { allowUndefinedFacts: boolean; allowUndefinedConditions: boolean; replaceFactsInEventParams: boolean };
  hook: { name: string; on: boolean; add: unknown; stop: boolean } | undefined;
}

const SCALARS = [
  0,
  1,
  -1,
  5,
  77,
  "5",
  "10 days",
  "",
  "L3",
  "sales",
  true,
  false,
  null,
  -0,
  0.57,
  2 ** 53,
  "2025-03-31",
  "missed",
];
const scalar = fc.constantFrom<unknown>(...SCALARS);
const special = fc.constantFrom<unknown>(
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  undefined,
  10n,
  new Date("2025-01-01"),
);
const list = fc.array(scalar, { maxLength: 3 });
const plain = { noNullPrototype: true };
const person = fc.record(
  {
    rating: scalar,
    tags: fc.array(fc.constantFrom("a", "b", 1), { maxLength: 3 }),
    skills: fc.array(fc.record({ name: fc.constantFrom("sql", "x"), level: fc.constantFrom(1, 2, 3, "3") }, plain), {
      maxLength: 3,
    }),
    manager: fc.oneof(fc.constant(null), fc.record({ rating: scalar }, plain)),
  },
  plain,
);
const kpi = fc.record(
  {
    id: fc.constantFrom("K1", "K2"),
    target: fc.constantFrom(10, 77),
    actual: fc.constantFrom(5, 77, 100),
    status: fc.constantFrom("missed", "met"),
  },
  plain,
);
const factValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  special,
  list,
  person,
  fc.array(kpi, { maxLength: 3 }),
  fc.array(list, { maxLength: 2 }),
);

const NAMES = ["x", "y", "emp", "kpis", "zero", "ünïcode", "toString", "a.b"];
const factName = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...NAMES) },
  fc.constantFrom("ghost", "__proto__", "constructor", "dyn"),
);
const PATHS = [
  "$.rating",
  "$.manager.rating",
  "$.skills[?(@.level>=3)].name",
  "$.skills[*].level",
  "$..rating",
  "$.tags[0]",
  "$.tags.length",
  "$[0].actual",
  "$[?(@.actual>=@.target)].id",
  "$[?(@.status=='missed')].id",
  "$[-1:].actual",
  "$['rating']",
  "rating",
  ".rating",
  "$",
  "$.*~",
  "$.*",
  "$[0:2].target",
  "$.tags[(@.length-1)]",
  "$.__proto__",
  "$.constructor",
  "$[?(@.id=='K1' && @.target>5)].actual",
  "$.none.deeper",
  "$[99].actual",
  "$..*",
  "$[0,1].id",
  "$.skills[::2].name",
  "$.skills[?(!@.x)].name",
  "$.rating^",
  "$.skills.*.level",
  "",
  "$.length",
  "$['tags'][1]",
  "$.['rating']",
  "$.skills[-1].name",
  "$.skills[?(@.level==3 || @.level==1)].name",
  "$[*]",
];
const path = fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom(...PATHS));
const PARAMS = [{ year: 2024 }, { a: 1, b: 2 }, { b: 2, a: 1 }, {}, null, "text", { n: { deep: [1] } }];
const params = fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, fc.constantFrom<unknown>(...PARAMS));
const reference = fc.record({ fact: factName, path, params });

const library = fc.constantFrom(...OPERATORS.slice(0, 10).map((row) => row.name));
const decorated = fc
  .tuple(
    fc.array(fc.constantFrom("someFact", "everyFact", "someValue", "everyValue", "swap", "not"), { maxLength: 3 }),
    fc.oneof({ weight: 60, arbitrary: library }, fc.constant("noSuch")),
  )
  .map(([decorators, name]) => [...decorators, name].join(":"));
const priority = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  fc.constantFrom<unknown>(1, 2, 10, 5, 0, null, -1, 1.5, "3"),
);
const leaf = fc.record({
  fact: factName,
  path,
  params,
  operator: fc.oneof({ weight: 3, arbitrary: library }, decorated),
  value: fc.oneof(
    { weight: 3, arbitrary: scalar },
    list,
    fc.array(list, { maxLength: 2 }),
    reference,
    fc.constant({ a: 1 }),
  ),
  priority,
  name: fc.constantFrom(undefined, "n", ""),
});
const members = { maxLength: 3, depthIdentifier: "wide" };
const { node } = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: "wide" },
    { weight: 3, arbitrary: leaf },
    fc.record({ all: fc.array(tie("node"), members), priority, name: fc.constantFrom(undefined, "g") }),
    fc.record({ any: fc.array(tie("node"), members), priority }),
    fc.record({ not: tie("node"), priority }),
    fc.record({ condition: fc.constantFrom("s1", "s2", "s3", "nobody"), priority }),
  ),
}));
const top = fc.oneof(
  fc.record({ all: fc.array(node, { maxLength: 3 }) }),
  fc.record({ any: fc.array(node, { maxLength: 3 }) }),
  fc.record({ not: node }),
  fc.record({ condition: fc.constantFrom("s1", "s2", "nobody") }),
  fc.record({ all: fc.array(node, { maxLength: 2 }), any: fc.array(node, { maxLength: 2 }) }),
);
const shared = fc.oneof(
  fc.record({ all: fc.array(leaf, { maxLength: 2 }) }),
  fc.record({ any: fc.array(fc.oneof(leaf, fc.constant({ condition: "s3" })), { maxLength: 2 }) }),
  fc.record({ not: leaf, priority }),
  fc.constant({ condition: "s3" }),
);
const eventParams = fc.record({
  p: fc.oneof(scalar, reference),
  q: fc.oneof(reference, fc.constant(null), fc.constant([{ fact: "x" }])),
});
const rule = fc.record({
  name: fc.constantFrom(undefined, "r1", "r2", 7),
  conditions: top,
  priority: fc.constantFrom<unknown>(undefined, 1, 2, 10, "3", 1.7, null),
  event: fc.record({
    type: fc.constantFrom("a", "b", "success", "failure"),
    params: fc.oneof(fc.constant(undefined), eventParams, fc.constant(null)),
  }),
});

/** What an author writes went through JSON; facts did not. */
const written = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export const wideCase: fc.Arbitrary<WideCase> = fc
  .record(
    {
      rules: fc.array(rule, { minLength: 1, maxLength: 3 }),
      conditions: fc.record({ s1: shared, s2: shared, s3: fc.record({ all: fc.array(leaf, { maxLength: 1 }) }) }),
      facts: fc.dictionary(fc.constantFrom(...NAMES), factValue, { maxKeys: 8, minKeys: 4, noNullPrototype: true }),
      dynamic: fc.option(fc.array(fc.tuple(params, factValue), { maxLength: 3 }), { nil: undefined }),
      factPriorities: fc.option(
        fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(1, 5, 20, 47), { maxKeys: 3 }),
        { nil: undefined },
      ),
      options: fc.record({
        allowUndefinedFacts: fc.boolean(),
        allowUndefinedConditions: fc.boolean(),
        replaceFactsInEventParams: fc.boolean(),
      }),
      hook: fc.option(
        fc.record({ name: fc.constantFrom("r1", "r2"), on: fc.boolean(), add: factValue, stop: fc.boolean() }),
        { nil: undefined, freq: 4 },
      ),
    },
    plain,
  )
  .map((given): WideCase => {
    const rules = written(given.rules) as WideCase["rules"];
    // Inside one priority the order of the library is an accident of timing, so a rule that acts on others has its own.
    if (given.hook) for (const [at, one] of rules.entries()) one.priority = 100 - at * 10;
    const known = Object.entries(given.factPriorities ?? {}).filter(([name]) => Object.hasOwn(given.facts, name));
    return {
      ...given,
      rules,
      conditions: written(given.conditions),
      factPriorities: given.factPriorities && Object.fromEntries(known),
    };
  });

/** The facts of a case, the dynamic one as a function of its params. */
export function wideFacts({ facts, dynamic }: WideCase): Record<string, unknown> {
  if (!dynamic) return facts;
  const dyn = (asked: unknown) => {
    const found = dynamic.find(([known]) => sorted(known ?? {}) === sorted(asked ?? {}));
    return found ? found[1] : 42;
  };
  return { ...facts, dyn };
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}
