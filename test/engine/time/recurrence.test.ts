import { describe, expect, it } from "vitest";
import { checkRecurrence } from "#engine/time/check-recurrence.ts";
import { recurrenceInWords } from "#engine/time/clock-in-words.ts";
import { nextOccurrence, occurrences } from "#engine/time/recurrence.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { iso, utc } from "./calendars.ts";

const berlin = { zone: "Europe/Berlin", from: "2025-01-01" };
const count = (rule: string, from: string, to: string, at = "06:00") =>
  occurrences(rule, { ...berlin, at }, utc(from) - 1, utc(to) - 1).length;

describe("occurrences", () => {
  it("RC5: one simulated year yields 52 or 53 weekly, 12 monthly, 4 quarterly and 1 yearly", () => {
    const year = (rule: string) => count(rule, "2026-01-01T00:00+01:00", "2027-01-01T00:00+01:00");
    expect(year("FREQ=WEEKLY;BYDAY=MO")).toBe(52);
    expect(year("FREQ=WEEKLY;BYDAY=TH")).toBe(53);
    expect(year("FREQ=MONTHLY;BYMONTHDAY=1")).toBe(12);
    expect(year("FREQ=MONTHLY;BYMONTHDAY=-1")).toBe(12);
    expect(year("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1")).toBe(4);
    expect(year("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15")).toBe(1);
  });

  it("RC5: the ISO year 2026 has 53 Mondays, 2025 and 2027 have 52", () => {
    const weekly = "FREQ=WEEKLY;BYDAY=MO";
    expect(count(weekly, "2025-12-29T00:00+01:00", "2027-01-04T00:00+01:00")).toBe(53);
    expect(count(weekly, "2027-01-04T00:00+01:00", "2028-01-03T00:00+01:00")).toBe(52);
  });

  it("F05: 1 March 09:00 in Berlin and 1 July 09:00 are an hour apart in UTC", () => {
    const rule = "FREQ=YEARLY;BYMONTH=3,7;BYMONTHDAY=1;BYHOUR=9";
    const found = occurrences(rule, berlin, utc("2026-01-01T00:00Z"), utc("2027-01-01T00:00Z"));
    expect(found.map(iso)).toEqual(["2026-03-01T08:00Z", "2026-07-01T07:00Z"]);
  });

  it("R13: an occurrence in the hour that is skipped happens later that day; in the repeated hour, once", () => {
    const rule = "FREQ=DAILY;BYHOUR=2;BYMINUTE=30";
    const spring = occurrences(rule, berlin, utc("2026-03-28T00:00Z"), utc("2026-03-31T00:00Z"));
    expect(spring.map(iso)).toEqual(["2026-03-28T01:30Z", "2026-03-29T01:30Z", "2026-03-30T00:30Z"]);
    const autumn = occurrences(rule, berlin, utc("2026-10-24T12:00Z"), utc("2026-10-26T12:00Z"));
    expect(autumn.map(iso)).toEqual(["2026-10-25T00:30Z", "2026-10-26T01:30Z"]);
  });

  it("asks again and again without missing or repeating one, wherever the asking falls", () => {
    const start = { ...berlin, at: "02:30" };
    const all = occurrences("FREQ=DAILY", start, utc("2026-01-01T00:00Z"), utc("2027-01-01T00:00Z"));
    expect(all).toHaveLength(365);
    for (const [index, at] of all.entries()) {
      if (index > 0) expect(nextOccurrence("FREQ=DAILY", start, all[index - 1] ?? 0)).toBe(at);
      expect(nextOccurrence("FREQ=DAILY", start, at - 1)).toBe(at);
    }
  });

  it("keeps a biweekly rhythm over the clock change, and counts from its own start", () => {
    const start = { zone: "America/New_York", from: "2026-03-02T09:00" };
    const found = occurrences("FREQ=WEEKLY;INTERVAL=2", start, utc("2026-01-01T00:00Z"), utc("2026-04-01T00:00Z"));
    expect(found.map(iso)).toEqual(["2026-03-02T14:00Z", "2026-03-16T13:00Z", "2026-03-30T13:00Z"]);
  });

  it("ends with COUNT, and with UNTIL on the local day", () => {
    const until = (rule: string) =>
      occurrences(rule, berlin, utc("2024-01-01T00:00Z"), utc("2030-01-01T00:00Z")).map(iso);
    expect(until("FREQ=MONTHLY;COUNT=2;BYMONTHDAY=1")).toEqual(["2024-12-31T23:00Z", "2025-01-31T23:00Z"]);
    expect(until("FREQ=DAILY;UNTIL=20250102")).toEqual(["2024-12-31T23:00Z", "2025-01-01T23:00Z"]);
    expect(until("FREQ=DAILY;UNTIL=20250101T225959Z")).toEqual(["2024-12-31T23:00Z"]);
    expect(nextOccurrence("FREQ=DAILY;UNTIL=20250102", berlin, utc("2025-01-02T00:00Z"))).toBeUndefined();
  });

  it("counts hours as elapsed hours", () => {
    const start = { zone: "Europe/Berlin", from: "2026-03-29T00:00" };
    const found = occurrences("FREQ=HOURLY;INTERVAL=2;COUNT=3", start, 0, utc("2026-04-01T00:00Z"));
    expect(found.map(iso)).toEqual(["2026-03-28T23:00Z", "2026-03-29T01:00Z", "2026-03-29T03:00Z"]);
  });
});

