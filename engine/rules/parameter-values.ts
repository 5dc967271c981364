import type { RulesetBody } from "./decide.ts";
import type { FactReader } from "./facts.ts";

/** A rule set with the parameters it declares itself, as a document has them. */
export type ParameterisedRuleset = RulesetBody & {
  parameters?: Readonly<Record<string, { default: unknown }>> | undefined;
};

/** Values of parameters by name, e.g. those of the sheets that a rule set uses, as they stand now. */
export type ParameterValues = Readonly<Record<string, unknown>>;

const PREFIX = "parameter.";

/** The name of the parameter that a fact stands for; undefined for other facts. */
export function parameterOf(fact: string): string | undefined {
  return fact.startsWith(PREFIX) ? fact.slice(PREFIX.length) : undefined;
}

/** The values that rules are analysed and tested with: those given, else the defaults that the rule set declares. */
export function parameterValues(ruleset: ParameterisedRuleset, given: ParameterValues = {}): ParameterValues {
  const declared = Object.entries(ruleset.parameters ?? {}).map(([name, { default: value }]) => [name, value]);
  return { ...Object.fromEntries(declared), ...given };
}

/** A reader that answers parameters where it does not know them itself. */
export function withParameters(read: FactReader, values: ParameterValues): FactReader {
  return (fact, params) => {
    const known = read(fact, params);
    const name = known === undefined ? parameterOf(fact) : undefined;
    return name !== undefined && Object.hasOwn(values, name) ? values[name] : known;
  };
}
