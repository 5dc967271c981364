import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../../document/json-value.ts";
import { namesIn } from "./conditions/tree.ts";

/** The rules and other named conditions of a rule set that use a named condition, in words. */
export function usesOfName(document: Json, name: string): string[] {
  const rules = valueAt(document, ["rules"]);
  const named = valueAt(document, ["conditions"]);
  const inRules = (Array.isArray(rules) ? rules : []).flatMap((rule, index) =>
    namesIn(valueAt(rule, ["conditions"])).includes(name)
      ? [isObject(rule) && typeof rule.name === "string" && rule.name ? `“${rule.name}”` : `rule ${index + 1}`]
      : [],
  );
  const inNamed = Object.entries(isObject(named) ? named : {}).flatMap(([other, value]) =>
    other !== name && namesIn(value).includes(name) ? [`the condition “${other}”`] : [],
  );
  return [...inRules, ...inNamed];
}

/** The documents that decide by a rule set: an edit of it reaches them. */
export function documentsDecidingBy(
  ruleset: string,
  documents: readonly Json[],
): { kind: string; id: string; title: string }[] {
  return documents.flatMap((one) => {
    if (!isObject(one) || one.kind === "ruleset" || !namesRules(one, ruleset)) return [];
    return [{ kind: String(one.kind), id: String(one.id), title: String(one.title ?? one.id) }];
  });
}

/** A step or a modifier names its rule set by `rules`, wherever it stands. */
function namesRules(value: Json, id: string): boolean {
  if (Array.isArray(value)) return value.some((one) => namesRules(one, id));
  if (!isObject(value)) return false;
  return value.rules === id || Object.values(value).some((one) => namesRules(one, id));
}
