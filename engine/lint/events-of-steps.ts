import { DEFAULT_OUTCOME } from "../steps/end.ts";
import { outcomesOf } from "../steps/events.ts";
import { type PlacedStep, undoStepsOf } from "../steps/placed-steps.ts";
import type { Steps } from "../steps/step.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** An outcome that leads nowhere, and a way that only a word from outside takes. Decisions have a check of their own. */
export function eventsOfSteps(subject: LintSubject): Issue[] {
  return subject.placed.all.flatMap((placed) => {
    const { step, path } = placed;
    if (step.kind === "end" || step.kind === "decision" || undoStepsOf(placed.scope).has(placed)) return [];
    const happens = eventsOf(placed, subject);
    if (happens === undefined) return [];
    const drawn = Object.keys(step.on);
    const unhandled = happens.must.filter((event) => !drawn.includes(event));
    const never = drawn.filter((event) => !happens.must.includes(event) && !happens.may.includes(event));
    return [
      ...unhandled.map((event) =>
        error(
          "outcome-without-way",
          `${path}/on`,
          `"${step.title}" may come to "${event}", and nothing leads on from there.`,
          `Draw a way for "${event}".`,
        ),
      ),
      ...never.map((event) =>
        warning(
          "event-never-happens",
          path + pointer("on", event),
          `"${step.title}" does not come to "${event}" by itself: only HR or another system can say so.`,
          didYouMean(event, [...happens.must, ...happens.may]),
        ),
      ),
    ];
  });
}

/** The events a step must lead on from, and those it may have besides; undefined where that is not known. */
function eventsOf({ step }: PlacedStep, subject: LintSubject): { must: string[]; may: string[] } | undefined {
  const due = "deadline" in step && step.deadline !== undefined ? ["due"] : [];
  switch (step.kind) {
    case "form":
    case "approval":
    case "calibration": {
      const emitted = Array.isArray(step.join) ? step.join.map((rule) => rule.emit) : [];
      // A session that many share may be cancelled under those who wait for it.
      const failed = "shared" in step && step.shared ? ["failed"] : [];
      // Several whose answers differ, or nobody where that is allowed, come to "done".
      const joined = step.each ? ["done"] : [];
      return { must: [...new Set([...outcomesOf(step), ...emitted])], may: [...joined, ...due, ...failed] };
    }
    case "wait":
      // The clock takes "due", or "done" where no "due" is drawn.
      if ("due" in step.on) return { must: step.for?.length ? ["done"] : [], may: ["due", "done"] };
      return { must: ["done"], may: ["due"] };
    case "notify":
    case "record":
      return { must: ["done"], may: [] };
    case "payout":
    case "call":
      return { must: ["done"], may: ["failed"] };
    case "group":
      return { must: outcomesOfEnds(step.steps), may: due };
    case "parallel": {
      if (Array.isArray(step.join)) return { must: [...new Set(step.join.map((rule) => rule.emit))], may: due };
      const inside = Object.values(step.branches).flatMap((branch) => outcomesOfEnds(branch.steps));
      // Branches that end alike come to that outcome where it is drawn; everything else comes to "done".
      const alike = new Set(inside).size === 1 && inside[0]! in step.on;
      const joined = "done" in step.on || alike ? [] : ["done"];
      return { must: joined, may: ["done", ...inside, ...due] };
    }
    case "subflow": {
      const child = subject.find("workflow", step.workflow);
      if (!child) return undefined;
      const emitted = Array.isArray(step.join) ? step.join.map((rule) => rule.emit) : undefined;
      return { must: emitted ?? outcomesOfEnds(child.steps), may: ["failed", "done"] };
    }
    default:
      return undefined;
  }
}

function outcomesOfEnds(steps: Steps): string[] {
  const ends = Object.values(steps).flatMap((step) => (step.kind === "end" ? [step.outcome ?? DEFAULT_OUTCOME] : []));
  return [...new Set(ends)];
}
