import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pause, resume } from "#engine/time/pause.ts";
import { blackoutAt, workCalendar } from "#engine/time/work-calendar.ts";
import {
  addWorkingDays,
  addWorkingTime,
  isWorkingTime,
  nextWorkingInstant,
  workingTimeBetween,
} from "#engine/time/working-time.ts";
import { iso, kolkata, officeWeek, plain, testCalendars, utc } from "./calendars.ts";

const bavaria = testCalendars.default;
const split = testCalendars.find("plain") ?? bavaria;
const HOUR = 3_600_000;

const inCoverage = fc
  .integer({ min: utc("2025-02-01T00:00") / 60_000, max: utc("2027-06-01T00:00") / 60_000 })
  .map((minute) => minute * 60_000);
const calendars = fc.constantFrom(...testCalendars.all);

describe("working time", () => {
  it("is half-open: the opening counts, the closing does not", () => {
    expect(isWorkingTime(bavaria, utc("2026-03-09T08:00Z"))).toBe(true);
    expect(isWorkingTime(bavaria, utc("2026-03-09T16:00Z"))).toBe(false);
    expect(isWorkingTime(bavaria, utc("2026-03-09T15:59Z"))).toBe(true);
    expect(isWorkingTime(bavaria, utc("2026-04-06T10:00Z"))).toBe(false);
    expect(isWorkingTime(split, utc("2026-03-04T11:30Z"))).toBe(false);
    expect(iso(nextWorkingInstant(bavaria, utc("2026-04-02T20:00Z")))).toBe("2026-04-07T07:00Z");
  });

  it("counts hours and full days between two instants", () => {
    // Friday 15:00 to Tuesday 11:00 in Munich: 2 h + 8 h + 2 h, one full working day (Monday 15:00 passed).
    const between = workingTimeBetween(bavaria, utc("2026-03-06T14:00Z"), utc("2026-03-10T10:00Z"));
    expect(between).toEqual({ ms: 12 * HOUR, days: 1 });
    expect(workingTimeBetween(bavaria, utc("2026-03-10T10:00Z"), utc("2026-03-06T14:00Z"))).toEqual({
      ms: -12 * HOUR,
      days: -1,
    });
    expect(workingTimeBetween(bavaria, utc("2026-03-07T00:00Z"), utc("2026-03-08T00:00Z"))).toEqual({ ms: 0, days: 0 });
  });

  it("counts up to the last covered evening without looking past it", () => {
    const lastEvening = utc("2027-12-31T18:00Z");
    expect(workingTimeBetween(bavaria, utc("2027-12-30T15:00Z"), lastEvening)).toEqual({ ms: 9 * HOUR, days: 1 });
  });

  it("counts round the clock over a clock change in elapsed hours", () => {
    const always = workCalendar({
      id: "always",
      timeZone: "Europe/Berlin",
      week: { sat: ["00:00", "24:00"], sun: ["00:00", "24:00"] },
    });
    // The weekend of 28/29 March 2026 has 47 hours.
    expect(workingTimeBetween(always, utc("2026-03-27T12:00Z"), utc("2026-03-31T12:00Z")).ms).toBe(47 * HOUR);
  });

  it("full days invert the adding of working days", () => {
    fc.assert(
      fc.property(calendars, inCoverage, fc.integer({ min: 0, max: 40 }), (calendar, from, days) => {
        const due = addWorkingDays(calendar, from, days);
        expect(isWorkingTime(calendar, due)).toBe(true);
        const counted = workingTimeBetween(calendar, from, due).days;
        // Where days differ in length (a short Friday) a later count may land on the same opening; never on an earlier one.
        expect(counted).toBeGreaterThanOrEqual(days);
        expect(addWorkingDays(calendar, from, counted)).toBe(due);
      }),
    );
  });

  it("working milliseconds invert the adding of working time", () => {
    fc.assert(
      fc.property(calendars, inCoverage, fc.integer({ min: 0, max: 400 * HOUR }), (calendar, from, ms) => {
        expect(workingTimeBetween(calendar, from, addWorkingTime(calendar, from, ms)).ms).toBe(ms);
      }),
    );
  });

  it("adding working days is monotonic in the start and strictly so in the count", () => {
    fc.assert(
      fc.property(calendars, inCoverage, inCoverage, fc.integer({ min: 0, max: 30 }), (calendar, a, b, days) => {
        const [early, late] = a <= b ? [a, b] : [b, a];
        expect(addWorkingDays(calendar, early, days)).toBeLessThanOrEqual(addWorkingDays(calendar, late, days));
        expect(addWorkingDays(calendar, early, days + 2)).toBeGreaterThan(addWorkingDays(calendar, early, days));
      }),
    );
  });

  it("the time between is additive", () => {
    fc.assert(
      fc.property(calendars, inCoverage, inCoverage, inCoverage, (calendar, x, y, z) => {
        const [a = 0, b = 0, c = 0] = [x, y, z].sort((one, other) => one - other);
        const whole = workingTimeBetween(calendar, a, c).ms;
        expect(workingTimeBetween(calendar, a, b).ms + workingTimeBetween(calendar, b, c).ms).toBe(whole);
      }),
    );
  });
});

