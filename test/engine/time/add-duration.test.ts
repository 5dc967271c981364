import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { addDuration, addToDate } from "#engine/time/add-duration.ts";
import { OutOfCalendarError } from "#engine/time/out-of-calendar.ts";
import { zone } from "#engine/time/zone.ts";
import type { Duration } from "#engine/words/duration.ts";
import { iso, testCalendars, utc } from "./calendars.ts";

const calendar = (id: string) => {
  const found = testCalendars.find(id);
  if (!found) throw new Error(id);
  return found;
};
/** `from` and the answer are read in the zone: every row was computed by hand from a wall calendar. */
function row(from: string, duration: Duration, calendarId: string, zoneId = calendar(calendarId).zone.id): string {
  return iso(addDuration(utc(from), duration, { zone: zoneId, calendar: calendar(calendarId) }));
}

describe("adding working days", () => {
  it("ES4: three working days over a weekend and a local holiday in two countries, and a DST week", () => {
    // Thursday 2 April 2026, 10:00 in Munich (UTC+2): Good Friday and Easter Monday are off: Tue 7, Wed 8, Thu 9 April.
    expect(row("2026-04-02T08:00Z", { workingDays: 3 }, "de-by")).toBe("2026-04-09T08:00Z");
    // Thursday 2 April 2026, 10:00 in New York (UTC-4): neither is a holiday there: Fri 3, Mon 6, Tue 7 April.
    expect(row("2026-04-02T14:00Z", { workingDays: 3 }, "us-ny")).toBe("2026-04-07T14:00Z");
    // Thursday 26 March 2026, 10:00 in Munich (UTC+1); clocks go forward on Sunday 29th: Tue 31 March 10:00 is UTC+2.
    expect(row("2026-03-26T09:00Z", { workingDays: 3 }, "de-by")).toBe("2026-03-31T08:00Z");
    // Thursday 29 October 2026, 10:00 in New York (UTC-4); clocks go back on Sunday 1 November: Tue 3rd 10:00 is UTC-5.
    expect(row("2026-10-29T14:00Z", { workingDays: 3 }, "us-ny")).toBe("2026-11-03T15:00Z");
  });

  it("F06: three working days over a holiday weekend give two different due dates in two countries", () => {
    // Wednesday 1 July 2026, 15:00 local: 3 July is off in New York only.
    expect(row("2026-07-01T13:00Z", { workingDays: 3 }, "de-by")).toBe("2026-07-06T13:00Z");
    expect(row("2026-07-01T19:00Z", { workingDays: 3 }, "us-ny")).toBe("2026-07-07T19:00Z");
  });

  it.each<[string, string, Duration, string, string]>([
    ["within the week", "2026-03-02T09:30Z", { workingDays: 1 }, "de-by", "2026-03-03T09:30Z"],
    ["Friday afternoon to Monday afternoon", "2026-03-06T14:00Z", { workingDays: 1 }, "de-by", "2026-03-09T14:00Z"],
    ["Saturday + 1: Monday passes in full", "2026-03-07T10:00Z", { workingDays: 1 }, "de-by", "2026-03-10T08:00Z"],
    ["Saturday + 0: the next opening", "2026-03-07T10:00Z", { workingDays: 0 }, "de-by", "2026-03-09T08:00Z"],
    ["before opening counts from opening", "2026-03-09T05:00Z", { workingDays: 1 }, "de-by", "2026-03-10T08:00Z"],
    [
      "after closing counts from the next opening",
      "2026-03-06T18:00Z",
      { workingDays: 1 },
      "de-by",
      "2026-03-10T08:00Z",
    ],
    ["from a holiday", "2026-05-01T10:00Z", { workingDays: 1 }, "de-by", "2026-05-05T07:00Z"],
    ["an extra day off", "2026-12-23T10:00Z", { workingDays: 1 }, "de-by", "2026-12-28T10:00Z"],
    ["into a lunch break waits for its end", "2026-03-03T11:30Z", { workingDays: 1 }, "plain", "2026-03-04T12:00Z"],
    ["into a short Friday goes on on Monday", "2026-03-05T14:00Z", { workingDays: 1 }, "plain", "2026-03-09T08:00Z"],
    ["a six-day week", "2026-03-06T05:00Z", { workingDays: 1 }, "in", "2026-03-07T05:00Z"],
    [
      "hours after working days are elapsed",
      "2026-03-06T14:00Z",
      { workingDays: 1, hours: 5 },
      "de-by",
      "2026-03-09T19:00Z",
    ],
  ])("%s", (_title, from, duration, calendarId, expected) => {
    expect(row(from, duration, calendarId)).toBe(expected);
  });

  it("refuses to count past the years whose holidays are known, naming calendar and way out", () => {
    const late = () => row("2027-12-30T10:00Z", { workingDays: 5 }, "de-by");
    expect(late).toThrow(OutOfCalendarError);
    try {
      late();
    } catch (thrown) {
      expect((thrown as OutOfCalendarError).issues).toEqual([
        {
          code: "calendar-years",
          path: "",
          severity: "error",
          message: "The calendar de-by covers 2025 to 2027; 2028-01-03 cannot be counted.",
          hint: "Publish the calendar de-by again for the years up to 2028.",
        },
      ]);
    }
    expect(row("2035-01-01T10:00Z", { workingDays: 1 }, "plain")).toBe("2035-01-02T10:00Z");
  });
});

