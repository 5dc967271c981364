import { resolveOperator } from "../rules/decorators.ts";
import { OPERATORS } from "../rules/operators.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { referencesIn } from "./references.ts";
import type { LintSubject } from "./subject.ts";

/**
 * A parameter as the value of a comparison, and an operator that does not exist. json-rules-engine knows no parameters:
 * it would compare with the object `{ parameter }` itself, and the rule would silently never be true.
 */
export function conditionOperands({ definition }: LintSubject): Issue[] {
  const { parameters, comparisons } = referencesIn(definition);
  return [
    ...parameters
      .filter(({ operand }) => operand)
      .map(({ parameter, path }) =>
        error(
          "parameter-as-operand",
          path,
          `A comparison cannot take { "parameter": "${parameter}" }: it would never be true.`,
          `Write { "fact": "parameter.${parameter}" }.`,
        ),
      ),
    ...comparisons
      .filter(({ operator }) => resolveOperator(operator) === undefined)
      .map(({ operator, path }) => {
        const hint = didYouMean(
          operator,
          OPERATORS.map((row) => row.name),
        );
        return error("unknown-operator", `${path}/operator`, `There is no operator "${operator}".`, hint);
      }),
  ];
}
