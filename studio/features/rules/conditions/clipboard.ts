import { Condition } from "#engine/rules/conditions.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, type JsonObject } from "../../../document/json-value.ts";
import { namesIn, withName } from "./tree.ts";

/** A part of a tree as text for the clipboard: plain JSON, with the named conditions that it refers to. */
export function copyConditions(part: Json, named: JsonObject): string {
  const used = allNames(part, named);
  const shared = Object.fromEntries([...used].map((name) => [name, named[name]!]));
  return JSON.stringify(used.size === 0 ? part : { condition: part, conditions: shared }, null, 2);
}

function allNames(part: Json, named: JsonObject, found = new Set<string>()): Set<string> {
  for (const name of namesIn(part)) {
    if (found.has(name) || named[name] === undefined) continue;
    found.add(name);
    allNames(named[name]!, named, found);
  }
  return found;
}

/**
 * Conditions from the clipboard: a copied part, a whole rule, or a rule's conditions. A named condition that is not known here
 * is replaced by what it stood for, under its name. Null for text that is no condition.
 */
export function pasteConditions(text: string, known: readonly string[]): Json | null {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  if (!isObject(value)) return null;
  const wrapped = isObject(value.condition);
  const shared = wrapped && isObject(value.conditions) ? value.conditions : {};
  let part: Json = wrapped ? value.condition! : isObject(value.conditions) ? value.conditions : value;
  // Named conditions may refer to each other; a circle ends after as many rounds as there are names.
  for (const _ of Object.keys(shared)) {
    for (const name of namesIn(part)) {
      const stood = shared[name];
      if (!known.includes(name) && isObject(stood)) part = withName(part, name, { name, ...stood } as Json);
    }
  }
  return Condition.safeParse(part).success ? part : null;
}