describe("adding calendar units", () => {
  it.each<[string, string, Duration, string, string]>([
    [
      "R13: a day over the gap keeps the local time",
      "2026-03-28T11:00Z",
      { days: 1 },
      "Europe/Berlin",
      "2026-03-29T10:00Z",
    ],
    [
      "R13: into the gap is taken an hour later (03:30)",
      "2026-03-28T01:30Z",
      { days: 1 },
      "Europe/Berlin",
      "2026-03-29T01:30Z",
    ],
    ["R13: into the overlap takes the earlier", "2026-10-24T00:30Z", { days: 1 }, "Europe/Berlin", "2026-10-25T00:30Z"],
    ["R13: hours are elapsed over the gap", "2026-03-28T11:00Z", { hours: 24 }, "Europe/Berlin", "2026-03-29T11:00Z"],
    ["R13: leap day plus a year of months", "2028-02-29T11:00Z", { months: 12 }, "UTC", "2029-02-28T11:00Z"],
    [
      "R13: a day that a zone left out (Samoa, 30 December 2011)",
      "2011-12-29T20:00Z",
      { days: 1 },
      "Pacific/Apia",
      "2011-12-30T20:00Z",
    ],
    ["a month end clamps", "2026-01-31T11:00Z", { months: 1 }, "UTC", "2026-02-28T11:00Z"],
    ["a month end clamps in a leap year", "2028-01-31T11:00Z", { months: 1 }, "UTC", "2028-02-29T11:00Z"],
    ["months over a year's end", "2026-11-30T11:00Z", { months: 3 }, "UTC", "2027-02-28T11:00Z"],
    ["weeks", "2026-03-25T11:00Z", { weeks: 1 }, "Europe/Berlin", "2026-04-01T10:00Z"],
    ["months first, then days", "2026-01-31T11:00Z", { months: 1, days: 1 }, "UTC", "2026-03-01T11:00Z"],
    [
      "nothing changes nothing, even in an overlap",
      "2026-10-25T01:30Z",
      { days: 0 },
      "Europe/Berlin",
      "2026-10-25T01:30Z",
    ],
  ])("%s", (_title, from, duration, zoneId, expected) => {
    expect(row(from, duration, "plain", zoneId)).toBe(expected);
  });

  it("moves a date by its dated part", () => {
    expect(addToDate("2026-01-31", { months: 1 }, calendar("plain"))).toBe("2026-02-28");
    expect(addToDate("2026-04-02", { workingDays: 1 }, calendar("de-by"))).toBe("2026-04-07");
    expect(addToDate("2026-04-02", { hours: 30 }, calendar("de-by"))).toBe("2026-04-02");
  });
});

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"];
const instant = fc
  .integer({ min: Date.UTC(1975, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 })
  .map((m) => m * 60_000);

describe("against Temporal", () => {
  it("R13: zones convert as Temporal does, both ways", () => {
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 1439 }), (at, zoneId, minute) => {
        const here = zone(zoneId);
        const theirs = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zoneId);
        expect(here.offsetAt(at)).toBe(theirs.offsetNanoseconds / 1e6);
        const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
        const local = theirs.toPlainDate().toZonedDateTime({ timeZone: zoneId, plainTime: time });
        expect(here.instantAt(here.dayAt(at), minute * 60_000)).toBe(local.epochMilliseconds);
      }),
      { numRuns: 1500 },
    );
  });

  it("adds months and days as Temporal does", () => {
    const count = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(instant, fc.constantFrom(...ZONES), count, count, (at, zoneId, months, days) => {
        fc.pre(months + days > 0);
        const theirs = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zoneId);
        const local = theirs.toPlainDateTime().add({ months }).add({ days }).toZonedDateTime(zoneId);
        expect(addDuration(at, { months, days }, { zone: zoneId, calendar: calendar("plain") })).toBe(
          local.epochMilliseconds,
        );
      }),
      { numRuns: 1500 },
    );
  });
});
