import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { factProblem } from "./known-facts.ts";
import { referencesIn } from "./references.ts";
import type { LintSubject } from "./subject.ts";

/** A fact that can never be known: read by the workflow itself, by the rule set of a decision, or by a form of its own answers. */
export function unknownFact(subject: LintSubject): Issue[] {
  const { definition } = subject;
  if (definition.kind === "form") return answers(subject);
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

function answers({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "form") return [];
  const known = definition.sections.flatMap((section) => section.questions.map((question) => question.id));
  return referencesIn(definition).facts.flatMap(({ fact, path }) => {
    const [space, id = ""] = fact.split(".");
    if (space !== "answer" || known.includes(id)) return [];
    return [error("unknown-fact", `${path}/fact`, `The form has no question "${id}".`, didYouMean(id, known))];
  });
}
