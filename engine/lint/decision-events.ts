import type { DefinitionOf } from "../definition/definition.ts";
import { eventsEmitted } from "../definition/events-emitted.ts";
import { didYouMean } from "../words/closest.ts";
import { error, type Issue, warning } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import { referencesIn } from "./references.ts";
import type { LintSubject } from "./subject.ts";

/** A decision without a default, without a way for missing data, or whose ways and rules do not fit together. */
export function decisionEvents(subject: LintSubject): Issue[] {
  return subject.placed.all.flatMap(({ step, path }) => {
    if (step.kind !== "decision") return [];
    const issues: Issue[] = [];
    const ruleset = subject.find("ruleset", step.rules);
    if (!("otherwise" in step.on)) {
      const message = `"${step.title}" has no way for when no rule is true.`;
      issues.push(error("no-otherwise", `${path}/on`, message, 'Add "otherwise".'));
    }
    if (!ruleset) return issues;
    if (!("not-evaluated" in step.on) && mayBeNotEvaluated(ruleset)) {
      const message = `"${step.title}" has no way for when data is missing.`;
      const hint = `Add "not-evaluated", or say what else missing data does: "missing" in the rule set "${ruleset.title}".`;
      issues.push(error("no-not-evaluated", `${path}/on`, message, hint));
    }
    const emitted = eventsEmitted(ruleset);
    for (const event of emitted) {
      if (event in step.on) continue;
      const message = `The rule set "${ruleset.title}" may say "${event}", and "${step.title}" does not lead on from there.`;
      issues.push(error("rule-without-way", `${path}/on`, message, `Draw a way for "${event}".`));
    }
    for (const event of Object.keys(step.on)) {
      if (event === "otherwise" || event === "not-evaluated" || emitted.has(event)) continue;
      const message = `No rule of "${ruleset.title}" ever says "${event}".`;
      issues.push(warning("event-never-happens", path + pointer("on", event), message, didYouMean(event, emitted)));
    }
    return issues;
  });
}

/** Whether a rule set can come to "not evaluated": it reads some fact, and its policy on missing ones says so. */
function mayBeNotEvaluated(ruleset: DefinitionOf<"ruleset">): boolean {
  if ((ruleset.missing ?? "not-evaluated") !== "not-evaluated") return false;
  return referencesIn(ruleset).facts.some(({ fact }) => !fact.startsWith("parameter."));
}
