import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { referencesIn } from "./references.ts";
import { type LintSubject, parametersOf } from "./subject.ts";

/**
 * A parameter that neither the definition nor a sheet it uses declares; a duration taken from a parameter that holds
 * none. A rule set, a form, a metric may be read by many: what they name is judged where they are used.
 */
export function unknownParameter(subject: LintSubject): Issue[] {
  const known = parametersOf(subject);
  if (!known) return [];
  const { parameters, facts } = referencesIn(subject.definition);
  const named = [
    ...parameters
      .filter(({ operand }) => !operand)
      .map(({ parameter, path }) => ({ name: parameter, path: `${path}/parameter` })),
    ...facts
      .filter(({ fact }) => fact.startsWith("parameter."))
      .map(({ fact, path }) => ({ name: fact.slice("parameter.".length), path: `${path}/fact` })),
  ];
  const issues = named
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => {
      const hint = didYouMean(name, known.keys()) ?? 'Declare it under "parameters", or name its sheet in "uses".';
      return error("unknown-parameter", path, `There is no parameter "${name}" here.`, hint);
    });
  for (const { parameter, path } of parameters) {
    const type = known.get(parameter)?.type;
    const isDuration = type === "workingDays" || type === "days" || type === "hours";
    if (type === undefined || isDuration || !/\/(after|every)$/.test(path)) continue;
    const message = `"${parameter}" is a ${type}, and a duration is needed here.`;
    issues.push(error("not-a-duration", path, message, "Give the parameter the type workingDays, days or hours."));
  }
  return issues;
}
