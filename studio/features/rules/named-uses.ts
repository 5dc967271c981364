import { conditionUsages } from "#engine/rules/condition-usages.ts";
import type { RulesetBody } from "#engine/rules/decide.ts";
import type { Json } from "#engine/words/json.ts";
import { isObject, valueAt } from "../../document/json-value.ts";

/** What an edit of a named condition touches, in words: rules, through other named conditions too, and those conditions. */
export function usesOfName(document: Json, name: string): string[] {
  const listed = valueAt(document, ["rules"]);
  const rules = (Array.isArray(listed) ? listed : []).map((rule) => (isObject(rule) ? rule : {}));
  const conditions = valueAt(document, ["conditions"]);
  // What is being edited may be no rule set yet; only its names are looked at.
  const body = { rules, conditions: isObject(conditions) ? conditions : {} } as unknown as RulesetBody;
  const use = conditionUsages(body).get(name);
  const inRules = (use?.rules ?? []).map((at) => {
    const title = rules[at]?.name;
    return typeof title === "string" && title ? `“${title}”` : `rule ${at + 1}`;
  });
  const within = new Set((use?.direct ?? []).flatMap((one) => (one.within === undefined ? [] : [one.within])));
  return [...inRules, ...[...within].map((other) => `the condition “${other}”`)];
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
