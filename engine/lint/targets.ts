import { drawnWays, type PlacedStep, type Scope } from "../steps/placed-steps.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A `start` or a transition that leads to a step which does not exist, or which stands in another frame. */
export function targets({ placed }: LintSubject): Issue[] {
  const issues: Issue[] = [];
  for (const scope of placed.scopes) {
    if (!scope.steps.has(scope.start)) {
      const hint = didYouMean(scope.start, scope.steps.keys());
      issues.push(
        error(
          "unknown-start",
          `${scope.path}/start`,
          `${frame(scope)} starts at "${scope.start}", which is not one of its steps.`,
          hint,
        ),
      );
    }
  }
  for (const from of placed.all) {
    for (const way of drawnWays(from)) {
      const { to } = way.transition;
      if (from.scope.steps.has(to)) continue;
      const elsewhere = placed.byId.get(to);
      const path = typeof way.transition === "object" ? way.path : from.path;
      if (elsewhere)
        issues.push(error("target-outside", path, outside(from, way.event, elsewhere), wayOut(from, elsewhere)));
      else {
        const message = `"${from.step.title}" leads to "${to}" on ${way.event}, and there is no such step.`;
        issues.push(error("unknown-step", path, message, didYouMean(to, from.scope.steps.keys())));
      }
    }
  }
  return issues;
}

const frame = (scope: Scope) =>
  scope.owner
    ? `${scope.branch ? `The branch "${scope.branch.title}" of "${scope.owner.step.title}"` : `The group "${scope.owner.step.title}"`}`
    : "The workflow";

const outside = (from: PlacedStep, event: string, to: PlacedStep) =>
  `"${from.step.title}" leads to "${to.step.title}" on ${event}, which stands in another frame.`;

function wayOut(from: PlacedStep, to: PlacedStep): string {
  if (from.scope.owner) {
    return `Lead to an end with an outcome inside the frame, and let "${from.scope.owner.step.title}" lead on from that outcome.`;
  }
  return `Lead to "${to.scope.owner?.id ?? to.id}" itself; it begins at its own start.`;
}
