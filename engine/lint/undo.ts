import { drawnWays } from "../steps/placed-steps.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A step that is to be undone by what does not exist, cannot undo, or is a step of the process itself. */
export function undo({ placed }: LintSubject): Issue[] {
  return placed.all.flatMap(({ step, path, scope, id }) => {
    if (!("undo" in step) || step.undo === undefined) return [];
    const at = `${path}/undo`;
    const by = scope.steps.get(step.undo);
    if (!by) {
      const message = `"${step.title}" is to be undone by "${step.undo}", and there is no such step beside it.`;
      return [error("unknown-step", at, message, didYouMean(step.undo, scope.steps.keys()))];
    }
    const issues: Issue[] = [];
    const { kind, title } = by.step;
    if (kind !== "record" && kind !== "notify" && kind !== "call") {
      const message = `"${title}" cannot undo "${step.title}": only a record, a call or a message can.`;
      issues.push(error("undo-kind", at, message, "Let a record, a call or a notify step undo it."));
    }
    const reached =
      scope.start === by.id ||
      [...scope.steps.values()].some((other) => drawnWays(other).some((way) => way.transition.to === by.id));
    if (reached || by.id === id) {
      const message = `"${title}" undoes "${step.title}", and is a step of the process as well.`;
      issues.push(error("undo-reached", at, message, "Let nothing lead to it, or let another step undo."));
    }
    if (by.step.kind === "record" && (by.step.set !== undefined || by.step.release !== undefined)) {
      const message = `"${title}" runs when the case is over, so what it sets or releases is never read.`;
      issues.push(warning("undo-set", by.path, message, 'Keep only what it writes ("write").'));
    }
    return issues;
  });
}
