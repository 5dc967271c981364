import type { Step } from "../steps/step.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A step that asks people but names nobody. */
export function stepWithoutActor({ placed }: LintSubject): Issue[] {
  return placed.all.flatMap(({ step, path }) => {
    if (!asks(step)) return [];
    const named = [step.actor, step.actors, step.each].filter((one) => one !== undefined);
    if (named.length === 0) {
      return [
        error("no-actor", path, `"${step.title}" has nobody to do it.`, 'Add "actor", e.g. { "relation": "manager" }.'),
      ];
    }
    if (step.actor !== undefined && step.actors !== undefined) {
      return [
        warning(
          "two-actors",
          `${path}/actors`,
          `"${step.title}" names both "actor" and "actors".`,
          "Keep one of them.",
        ),
      ];
    }
    return [];
  });
}

const asks = (step: Step): step is Extract<Step, { kind: "form" | "approval" | "calibration" }> =>
  step.kind === "form" || step.kind === "approval" || step.kind === "calibration";
