import { undoStepsOf } from "../steps/placed-steps.ts";
import { error, type Issue } from "../words/issue.ts";
import { reachable } from "./reach.ts";
import type { LintSubject } from "./subject.ts";

/** A step that no way leads to: it would never happen. */
export function unreachable({ placed }: LintSubject): Issue[] {
  return placed.scopes.flatMap((scope) => {
    if (!scope.steps.has(scope.start)) return [];
    const reached = new Set([...reachable(scope), ...undoStepsOf(scope)]);
    return [...scope.steps.values()]
      .filter((step) => !reached.has(step))
      .map((step) =>
        error("unreachable", step.path, `Nothing leads to "${step.step.title}".`, "Draw a way to it, or delete it."),
      );
  });
}
