import type { FactType } from "#engine/rules/ruleset.ts";
import type { Wording } from "#engine/rules/words.ts";
import type { Bundle } from "../commands/bundle.ts";

/**
 * How a case's facts are said: parameters and case data by their titles, shares as percent, and a metric's breach as the gap
 * that it is. `own` are the facts that a rule set declares, which come first.
 */
export function factWording({ compiled }: Bundle, own: Record<string, FactType> = {}): Wording {
  const facts: Record<string, FactType> = {};
  for (const [name, parameter] of Object.entries(compiled.parameters)) {
    facts[`parameter.${name}`] = {
      type: parameter.type === "percent" ? "percent" : "text",
      title: quoted(parameter.title),
    };
  }
  const { definition } = compiled;
  if (definition.kind === "workflow") {
    for (const [name, field] of Object.entries(definition.data ?? {})) {
      if (field.title) facts[`case.${name}`] = { type: "text", title: field.title.toLowerCase() };
    }
  } else if (definition.trigger && "metric" in definition.trigger && definition.trigger.metric) {
    facts["trigger.value"] = { type: "percent", title: "the gap to the target" };
  }
  return { facts: { ...facts, ...own } };
}

const quoted = (title: string): string => `“${title}”`;
