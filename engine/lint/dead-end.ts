import { drawnWays, type Scope } from "../steps/placed-steps.ts";
import { error, type Issue } from "../words/issue.ts";
import { leadingTo, reachable } from "./reach.ts";
import type { LintSubject } from "./subject.ts";

/** A reachable step from which no way leads to an end: a case there would stay open for ever. */
export function deadEnd({ placed }: LintSubject): Issue[] {
  return placed.scopes.flatMap((scope) => {
    if (leftByItsClock(scope)) return [];
    const ends = [...scope.steps.values()].filter(({ step }) => step.kind === "end");
    if (ends.length === 0) return [withoutEnd(scope)];
    const leading = leadingTo(scope, ends);
    return [...reachable(scope)]
      .filter((step) => !leading.has(step))
      .map((step) => {
        const how = drawnWays(step).length === 0 ? "leads nowhere" : "never leads to an end";
        return error("dead-end", step.path, `"${step.step.title}" ${how}.`, "Draw a way from it that comes to an end.");
      });
  });
}

/** A frame whose deadline leads on may keep going round inside until then. */
function leftByItsClock({ owner }: Scope): boolean {
  const step = owner?.step;
  if (step?.kind !== "group" && step?.kind !== "parallel") return false;
  return step.deadline !== undefined && step.on.due !== undefined;
}

function withoutEnd(scope: Scope): Issue {
  const hint = "Add an end step and lead to it.";
  if (!scope.owner) return error("no-end", "/steps", "The workflow has no end.", hint);
  const where = scope.branch
    ? `The branch "${scope.branch.title}" of "${scope.owner.step.title}"`
    : `"${scope.owner.step.title}"`;
  return error("no-end", scope.path, `${where} has no end inside.`, hint);
}
