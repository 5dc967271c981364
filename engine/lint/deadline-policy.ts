import { error, type Issue, warning } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A deadline whose policy has nothing to act on: escalate without a ladder, advance without a way, a ladder unused. */
export function deadlinePolicy({ placed }: LintSubject): Issue[] {
  return placed.all.flatMap(({ step, path }) => {
    if (!("deadline" in step) || !step.deadline) return [];
    const { policy, escalation } = step.deadline;
    const at = `${path}/deadline`;
    const issues: Issue[] = [];
    if (policy === "escalate" && escalation === undefined) {
      issues.push(
        error(
          "no-escalation",
          at,
          `"${step.title}" escalates when it is due, but names no ladder.`,
          'Add "escalation".',
        ),
      );
    }
    if (escalation !== undefined && policy !== undefined && policy !== "escalate") {
      const message = `The ladder of "${step.title}" never starts: its policy is "${policy}".`;
      issues.push(
        warning("escalation-unused", `${at}/escalation`, message, 'Set "policy": "escalate", or remove the ladder.'),
      );
    }
    const frame = step.kind === "group" || step.kind === "parallel";
    if (escalation !== undefined && policy !== "hold" && (frame || "due" in step.on)) {
      const why = frame ? "a frame has no task that anybody could hand in" : "the step is left when its time is up";
      const message = `The ladder of "${step.title}" never climbs: ${why}.`;
      issues.push(
        error("escalation-left", `${at}/escalation`, message, 'Take "due" away, or start the ladder on a step inside.'),
      );
    }
    if (frame && !("due" in step.on)) {
      const message = `The deadline of "${step.title}" does nothing: nothing leads on when it is due.`;
      issues.push(error("deadline-without-way", at, message, 'Draw a way for "due".'));
    }
    return issues;
  });
}
