import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { factProblem } from "./known-facts.ts";
import type { LintSubject } from "./subject.ts";

/** Parts of a key that are the case's own, and no facts. */
const OWN = new Set(["subject", "period"]);

/** Cases that many share: what finds them must be known, and one step cannot both share one case and ask each of many. */
export function sharedCases(subject: LintSubject): Issue[] {
  const { definition } = subject;
  if (definition.kind === "escalation")
    return definition.levels.flatMap((level, index) =>
      level.shared && !level.start
        ? [
            error(
              "shared-without-start",
              pointer("levels", index, "shared"),
              `"${level.title}" shares a case, and starts none.`,
              'Say which workflow it starts, or take "shared" away.',
            ),
          ]
        : [],
    );
  if (definition.kind !== "workflow") return [];
  return subject.placed.all.flatMap(({ step, path }) => {
    const issues: Issue[] = [];
    const keyed = (key: readonly string[], member: string) =>
      key.forEach((part, index) => {
        const problem = OWN.has(part) || part === "actor" ? undefined : factProblem(part, definition, subject);
        if (problem)
          issues.push(error("unknown-fact", `${path}/${member}${pointer(index)}`, problem.message, problem.hint));
      });
    if ("shared" in step && step.shared) {
      keyed(step.shared.key, "shared/key");
      if ("each" in step && step.each)
        issues.push(
          error(
            "shared-by-each",
            `${path}/shared`,
            `"${step.title}" asks each of many and shares one case; it can only do one of the two.`,
            "Draw two steps, or take one of them away.",
          ),
        );
    }
    if ("bundle" in step && step.bundle) keyed(step.bundle, "bundle");
    return issues;
  });
}
