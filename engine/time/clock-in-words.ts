import { RRuleTemporal } from "rrule-temporal";
import { toText } from "rrule-temporal/totext";
import type { Conditions } from "../rules/conditions.ts";
import { durationInWords } from "../words/duration.ts";
import type { DurationValue, Reference } from "../words/reference.ts";
import { checkRecurrence } from "./check-recurrence.ts";
import { type Clock, type ClockControl, pauseConditions, pauseEvents, resumeEvents } from "./clock.ts";
import { dateInWords, tryDayOfDate } from "./epoch-day.ts";
import { recurrenceParts } from "./recurrence-parts.ts";

/** How a parameter is called in a sentence; the id where the caller knows no title. */
export type ParameterTitle = (id: string) => string | undefined;

/** How a condition is said; the caller knows the titles of facts. */
export type ConditionWords = (conditions: Conditions) => string;

/** A clock in words: `10 working days after person.hireDate`, `on 31 March 2026`, `every month on the 1st day of the month`. */
export function clockInWords(
  clock: Clock,
  title: ParameterTitle = () => undefined,
  condition: ConditionWords = () => "a condition holds",
): string {
  const calendar = clock.calendar === undefined ? "" : `, by ${calendarInWords(clock.calendar)}`;
  const pauses = controlInWords(clock, condition);
  if (clock.every !== undefined) return `${recurrenceInWords(clock.every)}${calendar}${pauses}`;
  if (clock.at !== undefined) {
    const at = typeof clock.at === "string" ? instantInWords(clock.at) : `at ${referenceInWords(clock.at, title)}`;
    return `${at}${calendar}${pauses}`;
  }
  const from = clock.from === undefined ? "" : ` after ${referenceInWords(clock.from, title)}`;
  return `${durationValueInWords(clock.after ?? {}, title)}${from}${calendar}${pauses}`;
}

/** What makes a clock stand still, go on, stop and count anew: `, paused from “on leave” until “resumed”`. */
export function controlInWords(clock: ClockControl, condition: ConditionWords = () => "a condition holds"): string {
  const named = (events: readonly string[]) => events.map((event) => `“${event.replaceAll("-", " ")}”`).join(" or ");
  const events = pauseEvents(clock);
  const parts = [
    ...(events.length > 0 ? [`paused from ${named(events)} until ${named(resumeEvents(clock))}`] : []),
    ...pauseConditions(clock).map(({ conditions }) => `paused while ${condition(conditions)}`),
    ...(clock.stop?.length ? [`stopped by ${named(clock.stop)}`] : []),
    ...(clock.reset?.length ? [`counted anew from ${named(clock.reset)}`] : []),
  ];
  return parts.map((part) => `, ${part}`).join("");
}

/** A duration, or the parameter that holds it, in words. */
export function durationValueInWords(value: DurationValue, title: ParameterTitle = () => undefined): string {
  return "parameter" in value ? parameterInWords(value.parameter, title) : durationInWords(value);
}

const parameterInWords = (id: string, title: ParameterTitle) => `the parameter “${title(id) ?? id}”`;

function referenceInWords(reference: Reference, title: ParameterTitle): string {
  if ("parameter" in reference) return parameterInWords(reference.parameter, title);
  return reference.plus ? `${durationInWords(reference.plus)} after ${reference.fact}` : reference.fact;
}

function calendarInWords(calendar: string): string {
  if (calendar === "subject" || calendar === "actor") return `the ${calendar}'s calendar`;
  return `the calendar ${calendar}`;
}

function instantInWords(text: string): string {
  const [date = "", time] = text.split("T");
  if (tryDayOfDate(date) === undefined) return `at ${text}`;
  return time === undefined ? `on ${dateInWords(date)}` : `on ${dateInWords(date)} at ${time.slice(0, 5)}`;
}

/** A recurrence rule in words; the rule itself where it is not a good one. */
export function recurrenceInWords(text: string): string {
  if (checkRecurrence(text).some((issue) => issue.severity === "error")) return `“${text}” (not a rule yet)`;
  const { parts } = recurrenceParts(text);
  let words = toText(new RRuleTemporal({ rruleString: `DTSTART:20260105T000000Z\nRRULE:${text.toUpperCase()}` }));
  // The library adds the start's own time, zone and weekday, which belong to the start and not to the rule.
  words = words.replace(/ UTC\b/, "");
  if (!parts.has("BYHOUR")) words = words.replace(/ at \d{1,2}(:\d{2})? [AP]M/, "");
  if (parts.get("FREQ") === "WEEKLY" && !parts.has("BYDAY")) words = words.replace(/ on Monday/, "");
  return words;
}
