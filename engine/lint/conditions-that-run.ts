import { compileRuleset } from "../rules/decide.ts";
import { compileConditions } from "../rules/guard.ts";
import { type Issue, IssuesError } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { conditionOperands } from "./condition-operands.ts";
import type { LintSubject } from "./subject.ts";

/**
 * Whatever keeps conditions, rules and tables from running, by compiling them just as a case would: paths, operands, cells,
 * names of conditions. Operators and parameters as operands have a check of their own, which says more.
 */
export function conditionsThatRun(subject: LintSubject): Issue[] {
  const { definition } = subject;
  const own = conditionOperands(subject);
  const said = new Set(own.map(({ path }) => path));
  const tried =
    definition.kind === "ruleset"
      ? issuesOf(() => compileRuleset(definition))
      : conditionsIn(definition, "").flatMap(({ conditions, path }) =>
          issuesOf(() => compileConditions(conditions, { at: path })),
        );
  return [...own, ...tried.filter(({ path }) => !said.has(path)).map(inSentences)];
}

function issuesOf(attempt: () => unknown): Issue[] {
  try {
    attempt();
    return [];
  } catch (problem) {
    if (problem instanceof IssuesError) return problem.issues;
    throw problem;
  }
}

/** The top of each condition in a document, with its place. */
function conditionsIn(value: unknown, path: string): { conditions: unknown; path: string }[] {
  if (value === null || typeof value !== "object") return [];
  if (!Array.isArray(value) && ["all", "any"].some((key) => Array.isArray((value as Record<string, unknown>)[key]))) {
    return [{ conditions: value, path }];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    if (path === "" && ["layout", "notes", "tests", "data", "fields", "values", "parameters"].includes(key)) return [];
    // A clock is paused by conditions and by names of events.
    if (key === "pause" && Array.isArray(child)) {
      return child.flatMap((part, index) =>
        typeof part === "string" ? [] : [{ conditions: part as unknown, path: path + pointer(key, index) }],
      );
    }
    if (isConditionPlace(key)) return child === undefined ? [] : [{ conditions: child, path: path + pointer(key) }];
    return conditionsIn(child, path + pointer(key));
  });
}

/** Where a condition may begin with `not` or a name, which are told from other objects only by their place. */
const isConditionPlace = (key: string) =>
  ["when", "eligible", "population", "showWhen", "requiredWhen", "lockedWhen"].includes(key);

const inSentences = (issue: Issue): Issue => ({
  ...issue,
  message: sentence(issue.message),
  ...(issue.hint === undefined ? {} : { hint: sentence(issue.hint) }),
});

const sentence = (text: string) => {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…}]$/.test(capital) ? capital : `${capital}.`;
};
