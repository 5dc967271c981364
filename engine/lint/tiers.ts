import { didYouMean } from "../words/closest.ts";
import { error, type Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** Tiers of a metric trigger that start at an unknown level, say no bound, or in which a worse breach starts lower. */
export function tiers({ definition }: LintSubject): Issue[] {
  if (definition.kind !== "escalation" || !definition.trigger || !("rule" in definition.trigger)) return [];
  const levels = definition.levels.map((level) => level.id);
  const issues: Issue[] = [];
  const list = definition.trigger.tiers ?? [];
  for (const [index, tier] of list.entries()) {
    const path = pointer("trigger", "tiers", index);
    if (!levels.includes(tier.startAt)) {
      const message = `A tier starts at "${tier.startAt}", and the ladder has no such level.`;
      issues.push(error("unknown-level", `${path}/startAt`, message, didYouMean(tier.startAt, levels)));
    }
    if ((tier.below === undefined) === (tier.above === undefined)) {
      issues.push(error("tier-bound", path, 'A tier has exactly one of "below" and "above".'));
    }
    const before = list[index - 1];
    if (before && isWorse(tier, before) && levels.indexOf(tier.startAt) < levels.indexOf(before.startAt)) {
      const message = `A worse breach starts at "${tier.startAt}", lower on the ladder than "${before.startAt}".`;
      issues.push(error("tier-order", path, message, "Let the worse breach start higher."));
    }
  }
  return issues;
}

function isWorse(a: { below?: unknown; above?: unknown }, b: { below?: unknown; above?: unknown }): boolean {
  if (typeof a.below === "number" && typeof b.below === "number") return a.below < b.below;
  return typeof a.above === "number" && typeof b.above === "number" && a.above > b.above;
}
