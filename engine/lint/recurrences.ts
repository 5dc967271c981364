import { checkRecurrence } from "../time/check-recurrence.ts";
import type { Issue } from "../words/issue.ts";
import { pointer } from "../words/pointer.ts";
import type { LintSubject } from "./subject.ts";

/** A calendar rule (RFC 5545) that is not one, wherever a document says `every`: cadence, clock, metric refresh. */
export function recurrences({ definition }: LintSubject): Issue[] {
  return everyIn(definition, "").flatMap(({ rule, path }) => checkRecurrence(rule, path));
}

function everyIn(value: unknown, path: string): { rule: string; path: string }[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const at = path + pointer(key);
    if (key === "layout" || key === "notes" || key === "tests" || key === "with") return [];
    return key === "every" && typeof child === "string" ? [{ rule: child, path: at }] : everyIn(child, at);
  });
}
