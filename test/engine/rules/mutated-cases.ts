import { OPERATORS } from "#engine/rules/operators.ts";
import { type CorpusCase, factPriorities, factsOf } from "./corpus.ts";
import type { LiveCase } from "./library.ts";

type Members = Record<string, unknown>;
const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof Date);

/** Draws from a list, or a number below a bound; the same seed draws the same. */
export class Draw {
  #seed: number;
  constructor(seed: number) {
    this.#seed = seed >>> 0;
  }
  below(bound: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * bound);
  }
  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

/** Values that JSON cannot spell, as the corpus has them in rules and facts, and those that JavaScript compares oddly. */
const VALUES: readonly unknown[] = [
  Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, 1, -1.5, 2 ** 53, 2 ** 53 + 2, 1e-320, 10n, 0n,
  undefined, null, true, false, "", " ", "0", "10", "10 days", "1e3", "0x10", "-0", "NaN", "abc", "2025-01-01", "2025-01-01T00:00:00Z",
  [], [1], ["a", "b"], [[1]], [null], [undefined], {}, { a: 1 }, { length: 1 }, new Date("2025-01-01"), new Date(Number.NaN), "ünï", "__proto__",
]; // biome-ignore format: a list
const PRIORITIES: readonly unknown[] = [undefined, 1, 2, 5, 10, 100, "3", 1.7];
const MEMBER_PRIORITIES: readonly unknown[] = [undefined, 1, 2, 5, 10, 0, null, -1, 1.5, "3"];
const PATHS: readonly unknown[] = [undefined, "$", "$.a", "$.*", "$..*", "$[0]", "$[-1:]", "$.length", "$.a.b.c", "$[?(@.a==1)]", "$.constructor", "a", ".a", "$['a']", "$..a", "$[*]", "$[0,1]", "$^"]; // biome-ignore format: a list
const DECORATORS = ["someFact", "everyFact", "someValue", "everyValue", "swap", "not"];

/** Every node of the conditions of a case that is a comparison, or a group. */
function nodesOf(value: unknown, found: { leaves: Members[]; groups: Members[] }) {
  if (!isMembers(value)) return found;
  if (Object.hasOwn(value, "operator")) found.leaves.push(value);
  for (const kind of ["all", "any"]) {
    const members = value[kind];
    if (!Array.isArray(members)) continue;
    found.groups.push(value);
    for (const member of members) nodesOf(member, found);
  }
  if (isMembers(value.not)) {
    found.groups.push(value);
    nodesOf(value.not, found);
  }
  return found;
}

/** A case of the corpus with a few of its parts changed, as nobody recorded it. */
export function mutated(source: CorpusCase, seed: number): LiveCase {
  const draw = new Draw(seed);
  const rules = structuredClone(source.rules) as Members[];
  const conditions = structuredClone(source.conditions ?? {}) as Members;
  const facts = Object.fromEntries(
    Object.entries(factsOf(source)).map(([name, value]) => [
      name,
      typeof value === "function" ? value : structuredClone(value),
    ]),
  );
  const options = { ...source.options };
  const hooks = (source.hooks ?? []).map(({ rule, on, addFacts = {}, stop = false }) => ({
    rule,
    on: on === "success",
    add: addFacts,
    stop,
  }));
  const found = { leaves: [] as Members[], groups: [] as Members[] };
  for (const rule of rules) nodesOf(rule.conditions, found);
  for (const condition of Object.values(conditions)) nodesOf(condition, found);
  const changes = [
    () => leaf((one) => (one.operator = draw.of(OPERATORS.slice(0, 10)).name)),
    () => leaf((one) => (one.operator = `${draw.of(DECORATORS)}:${String(one.operator)}`)),
    () => leaf((one) => (one.value = structuredClone(draw.of(VALUES)))),
    () => leaf((one) => (one.value = { fact: draw.of(Object.keys(facts).concat("nobody")) })),
    () => leaf((one) => (one.value = Array.isArray(one.value) ? one.value[0] : [one.value])),
    () => leaf((one) => set(one, "path", draw.of(PATHS))),
    () => leaf((one) => (one.fact = draw.of(Object.keys(facts).concat("nobody")))),
    () => leaf((one) => set(one, "priority", draw.of(MEMBER_PRIORITIES))),
    () => group((one) => set(one, "priority", draw.of(MEMBER_PRIORITIES))),
    () => group(turned),
    () => group(emptied),
    () => fact((name) => (facts[name] = structuredClone(draw.of(VALUES)))),
    () => fact((name) => (facts[name] = structuredClone(draw.of(VALUES)))),
    () => fact((name) => delete facts[name]),
    () => fact((name) => inside(facts[name])),
    () => hooks.length === 0 && set(draw.of(rules) ?? {}, "priority", draw.of(PRIORITIES)),
    () => (options.allowUndefinedFacts = !options.allowUndefinedFacts),
    () => (options.replaceFactsInEventParams = !options.replaceFactsInEventParams),
    () => rules.length > 0 && param(draw.of(rules)),
  ];
  function leaf(change: (one: Members) => unknown) {
    if (found.leaves.length > 0) change(draw.of(found.leaves));
  }
  function group(change: (one: Members) => unknown) {
    if (found.groups.length > 0) change(draw.of(found.groups));
  }
  function fact(change: (name: string) => unknown) {
    const names = Object.keys(facts).filter((name) => typeof facts[name] !== "function");
    if (names.length > 0) change(draw.of(names));
  }
  /** Changes a member somewhere within a fact. */
  function inside(value: unknown) {
    if (value === null || typeof value !== "object" || value instanceof Date) return;
    const keys = Object.keys(value);
    if (keys.length === 0) return;
    const key = draw.of(keys);
    const member = (value as Members)[key];
    if (member !== null && typeof member === "object" && draw.below(2) === 0) inside(member);
    else (value as Members)[key] = structuredClone(draw.of(VALUES));
  }
  function param(rule: Members) {
    const event = rule.event as Members | undefined;
    if (isMembers(event))
      event.params = {
        ...(event.params as Members),
        p: { fact: draw.of(Object.keys(facts).concat("nobody")), path: draw.of(PATHS) },
      };
  }
  for (let left = 1 + draw.below(3); left > 0; left--) draw.of(changes)();
  return {
    rules,
    conditions,
    facts,
    options,
    hooks,
    factPriorities: onlyKnown(factPriorities(source), facts),
  };
}

function set(one: Members, key: string, value: unknown) {
  if (value === undefined) delete one[key];
  else one[key] = value;
}

function turned(one: Members) {
  for (const [from, to] of [
    ["all", "any"],
    ["any", "all"],
  ] as const) {
    if (!Array.isArray(one[from])) continue;
    one[to] = one[from];
    delete one[from];
    return;
  }
  if (isMembers(one.not) && Array.isArray(one.not.all)) one.all = one.not.all;
}

function emptied(one: Members) {
  for (const kind of ["all", "any"]) if (Array.isArray(one[kind])) (one[kind] as unknown[]).length = 0;
}

const onlyKnown = (priorities: Record<string, number>, facts: Members) =>
  Object.fromEntries(Object.entries(priorities).filter(([name]) => Object.hasOwn(facts, name)));
