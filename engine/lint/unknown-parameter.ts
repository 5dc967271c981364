import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { documentReferences } from "./document-references.ts";
import { referencesIn } from "./references.ts";
import { type LintSubject, parametersOf } from "./subject.ts";

/**
 * A parameter that neither the definition nor a sheet it uses declares; a duration taken from a parameter that holds
 * none. A rule set reads the parameters of whoever asks it, so what it names is judged there: at the decision, the
 * modifier, the trigger.
 */
export function unknownParameter(subject: LintSubject): Issue[] {
  const known = parametersOf(subject);
  if (!known || subject.definition.kind === "ruleset") return [];
  const { parameters, facts } = referencesIn(subject.definition);
  // A plan that uses no sheet has its rates checked by `lintPlan`.
  const judgedElsewhere = subject.definition.kind === "plan" && !subject.definition.uses;
  const named = [
    ...parameters
      .filter(({ operand }) => !operand && !judgedElsewhere)
      .map(({ parameter, path }) => ({ name: parameter, path: `${path}/parameter` })),
    ...parameterFacts(facts).map(({ name, path }) => ({ name, path: `${path}/fact` })),
  ];
  const issues = named
    .filter(({ name }) => !known.has(name))
    .map(({ name, path }) => unknown(name, path, "", known.keys()));
  for (const { id, path } of documentReferences(subject).filter(({ kind }) => kind === "ruleset")) {
    const ruleset = subject.find("ruleset", id);
    if (!ruleset || ruleset.uses) continue;
    for (const name of new Set(parameterFacts(referencesIn(ruleset).facts).map((place) => place.name))) {
      if (known.has(name) || name in (ruleset.parameters ?? {})) continue;
      issues.push(unknown(name, path, `The rule set "${ruleset.title}" reads "parameter.${name}". `, known.keys()));
    }
  }
  for (const { parameter, path } of parameters) {
    const type = known.get(parameter)?.type;
    const isDuration = type === "workingDays" || type === "days" || type === "hours";
    if (type === undefined || isDuration || !/\/(after|every)$/.test(path)) continue;
    const message = `"${parameter}" is a ${type}, and a duration is needed here.`;
    issues.push(error("not-a-duration", path, message, "Give the parameter the type workingDays, days or hours."));
  }
  return issues;
}

const parameterFacts = (facts: { fact: string; path: string }[]) =>
  facts
    .filter(({ fact }) => fact.startsWith("parameter."))
    .map(({ fact, path }) => ({ name: fact.slice("parameter.".length), path }));

function unknown(name: string, path: string, before: string, known: Iterable<string>): Issue {
  const hint = didYouMean(name, known) ?? 'Declare it under "parameters", or name its sheet in "uses".';
  return error("unknown-parameter", path, `${before}There is no parameter "${name}" here.`, hint);
}
