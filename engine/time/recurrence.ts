import { RRuleTemporal } from "rrule-temporal";
import { error, IssuesError } from "../words/issue.ts";
import { checkRecurrence } from "./check-recurrence.ts";
import { civilOfDay, DAY_MS } from "./epoch-day.ts";
import { instantOf } from "./instant-text.ts";
import { type RecurrenceParts, recurrenceParts, recurrenceText } from "./recurrence-parts.ts";
import { timeOfDay } from "./time-of-day.ts";
import { type Zone, zone as zoneOf } from "./zone.ts";

/** From when and where a recurrence rule is counted. */
export interface RecurrenceStart {
  /** The first instant counted from (RFC 5545's DTSTART): epoch milliseconds, an ISO date or an ISO date and time. */
  from: number | string;
  zone: Zone | string;
  /** The local time of an occurrence where the rule names no BYHOUR; else the time of day of `from`. */
  at?: string;
}

/** At most this many occurrences are listed at once. */
const MOST = 100_000;

/**
 * The occurrences of a rule in `(after, until]`, as instants in order, without duplicates.
 *
 * Rules of a day or longer are counted on the local calendar and then placed in the zone, so that an occurrence whose time
 * a clock change skips still happens (later that day): RFC 5545 would leave it out, and a review would not open. Hourly
 * and shorter rules are counted as the RFC says. Throws an IssuesError for a rule that `checkRecurrence` refuses.
 */
export function occurrences(text: string, start: RecurrenceStart, after: number, until: number): number[] {
  const counted = countable(text, start);
  const found: number[] = [];
  let last = after;
  while (found.length < MOST) {
    const next = counted.next(last);
    if (next === undefined || next > until) return found;
    found.push(next);
    last = next;
  }
  throw new IssuesError([
    error("recurrence-often", "", `The rule ${text} occurs more than ${MOST} times in the time asked for.`),
  ]);
}

/** The first occurrence after an instant; undefined where the rule has ended. Throws as `occurrences` does. */
export function nextOccurrence(text: string, start: RecurrenceStart, after: number): number | undefined {
  return countable(text, start).next(after);
}

interface Countable {
  next(after: number): number | undefined;
}

function countable(text: string, start: RecurrenceStart): Countable {
  const issues = checkedOnce(text).filter((issue) => issue.severity === "error");
  if (issues.length > 0) throw new IssuesError(issues);
  const zone = typeof start.zone === "string" ? zoneOf(start.zone) : start.zone;
  const from = instantOf(start.from, zone, "start");
  if (from === undefined) {
    throw new IssuesError([
      error("recurrence-from", "", `"${start.from}" is not a date to count from.`, "Write it as 2026-01-31."),
    ]);
  }
  const { parts } = recurrenceParts(text);
  const time = start.at === undefined || parts.has("BYHOUR") ? zone.timeAt(from) : timeOfDay(start.at);
  const local = zone.dayAt(from) * DAY_MS + time;
  const frequency = parts.get("FREQ");
  if (frequency === "HOURLY" || frequency === "MINUTELY") return elapsed(parts, local, zone);
  return calendarDays(parts, local, from, zone);
}

/** Issues of a rule, kept: one cadence is asked again and again. */
const checked = new Map<string, ReturnType<typeof checkRecurrence>>();
function checkedOnce(text: string): ReturnType<typeof checkRecurrence> {
  const known = checked.get(text);
  if (known) return known;
  const issues = checkRecurrence(text);
  if (checked.size > 1000) checked.clear();
  checked.set(text, issues);
  return issues;
}

/** The rule on the local calendar, as if it were UTC, which is also the library's fast path; then placed in the zone. */
function calendarDays(parts: RecurrenceParts, local: number, from: number, zone: Zone): Countable {
  const rule = new RRuleTemporal({ rruleString: `DTSTART:${stamp(local)}Z\nRRULE:${floating(parts, zone)}` });
  const place = (localMs: number) => {
    const day = Math.floor(localMs / DAY_MS);
    return zone.instantAt(day, localMs - day * DAY_MS);
  };
  return {
    next: (after) => {
      // A local clock that was set back shows the same time twice: begin a day early and step over what is not after.
      let cursor = after + zone.offsetAt(after) - DAY_MS;
      for (;;) {
        const found = asked(rule, cursor);
        if (!found) return undefined;
        const instant = place(found.epochMilliseconds);
        if (instant > after && instant >= from) return instant;
        cursor = found.epochMilliseconds;
      }
    },
  };
}

/** Hourly and shorter rules: elapsed time in the zone, by the library itself. */
function elapsed(parts: RecurrenceParts, local: number, zone: Zone): Countable {
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${zone.id}:${stamp(local)}\nRRULE:${recurrenceText(parts)}`,
  });
  return { next: (after) => asked(rule, after)?.epochMilliseconds };
}

/** The library gives up on a search that is too long; that is the rule's fault and is said as such. */
function asked(rule: RRuleTemporal, after: number): { epochMilliseconds: number } | null {
  try {
    return rule.next(new Date(after), false);
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    throw new IssuesError([
      error("recurrence-never", "", `The next occurrence could not be found: ${said}.`, "Use a simpler rule."),
    ]);
  }
}

/** The rule with its end on the local calendar: a date means the end of that day, an instant its local time. */
function floating(parts: RecurrenceParts, zone: Zone): string {
  const until = parts.get("UNTIL");
  if (until === undefined) return recurrenceText(parts);
  const iso = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  const time = until.slice(9, 15) || "235959";
  const text = `${iso}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}`;
  const end = instantOf(until.endsWith("Z") ? `${text}Z` : text, zone, "end");
  if (end === undefined) {
    throw new IssuesError([error("recurrence", "", `UNTIL=${until} is not a date.`, "Write UNTIL=20261231.")]);
  }
  return recurrenceText(new Map([...parts, ["UNTIL", `${stamp(end + zone.offsetAt(end))}Z`]]));
}

const two = (value: number) => String(value).padStart(2, "0");

/** `20260131T090000` of local milliseconds. */
function stamp(local: number): string {
  const day = Math.floor(local / DAY_MS);
  const { year, month, day: date } = civilOfDay(day);
  const seconds = Math.floor((local - day * DAY_MS) / 1000);
  const time = `${two(Math.floor(seconds / 3600))}${two(Math.floor(seconds / 60) % 60)}${two(seconds % 60)}`;
  return `${String(year).padStart(4, "0")}${two(month)}${two(date)}T${time}`;
}
