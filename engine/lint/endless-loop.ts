import type { PlacedStep } from "../steps/placed-steps.ts";
import { kindOf } from "../steps/registry.ts";
import type { Step, Steps } from "../steps/step.ts";
import { error, type Issue } from "../words/issue.ts";
import { loops, nextSteps } from "./reach.ts";
import type { LintSubject } from "./subject.ts";

/** A loop in which nobody and nothing is waited for: once entered, it would run until the engine stops it. */
export function endlessLoop({ placed }: LintSubject): Issue[] {
  return placed.scopes.flatMap((scope) => {
    const running = [...scope.steps.values()].filter((step) => !rests(step));
    const among = (step: PlacedStep) => nextSteps(step).filter((next) => !rests(next));
    return loops(running, among).map((loop) => {
      const members = running.filter((step) => loop.includes(step));
      const names = members.map((step) => `"${step.step.title}"`).join(", ");
      return error(
        "endless-loop",
        members[0]!.path,
        `${names} ${members.length === 1 ? "leads to itself" : "lead to each other"} without anybody or anything to wait for.`,
        "Put a form, an approval or a wait into the loop.",
      );
    });
  });
}

/** Whether a case that comes to the step surely stands still there, until a person, a clock or an answer moves it. */
function rests({ step }: PlacedStep): boolean {
  if (step.kind === "group") return holdsWaiting(step.steps);
  if (step.kind === "parallel") return Object.values(step.branches).some((branch) => holdsWaiting(branch.steps));
  return waits(step);
}

function holdsWaiting(steps: Steps): boolean {
  return Object.values(steps).some((step) => {
    if (step.kind === "group") return holdsWaiting(step.steps);
    if (step.kind === "parallel") return Object.values(step.branches).some((branch) => holdsWaiting(branch.steps));
    return waits(step);
  });
}

/** A wait for a day of the calendar holds nobody up once that day is over: it is no rest in a loop. */
function waits(step: Exclude<Step, { kind: "group" | "parallel" }>): boolean {
  if (step.kind === "wait" && typeof step.until.at === "string") return false;
  return kindOf(step).waits !== "nothing";
}
