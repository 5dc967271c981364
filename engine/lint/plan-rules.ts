import { lintPlan } from "../incentive/lint-plan.ts";
import type { Issue } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** What is odd about an incentive plan: weights, curves, bands, limits, and what cannot run. */
export function planRules({ definition }: LintSubject): Issue[] {
  return definition.kind === "plan" ? lintPlan(definition) : [];
}