describe("checking a rule", () => {
  it.each([
    ["", /not a part/],
    ["MONTHLY", /not a part/],
    ["FREQ=FORTNIGHTLY", /FORTNIGHTLY is not a frequency/],
    ["FREQ=SECONDLY", /every second/],
    ["FREQ=MINUTELY;BYSECOND=1,2", /seconds/],
    ["FREQ=DAILY;FREQ=WEEKLY", /said twice/],
    ["FREQ=DAILY;COLOUR=RED", /COLOUR is not a part/],
    ["FREQ=WEEKLY;BYDAY=MON", /BYDAY cannot be MON/],
    ["FREQ=WEEKLY;BYDAY=1MO", /within a month/],
    ["FREQ=MONTHLY;BYDAY=6MO", /BYDAY cannot be 6MO/],
    ["FREQ=MONTHLY;BYMONTHDAY=32", /BYMONTHDAY cannot be 32/],
    ["FREQ=MONTHLY;BYMONTHDAY=0", /BYMONTHDAY cannot be 0/],
    ["FREQ=WEEKLY;BYMONTHDAY=1", /does not go with FREQ=WEEKLY/],
    ["FREQ=DAILY;INTERVAL=0", /INTERVAL is 0/],
    ["FREQ=DAILY;COUNT=3;UNTIL=20270101", /not by both/],
    ["FREQ=DAILY;UNTIL=tomorrow", /UNTIL is TOMORROW/],
    ["FREQ=MONTHLY;BYSETPOS=1", /nothing to choose from/],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", /never occurs/],
  ])("refuses %j", (rule, message) => {
    const issues = checkRecurrence(rule, "/every").filter((issue) => issue.severity === "error");
    expect(issues.map((issue) => issue.message).join(" ")).toMatch(message);
    expect(issues.every((issue) => issue.path === "/every" && issue.hint)).toBe(true);
    expect(() => nextOccurrence(rule, berlin, 0)).toThrow(IssuesError);
  });

  it("warns of days that short months lack, and of a rule that runs many times an hour", () => {
    expect(checkRecurrence("FREQ=MONTHLY;BYMONTHDAY=31").map((issue) => issue.code)).toEqual([
      "recurrence-short-months",
    ]);
    expect(checkRecurrence("FREQ=MINUTELY").map((issue) => issue.code)).toEqual(["recurrence-often"]);
    expect(checkRecurrence("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29")).toEqual([]);
    expect(checkRecurrence("freq=weekly;byday=mo,-1fr")).not.toEqual([]);
  });

  it("reads a rule out in words, without the start's own time", () => {
    expect(recurrenceInWords("FREQ=MONTHLY;BYMONTHDAY=1")).toBe("every month on the 1st day of the month");
    expect(recurrenceInWords("FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=30")).toBe("every week on Monday at 9:30 AM");
    expect(recurrenceInWords("FREQ=WEEKLY")).toBe("every week");
    expect(recurrenceInWords("FREQ=WHENEVER")).toContain("not a rule yet");
  });
});
