import type { Step } from "../steps/step.ts";
import { error, type Issue } from "../words/issue.ts";
import type { PersonRef } from "../words/reference.ts";
import type { LintSubject } from "./subject.ts";

/** A join that asks for more answers than there can be members, and a baseline that asks for more periods than it has. */
export function groupMinimum({ definition, placed }: LintSubject): Issue[] {
  if (definition.kind === "metric") {
    const { periods, minimum } = definition.baseline ?? { periods: 0 };
    if (minimum === undefined || minimum <= periods) return [];
    const message = `The baseline needs ${minimum} periods but looks at ${periods} only: it would never exist.`;
    return [error("group-minimum", "/baseline/minimum", message, "Lower the minimum or raise the number of periods.")];
  }
  return placed.all.flatMap(({ step, path }) => {
    const most = membersAtMost(step);
    const needed = neededBy(step);
    if (most === undefined || needed === undefined || needed <= most) return [];
    const who = step.kind === "parallel" ? "branches" : "raters";
    const message = `"${step.title}" needs ${needed} ${who} but there are ${most} at most: it would never be done.`;
    return [error("group-minimum", `${path}/join`, message, `Ask for ${most} or fewer.`)];
  });
}

/** The most members that a step can have, where that is known before it runs. */
function membersAtMost(step: Step): number | undefined {
  if (step.kind === "parallel") return Object.keys(step.branches).length;
  if (!("each" in step) || !step.each) return undefined;
  const people = [step.each.of].flat();
  return people.every(isOnePerson) ? people.length : undefined;
}

const isOnePerson = (ref: PersonRef) =>
  "relation" in ref && (ref.relation === "subject" || ref.relation === "manager" || ref.relation === "skip-manager");

function neededBy(step: Step): number | undefined {
  const join = "join" in step ? step.join : undefined;
  if (join === undefined || typeof join === "string") return undefined;
  if (!Array.isArray(join)) return join.atLeast;
  const counts = join.flatMap(({ atLeast }) => (typeof atLeast === "number" ? [atLeast] : []));
  // Of several rules, one that can hold is enough.
  return counts.length === join.length ? Math.min(...counts) : undefined;
}
