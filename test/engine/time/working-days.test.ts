import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import { workCalendar } from "#engine/time/work-calendar.ts";
import { workingDay, workingDaysBetween } from "#engine/time/working-days.ts";
import { bavaria } from "./calendars.ts";

const calendar = workCalendar(bavaria);

describe("working days between dates", () => {
  it.each<[string, string, number]>([
    ["2026-03-27", "2026-03-30", 1],
    ["2026-03-27", "2026-03-29", 0],
    // Good Friday and Easter Monday are no working days.
    ["2026-04-02", "2026-04-07", 1],
    ["2026-04-07", "2026-04-02", -1],
    ["2026-01-05", "2026-01-05", 0],
  ])("from %s to %s are %d", (from, to, days) => {
    expect(workingDaysBetween(calendar, from, to)).toBe(days);
  });

  it("a date so many working days away is that many away, in both directions", () => {
    const day = fc.integer({ min: dayOfDate("2026-02-01"), max: dayOfDate("2026-11-01") }).map(dateOfDay);
    fc.assert(
      fc.property(day, fc.integer({ min: -15, max: 25 }), (from, count) => {
        expect(workingDaysBetween(calendar, from, workingDay(calendar, from, count))).toBe(count);
      }),
    );
  });

  it("past the calendar's years there is no count, and no endless one", () => {
    expect(() => workingDaysBetween(calendar, "2027-12-01", "2028-02-01")).toThrow(/covers 2025 to 2027/);
    expect(() => workingDaysBetween(calendar, "1900-01-01", "2026-01-01")).toThrow(RangeError);
  });
});
