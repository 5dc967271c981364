import { wordingOf } from "#engine/outline/wording.ts";
import type { FactType } from "#engine/rules/ruleset.ts";
import type { Wording } from "#engine/rules/words.ts";
import type { Bundle } from "../commands/bundle.ts";

/**
 * How a case's facts are said: by the definition that it is pinned to, parameters by their titles alone (their value stands in
 * the comparison), and a metric's breach as the gap that it is. `own` are the facts that a rule set declares, which come
 * first.
 */
export function factWording({ compiled }: Bundle, own: Record<string, FactType> = {}): Wording {
  const { definition, parameters } = compiled;
  const { title, type } = wordingOf(definition).rules;
  const breach = definition.kind === "escalation" && definition.trigger && "metric" in definition.trigger;
  const declared = (fact: string) => (Object.hasOwn(own, fact) ? own[fact] : undefined);
  return {
    facts: own,
    type: (use) => (use.path ? undefined : declared(use.fact)) ?? ofParameter(use.fact) ?? type?.(use),
    title: (use) => {
      const said = declared(use.fact)?.title;
      if (said) return said;
      const parameter = use.fact.startsWith("parameter.") ? parameters[use.fact.slice("parameter.".length)] : undefined;
      if (parameter) return `“${parameter.title}”`;
      return breach && use.fact === "trigger.value" ? "the gap to the target" : title?.(use);
    },
  };

  /** Of a sheet's parameters the compiled case knows the type, not the definition. */
  function ofParameter(fact: string): FactType | undefined {
    const parameter = fact.startsWith("parameter.") ? parameters[fact.slice("parameter.".length)] : undefined;
    return parameter?.type === "percent" ? { type: "percent" } : undefined;
  }
}
