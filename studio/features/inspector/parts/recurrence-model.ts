import { recurrenceParts, recurrenceText } from "#engine/time/recurrence-parts.ts";

/** The days of a week as a recurrence rule names them, Monday first. */
export const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;
export type Day = (typeof DAYS)[number];
export const DAY_NAMES: Record<Day, string> = {
  MO: "Monday",
  TU: "Tuesday",
  WE: "Wednesday",
  TH: "Thursday",
  FR: "Friday",
  SA: "Saturday",
  SU: "Sunday",
};
export const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

/** A recurrence as people set one up. What cannot be said so is not simple, and is kept as text. */
export interface SimpleRecurrence {
  frequency: (typeof FREQUENCIES)[number];
  interval: number;
  /** Weekly: on these days; none means the day of the start. */
  days: Day[];
  /** Monthly and yearly: on a date (−1 is the last day), on the nth weekday, or as the start says. */
  on: { date: number } | { nth: number; day: Day } | null;
  /** Yearly: in these months, 1 to 12. */
  months: number[];
  ends: { count: number } | { until: string } | null;
}

const KNOWN = new Set(["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "COUNT", "UNTIL"]);

/** A rule text as a simple recurrence, or null where it says something that the editor has no field for. */
export function simpleRecurrence(text: string): SimpleRecurrence | null {
  const { parts, bad, twice } = recurrenceParts(text);
  if (bad.length > 0 || twice.length > 0 || [...parts.keys()].some((name) => !KNOWN.has(name))) return null;
  const frequency = FREQUENCIES.find((one) => one === parts.get("FREQ"));
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const months = (parts.get("BYMONTH")?.split(",") ?? []).map(Number);
  const ends = endsOf(parts);
  if (!frequency || !Number.isInteger(interval) || interval < 1 || ends === undefined) return null;
  if (months.some((month) => !(month >= 1 && month <= 12)) || (months.length > 0 && frequency !== "YEARLY"))
    return null;
  const simple: SimpleRecurrence = { frequency, interval, days: [], on: null, months, ends };
  const [days, date] = [parts.get("BYDAY"), parts.get("BYMONTHDAY")];
  if (days !== undefined && date !== undefined) return null;
  if (frequency === "DAILY" || frequency === "WEEKLY") {
    if (date !== undefined || (days !== undefined && frequency === "DAILY")) return null;
    const named = days?.split(",") ?? [];
    if (!named.every((one): one is Day => DAYS.includes(one as Day))) return null;
    return { ...simple, days: named };
  }
  if (date !== undefined) {
    const number = Number(date);
    return Number.isInteger(number) && number >= -1 && number <= 31 && number !== 0
      ? { ...simple, on: { date: number } }
      : null;
  }
  if (days === undefined) return simple;
  const match = /^(-1|[1-5])(MO|TU|WE|TH|FR|SA|SU)$/.exec(days);
  return match ? { ...simple, on: { nth: Number(match[1]), day: match[2] as Day } } : null;
}

function endsOf(parts: ReadonlyMap<string, string>): SimpleRecurrence["ends"] | undefined {
  const [count, until] = [parts.get("COUNT"), parts.get("UNTIL")];
  if (count !== undefined)
    return until === undefined && /^[1-9]\d*$/.test(count) ? { count: Number(count) } : undefined;
  if (until === undefined) return null;
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(until);
  return match ? { until: `${match[1]}-${match[2]}-${match[3]}` } : undefined;
}

/** The rule text (RFC 5545) of a simple recurrence. */
export function recurrenceOf(simple: SimpleRecurrence): string {
  const { frequency, interval, days, on, months, ends } = simple;
  const parts = new Map<string, string>([["FREQ", frequency]]);
  if (interval > 1) parts.set("INTERVAL", String(interval));
  if (frequency === "YEARLY" && months.length > 0) parts.set("BYMONTH", [...months].sort((a, b) => a - b).join(","));
  if (frequency === "WEEKLY" && days.length > 0) parts.set("BYDAY", DAYS.filter((day) => days.includes(day)).join(","));
  if (on && (frequency === "MONTHLY" || frequency === "YEARLY")) {
    if ("date" in on) parts.set("BYMONTHDAY", String(on.date));
    else parts.set("BYDAY", `${on.nth}${on.day}`);
  }
  if (ends) {
    if ("count" in ends) parts.set("COUNT", String(ends.count));
    else parts.set("UNTIL", ends.until.replaceAll("-", ""));
  }
  return recurrenceText(parts);
}