describe("pausing", () => {
  it("ES5: freezes the remainder, elapsed for days and working for working days", () => {
    const started = utc("2026-03-02T09:00Z");
    const due = started + 15 * 24 * HOUR;
    const left = pause(due, utc("2026-03-05T09:00Z"), { days: 15 }, bavaria);
    expect(left).toEqual({ counts: "elapsed", ms: 12 * 24 * HOUR });
    expect(iso(resume(left, utc("2026-03-09T09:00Z"), bavaria))).toBe("2026-03-21T09:00Z");
    // 3 working days from Monday 10:00, paused Tuesday 12:00 (14 h left) until Friday 10:00: 7 + 7 h, Monday 16:00.
    const working = pause(utc("2026-03-05T09:00Z"), utc("2026-03-03T11:00Z"), { workingDays: 3 }, bavaria);
    expect(working).toEqual({ counts: "working", ms: 14 * HOUR });
    expect(iso(resume(working, utc("2026-03-06T09:00Z"), bavaria))).toBe("2026-03-09T15:00Z");
    expect(pause(due, due + HOUR, { days: 15 }, bavaria).ms).toBe(0);
  });
});

describe("a calendar document", () => {
  it("tells its blackouts by local day", () => {
    const closing = workCalendar({
      ...plain,
      blackouts: [{ from: "2026-12-31", to: "2027-01-03", title: "year end" }],
    });
    expect(blackoutAt(closing, utc("2026-12-30T22:59Z"))).toBeUndefined();
    expect(blackoutAt(closing, utc("2026-12-30T23:00Z"))).toEqual({
      title: "year end",
      endsAt: utc("2027-01-02T23:00Z"),
    });
  });

  it("is refused with every fault and its place", () => {
    const bad = () =>
      workCalendar({
        ...kolkata,
        timeZone: "Europe/Nowhere",
        week: { mon: ["17:00", "09:00"] },
        blackouts: [{ from: "2026-12-24", to: "2026-12-24" }],
      });
    expect(bad).toThrow(/not a time zone[\s\S]*do not run forward[\s\S]*ends before/);
    expect(() => workCalendar({ ...kolkata, week: { mon: [] } })).toThrow(/No day of the week/);
    expect(() => workCalendar({ ...kolkata, week: officeWeek, holidays: { country: "IN" } })).not.toThrow();
  });

  it("says so when it was never published", () => {
    const draft = workCalendar({ ...kolkata, holidays: { country: "IN" } });
    expect(() => addWorkingDays(draft, utc("2026-03-02T09:00Z"), 1)).toThrow(/has not been published/);
  });
});
