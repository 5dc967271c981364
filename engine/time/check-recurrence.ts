import { RRuleTemporal } from "rrule-temporal";
import { error, type Issue, warning } from "../words/issue.ts";
import { type RecurrenceParts, recurrenceParts, recurrenceText } from "./recurrence-parts.ts";

const FREQUENCIES = ["MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
const WEEKDAY = /^([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/;
const UNTIL = /^\d{8}(T\d{6}Z?)?$/;

/** Numeric parts with their bounds; `signed` ones may also count from the end (-1 is the last), and 0 is then no value. */
const NUMBERS: Record<string, { min: number; max: number; signed?: boolean; example: string }> = {
  BYMINUTE: { min: 0, max: 59, example: "BYMINUTE=30" },
  BYHOUR: { min: 0, max: 23, example: "BYHOUR=9" },
  BYMONTH: { min: 1, max: 12, example: "BYMONTH=1,7" },
  BYMONTHDAY: { min: 1, max: 31, signed: true, example: "BYMONTHDAY=1, or -1 for the last day" },
  BYYEARDAY: { min: 1, max: 366, signed: true, example: "BYYEARDAY=100" },
  BYWEEKNO: { min: 1, max: 53, signed: true, example: "BYWEEKNO=20" },
  BYSETPOS: { min: 1, max: 366, signed: true, example: "BYSETPOS=-1" },
};
const OTHERS = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"];

/**
 * What is wrong with a recurrence rule (RFC 5545): the library that evaluates it drops what it does not understand, so a
 * typing error would silently run on another day. Refuses what runs more often than once a minute, and a rule that never
 * occurs; warns of days that short months do not have.
 */
export function checkRecurrence(text: string, path = ""): Issue[] {
  const { parts, bad, twice } = recurrenceParts(text);
  const issues: Issue[] = [];
  const refuse = (message: string, hint: string) => issues.push(error("recurrence", path, message, hint));
  for (const piece of bad) {
    refuse(
      `"${piece}" is not a part of a recurrence rule.`,
      "Write parts as NAME=value, joined by semicolons: FREQ=WEEKLY;BYDAY=MO",
    );
  }
  for (const name of twice) refuse(`${name} is said twice.`, "Keep one of them; several values are joined by commas.");
  for (const name of parts.keys()) {
    if (name === "BYSECOND") {
      refuse("A rule may not name seconds.", "Leave BYSECOND out; a rule runs at most once a minute.");
    } else if (!OTHERS.includes(name) && !NUMBERS[name]) {
      refuse(`${name} is not a part of a recurrence rule.`, `Use ${[...OTHERS, ...Object.keys(NUMBERS)].join(", ")}.`);
    }
  }
  issues.push(...checkFrequency(parts, path), ...checkNumbers(parts, path), ...checkDays(parts, path));
  if (issues.some((issue) => issue.severity === "error")) return issues;
  if (!occursAtAll(parts)) {
    issues.push(
      error(
        "recurrence-never",
        path,
        "This rule never occurs.",
        "Check that the days it names exist in the months it names.",
      ),
    );
  }
  return issues;
}

function checkFrequency(parts: RecurrenceParts, path: string): Issue[] {
  const issues: Issue[] = [];
  const refuse = (message: string, hint: string) => issues.push(error("recurrence", path, message, hint));
  const frequency = parts.get("FREQ");
  if (frequency === undefined) refuse("The rule does not say how often.", "Begin with FREQ=, e.g. FREQ=MONTHLY");
  else if (frequency === "SECONDLY") refuse("A rule may not run every second.", "The shortest frequency is MINUTELY.");
  else if (!FREQUENCIES.includes(frequency)) {
    refuse(`${frequency} is not a frequency.`, `Use one of ${FREQUENCIES.join(", ")}.`);
  }
  for (const name of ["INTERVAL", "COUNT"]) {
    const value = parts.get(name);
    if (value !== undefined && !/^[1-9]\d{0,5}$/.test(value)) {
      refuse(`${name} is ${value}.`, `${name} is a whole number from 1.`);
    }
  }
  const until = parts.get("UNTIL");
  if (until !== undefined && !UNTIL.test(until)) {
    refuse(`UNTIL is ${until}.`, "Write UNTIL=20261231 or UNTIL=20261231T170000Z.");
  }
  if (until !== undefined && parts.has("COUNT"))
    refuse("A rule ends by COUNT or by UNTIL, not by both.", "Remove one.");
  const weekStart = parts.get("WKST");
  if (weekStart !== undefined && !/^(MO|TU|WE|TH|FR|SA|SU)$/.test(weekStart)) {
    refuse(`WKST is ${weekStart}.`, "Write the first day of the week as MO.");
  }
  if (frequency === "MINUTELY" && Number(parts.get("INTERVAL") ?? 1) < 5) {
    issues.push(warning("recurrence-often", path, "This runs many times an hour.", "Give an INTERVAL of 5 or more."));
  }
  return issues;
}

function checkNumbers(parts: RecurrenceParts, path: string): Issue[] {
  const issues: Issue[] = [];
  for (const [name, { min, max, signed, example }] of Object.entries(NUMBERS)) {
    for (const value of parts.get(name)?.split(",") ?? []) {
      const number = /^[+-]?\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
      const size = signed ? Math.abs(number) : number;
      if (!(size >= min && size <= max)) {
        issues.push(error("recurrence", path, `${name} cannot be ${value}.`, `Write for example ${example}.`));
      }
    }
  }
  const frequency = parts.get("FREQ") ?? "";
  const only = (name: string, allowed: string[]) => {
    if (parts.has(name) && !allowed.includes(frequency)) {
      issues.push(
        error(
          "recurrence",
          path,
          `${name} does not go with FREQ=${frequency}.`,
          `Use it with FREQ=${allowed.join(" or ")}.`,
        ),
      );
    }
  };
  only("BYWEEKNO", ["YEARLY"]);
  only("BYYEARDAY", ["YEARLY", "HOURLY", "MINUTELY"]);
  only("BYMONTHDAY", ["YEARLY", "MONTHLY", "DAILY", "HOURLY", "MINUTELY"]);
  if (parts.has("BYSETPOS") && ![...parts.keys()].some((name) => name.startsWith("BY") && name !== "BYSETPOS")) {
    issues.push(error("recurrence", path, "BYSETPOS has nothing to choose from.", "Add BYDAY or another BY part."));
  }
  const late =
    parts
      .get("BYMONTHDAY")
      ?.split(",")
      .map(Number)
      .filter((day) => day > 28) ?? [];
  if (frequency === "MONTHLY" && late.length > 0 && issues.length === 0) {
    issues.push(
      warning(
        "recurrence-short-months",
        path,
        `Months without a day ${late.join(", ")} are left out.`,
        "For the last day of every month write BYMONTHDAY=-1.",
      ),
    );
  }
  return issues;
}

function checkDays(parts: RecurrenceParts, path: string): Issue[] {
  const issues: Issue[] = [];
  const frequency = parts.get("FREQ") ?? "";
  for (const value of parts.get("BYDAY")?.split(",") ?? []) {
    const match = WEEKDAY.exec(value);
    const nth = match?.[1] === undefined ? undefined : Math.abs(Number(match[1]));
    const most = frequency === "MONTHLY" ? 5 : 53;
    if (!match || nth === 0 || (nth !== undefined && nth > most)) {
      issues.push(
        error("recurrence", path, `BYDAY cannot be ${value}.`, "Write days as MO, or 1MO for the first Monday."),
      );
    } else if (nth !== undefined && frequency !== "MONTHLY" && frequency !== "YEARLY") {
      issues.push(
        error(
          "recurrence",
          path,
          `"${value}" counts weekdays within a month or a year, not with FREQ=${frequency}.`,
          `Write ${match[2]}, or use FREQ=MONTHLY.`,
        ),
      );
    }
  }
  return issues;
}

/** Asks the library for one occurrence from a leap year on, without the rule's own end. */
function occursAtAll(parts: RecurrenceParts): boolean {
  const endless = new Map([...parts].filter(([name]) => name !== "UNTIL" && name !== "COUNT"));
  // By month or year, forty years decide it; by day, the rarest date (a 29 February on one weekday) needs as many days.
  const coarse = ["WEEKLY", "MONTHLY", "YEARLY"].includes(parts.get("FREQ") ?? "");
  try {
    const rule = new RRuleTemporal({
      rruleString: `DTSTART:20240101T000000Z\nRRULE:${recurrenceText(endless)}`,
      maxIterations: coarse ? 2_500 : 20_000,
    });
    return rule.next(new Date(Date.UTC(2023, 11, 31)), true) !== null;
  } catch {
    return false;
  }
}
