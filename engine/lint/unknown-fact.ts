import type { Ruleset } from "../definition/ruleset.ts";
import { TIME_FACTS } from "../rules/time-facts.ts";
import { didYouMean, editDistance } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { factProblem, NAMESPACES } from "./known-facts.ts";
import { referencesIn } from "./references.ts";
import type { LintSubject } from "./subject.ts";

/** A fact that can never be known: read by the workflow itself, by the rule set of a decision, or by a form of its own answers. */
export function unknownFact(subject: LintSubject): Issue[] {
  const { definition } = subject;
  if (definition.kind === "form") return answers(subject);
  if (definition.kind === "ruleset") return undeclared(definition, subject);
  if (definition.kind !== "workflow") return [];
  const own = referencesIn(definition).facts.flatMap(({ fact, path }) => {
    const problem = factProblem(fact, definition, subject);
    return problem ? [error("unknown-fact", `${path}/fact`, problem.message, problem.hint)] : [];
  });
  const read = subject.placed.all.flatMap(({ step, path }) => {
    const ruleset = step.kind === "decision" ? subject.find("ruleset", step.rules) : undefined;
    if (!ruleset) return [];
    const facts = new Set(referencesIn(ruleset).facts.map(({ fact }) => fact));
    return [...facts].flatMap((fact) => {
      const problem = factProblem(fact, definition, subject);
      if (!problem) return [];
      const message = `The rule set "${ruleset.title}" reads "${fact}". ${problem.message}`;
      return [error("unknown-fact", `${path}/rules`, message, problem.hint)];
    });
  });
  return [...own, ...read];
}

/**
 * Facts that a rule set with a dictionary of its facts reads and does not declare: misspelled ones, and those that begin with
 * no word a fact may begin with. What every case knows (`person.role`) may be left undeclared.
 */
function undeclared(ruleset: Ruleset, subject: LintSubject): Issue[] {
  const declared = Object.keys(ruleset.facts ?? {});
  if (declared.length === 0) return [];
  const known = new Set([...declared, ...Object.keys(TIME_FACTS)]);
  const spaces = new Set([...NAMESPACES, ...subject.ids("record-type")]);
  return referencesIn(ruleset).facts.flatMap(({ fact, path }) => {
    if (known.has(fact) || fact.startsWith("parameter.")) return [];
    const [space = ""] = fact.split(".");
    const isMisspelled = declared.some((one) => editDistance(one.toLowerCase(), fact.toLowerCase(), 2) === 1);
    if (!isMisspelled && (spaces.has(space) || !subject.complete)) return [];
    const message = `The rule set does not know the fact "${fact}": it is not among those it declares.`;
    return [error("unknown-fact", `${path}/fact`, message, didYouMean(fact, declared))];
  });
}

function answers({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "form") return [];
  const known = definition.sections.flatMap((section) => section.questions.map((question) => question.id));
  return referencesIn(definition).facts.flatMap(({ fact, path }) => {
    const [space, id = ""] = fact.split(".");
    if (space !== "answer" || known.includes(id)) return [];
    return [error("unknown-fact", `${path}/fact`, `The form has no question "${id}".`, didYouMean(id, known))];
  });
}
