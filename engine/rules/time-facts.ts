import type { FactUse } from "./facts.ts";
import type { FactType } from "./ruleset.ts";
import { TODAY } from "./today.ts";

/** The working days from one date to another, by a calendar: params `from`, `to` (a fact's name or a date), `calendar`. */
export const WORKING_DAYS = "time.workingDays";
/** The date so many working days after (or before) another: params `from`, `days`, `calendar`. */
export const WORKING_DAY = "time.workingDay";

/**
 * The facts about time, for choosers and for words. A rule is pure and has no calendar: what needs one is a fact with
 * params, answered by whoever knows the calendar of a case, and so the same in both evaluators, in a trace and in a test.
 * "Within 5 working days of" is `time.workingDays` at most 5, or a date on or before `time.workingDay`.
 */
export const TIME_FACTS: Readonly<
  Record<string, { type: FactType["type"]; title: string; params: readonly string[] }>
> = {
  [TODAY]: { type: "date", title: "today", params: [] },
  [WORKING_DAYS]: { type: "integer", title: "working days between two dates", params: ["from", "to", "calendar"] },
  [WORKING_DAY]: {
    type: "date",
    title: "the date some working days from another",
    params: ["from", "days", "calendar"],
  },
};

/**
 * A fact about time in words: `working days from complained at to today`, `3 working days after opened at`. Undefined for
 * other facts, and where params are missing.
 * @param name a fact's name, or a date, in words
 */
export function timeFactInWords({ fact, params = {} }: FactUse, name: (of: string) => string): string | undefined {
  if (fact === TODAY) return "today";
  const { from, to, days, calendar } = params;
  const by = typeof calendar === "string" ? ` by the calendar ${calendar}` : "";
  if (typeof from !== "string") return undefined;
  if (fact === WORKING_DAYS && typeof to === "string") return `working days from ${name(from)} to ${name(to)}${by}`;
  if (fact !== WORKING_DAY || typeof days !== "number") return undefined;
  const count = Math.abs(days);
  return `${count} working ${count === 1 ? "day" : "days"} ${days < 0 ? "before" : "after"} ${name(from)}${by}`;
}
