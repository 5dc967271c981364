import type { Directory } from "#engine/organisation/directory.ts";
import type { FactReader, FactUse } from "#engine/rules/facts.ts";
import { canonical, type Json, sameJson } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../../document/json-value.ts";

/** One fact that rules read, with the parts of its value they look at (`$.attainment`); no parts: the value itself. */
export interface TryInput {
  key: string;
  fact: string;
  params: JsonObject | undefined;
  parts: readonly string[];
}

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

export const inputKey = (fact: string, params: JsonObject | undefined) =>
  canonical([fact, params && Object.keys(params).length > 0 ? params : null]);

/** Reads the typed values as facts; what was left empty is missing, as it would be for a person without data. */
export function readerOf(values: ReadonlyMap<string, Json>): FactReader {
  return (fact, params) => {
    const value = values.get(inputKey(fact, params as JsonObject | undefined));
    return value === null ? undefined : value;
  };
}

/** A stored fact as the server knows it. */
interface Stored {
  fact: string;
  params: Json;
  value: Json;
}

/** The values of a person: from the organisation, and stored facts such as metrics. */
export function valuesOfPerson(
  inputs: readonly TryInput[],
  request: {
    person: string;
    period: string;
    directory: Directory;
    stored: readonly Stored[];
    parameters: Record<string, Json>;
    date: string;
  },
): Map<string, Json> {
  const { person, period, directory, stored, parameters, date } = request;
  const values = new Map<string, Json>();
  const bind = (params: JsonObject | undefined): JsonObject =>
    Object.fromEntries(
      Object.entries(params ?? {}).map(([key, value]) => [
        key,
        value === "$subject" ? person : value === "$period" ? period : value,
      ]),
    );
  for (const input of inputs) {
    const bound = bind(input.params);
    const known = stored.find(
      (one) =>
        one.fact === input.fact &&
        (!isObject(one.params) ||
          Object.entries(one.params).every(
            ([key, value]) => sameJson(bound[key], value) || sameJson(input.params?.[key], value),
          )),
    );
    const value =
      known?.value ??
      personValue(input.fact, person, directory, date) ??
      (input.fact.startsWith("parameter.") ? parameters[input.fact.slice(10)] : undefined);
    if (value !== undefined) values.set(input.key, value);
  }
  return values;
}

function personValue(fact: string, id: string, directory: Directory, date: string): Json | undefined {
  const [space, name = ""] = fact.split(".");
  const person = directory.person(id);
  if ((space !== "person" && space !== "subject") || !person) return undefined;
  if (name === "fte") return Number(person.fte);
  if (name === "manager") return directory.managerOf(id, date);
  if (name === "unit") return directory.unitOf(id, date);
  if (name === "reports") return directory.reportsOf(id, date).length;
  const own = (person as unknown as Record<string, Json>)[name] ?? person.fields?.[name];
  return own ?? undefined;
}
