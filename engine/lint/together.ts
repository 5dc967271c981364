import { error, type Issue, warning } from "../words/issue.ts";
import type { LintSubject } from "./subject.ts";

/** A step that several people work on together, and what keeps them from it. */
export function together({ placed }: LintSubject): Issue[] {
  return placed.all.flatMap(({ step, path }) => {
    if (step.kind !== "form" && step.kind !== "approval" && step.kind !== "calibration") return [];
    const { mode = "single", actors = [], exit } = step;
    const issues: Issue[] = [];
    if (mode === "single") {
      if (exit === undefined) return [];
      const message = `Whoever does "${step.title}" hands it in, so "exit" does nothing.`;
      return [
        warning("exit-unused", `${path}/exit`, message, 'Set "mode": "iterative" or "collaborative", or remove it.'),
      ];
    }
    const how = mode === "iterative" ? "passed to and fro" : "worked on together";
    if (actors.length < 2) {
      const message = `"${step.title}" is ${how}, and names fewer than two actors.`;
      issues.push(error("mode-actors", path, message, 'List those who take part in "actors".'));
    }
    if (exit !== undefined && exit >= Math.max(1, actors.length)) {
      const message = `The exit of "${step.title}" is actor ${exit}, and there are only ${actors.length} (counted from 0).`;
      issues.push(error("exit-actor", `${path}/exit`, message, "Give the position of the actor who hands it in."));
    }
    for (const [member, used] of [
      ["each", step.each !== undefined],
      ["bundle", step.bundle !== undefined],
    ] as const) {
      if (!used) continue;
      const message = `"${step.title}" is ${how}, and cannot be one for each or of many as well.`;
      issues.push(error("mode-many", `${path}/${member}`, message, `Remove "${member}", or let one person do it.`));
    }
    if (step.form === undefined) {
      const message = `"${step.title}" is ${how}, and there is no form to write in.`;
      issues.push(warning("mode-form", path, message, 'Add "form".'));
    }
    return issues;
  });
}
