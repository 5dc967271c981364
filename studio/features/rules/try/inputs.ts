import { factNames, namedFact } from "#engine/rules/fact-names.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { compilePath } from "#engine/rules/path.ts";
import { canonical, type Json } from "#engine/words/json.ts";
import type { JsonObject } from "../../../document/json-value.ts";

/** One fact that rules read, with the parts of its value they look at (`$.attainment`); no parts: the value itself. */
export interface TryInput {
  key: string;
  fact: string;
  params: JsonObject | undefined;
  parts: readonly string[];
}

/** Facts by input key; null is a fact that was made missing by hand. */
export type TryValues = ReadonlyMap<string, Json>;

/** The facts that some conditions read, each once. */
export function inputsOf(uses: readonly FactUse[]): TryInput[] {
  const found = new Map<string, { fact: string; params: JsonObject | undefined; parts: Set<string> }>();
  for (const use of uses) {
    const key = inputKey(use.fact, use.params);
    const input = found.get(key) ?? { fact: use.fact, params: use.params, parts: new Set<string>() };
    const part = use.path?.match(/^\$\.([A-Za-z_][\w-]*)$/)?.[1];
    if (part) input.parts.add(part);
    found.set(key, input);
  }
  return [...found].map(([key, input]) => ({ key, fact: input.fact, params: input.params, parts: [...input.parts] }));
}

export const inputKey = (fact: string, params: FactUse["params"]) =>
  canonical([fact, params && Object.keys(params).length > 0 ? params : null]);

/** Reads values as facts; what was left empty is missing, as it would be for a person without data. */
export function readerOf(values: TryValues): FactReader {
  return (fact, params) => {
    const value = values.get(inputKey(fact, params));
    return value === null ? undefined : value;
  };
}

/** The values with one of them set, at a path below it where one is given. */
export function withUse(values: TryValues, { fact, params, path }: FactUse, to: Json): Map<string, Json> {
  const key = inputKey(fact, params);
  const keys = path ? (compilePath(path).keys ?? []) : [];
  return new Map(values).set(key, withMember(values.get(key) ?? null, keys, to));
}

function withMember(value: Json, keys: readonly (string | number)[], to: Json): Json {
  const [head, ...rest] = keys;
  if (head === undefined) return to;
  const base = value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
  return { ...base, [String(head)]: withMember(base[String(head)] ?? null, rest, to) };
}

/**
 * The facts of a test case: what the inputs are now, each under the shortest name that tells it from the others
 * (`metric`, or `metric.laptops-sold` beside another metric). Of a value with parts only those that the rules look at.
 */
export function testFacts(inputs: readonly TryInput[], values: TryValues): Record<string, Json> {
  const facts: Record<string, Json> = {};
  for (const input of inputs) {
    const value = values.get(input.key);
    if (value === undefined || value === null) continue;
    const names = factNames(input.fact, input.params).reverse();
    const alone = (name: string) =>
      inputs.every((other) => other === input || !factNames(other.fact, other.params).includes(name));
    facts[names.find(alone) ?? names.at(-1) ?? input.fact] = ofParts(value, input.parts);
  }
  return facts;
}

function ofParts(value: Json, parts: readonly string[]): Json {
  if (parts.length === 0 || value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(parts.flatMap((part) => (value[part] === undefined ? [] : [[part, value[part]]])));
}

/** The facts of a test case as the strip shows them; what it does not give is missing. */
export function valuesOfTest(inputs: readonly TryInput[], facts: Record<string, Json>): Map<string, Json> {
  return new Map(inputs.map((input) => [input.key, namedFact(facts, input.fact, input.params) ?? null]));
}
