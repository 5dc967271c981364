import type { Json } from "../words/json.ts";

/**
 * What is wrong with what another system answered, as sentences: each field that the step declares must be there and be of the
 * same sort as its example. A list is compared by its first example, an object by the members of its example; null takes anything.
 */
export function answerProblems(declared: Record<string, Json>, data: Record<string, Json>): string[] {
  return Object.entries(declared).flatMap(([name, example]) => {
    if (!Object.hasOwn(data, name)) return [`The answer has no "${name}".`];
    return sortProblems(example, data[name]!, `"${name}"`);
  });
}

/** The fields that a step declares, of an answer: whatever else came is not kept. */
export function declaredPart(declared: Record<string, Json>, data: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.keys(declared).map((name) => [name, data[name] ?? null]));
}

function sortProblems(example: Json, value: Json, where: string): string[] {
  if (example === null) return [];
  const [wanted, found] = [sortOf(example), sortOf(value)];
  if (wanted !== found) return [`${where} is ${found}, and should be ${wanted}.`];
  if (Array.isArray(example) && Array.isArray(value)) {
    const [first] = example;
    if (first === undefined) return [];
    return value.flatMap((item, position) => sortProblems(first, item, `item ${position + 1} of ${where}`)).slice(0, 1);
  }
  if (!isObject(example) || !isObject(value)) return [];
  return Object.entries(example).flatMap(([name, member]) =>
    Object.hasOwn(value, name)
      ? sortProblems(member, value[name]!, `"${name}" of ${where}`)
      : [`${where} has no "${name}".`],
  );
}

const isObject = (value: Json): value is { [key: string]: Json } =>
  value !== null && typeof value === "object" && !Array.isArray(value);

function sortOf(value: Json): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "a text";
  if (typeof value === "number") return "a number";
  return typeof value === "boolean" ? "true or false" : "an object";
}
