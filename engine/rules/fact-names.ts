import type { FactUse } from "./facts.ts";

/**
 * The names under which a typed fact may be given, the most exact first: `metric.laptops-sold.previous-quarter`,
 * `metric.laptops-sold`, `metric`. A test case with two metrics names each; one with a single metric need not.
 */
export function factNames(fact: string, params: FactUse["params"] = {}): string[] {
  const what = [params.id, params.type].find((one) => typeof one === "string");
  const window = [params.window, params.period].find((one) => typeof one === "string" && !one.startsWith("$"));
  return [
    ...(what !== undefined && window !== undefined ? [`${fact}.${String(what)}.${String(window)}`] : []),
    ...(what === undefined ? [] : [`${fact}.${String(what)}`]),
    fact,
  ];
}

/** A fact that is given by one of its names; undefined where it is under none of them. */
export function namedFact<Value>(
  facts: Readonly<Record<string, Value>>,
  fact: string,
  params: FactUse["params"],
): Value | undefined {
  const name = factNames(fact, params).find((one) => Object.hasOwn(facts, one));
  return name === undefined ? undefined : facts[name];
}
