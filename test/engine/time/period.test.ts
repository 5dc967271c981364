import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";
import {
  nextPeriod,
  PERIOD_KINDS,
  parsePeriod,
  periodInWords,
  periodOf,
  periodsBefore,
  periodsBetween,
  previousPeriod,
  relativePeriod,
} from "#engine/time/period.ts";

const date = fc.integer({ min: dayOfDate("1990-01-01"), max: dayOfDate("2070-12-31") }).map(dateOfDay);
const kind = fc.constantFrom(...PERIOD_KINDS);

describe("performance periods", () => {
  it.each([
    ["2026", "2026-01-01", "2027-01-01", "2026"],
    ["2026-H1", "2026-01-01", "2026-07-01", "first half of 2026"],
    ["2026-H2", "2026-07-01", "2027-01-01", "second half of 2026"],
    ["2026-Q3", "2026-07-01", "2026-10-01", "third quarter of 2026"],
    ["2028-02", "2028-02-01", "2028-03-01", "February 2028"],
    ["2026-W37", "2026-09-07", "2026-09-14", "week 37 of 2026"],
    ["2026-W53", "2026-12-28", "2027-01-04", "week 53 of 2026"],
    ["2026-W01", "2025-12-29", "2026-01-05", "week 1 of 2026"],
    ["2026-09-07", "2026-09-07", "2026-09-08", "7 September 2026"],
  ])("%s runs from %s to %s", (id, from, to, words) => {
    const period = parsePeriod(id);
    expect(period).toMatchObject({ id, from, to });
    expect(period && periodInWords(period)).toBe(words);
  });

  it.each([
    "2026-13",
    "2026-00",
    "2026-Q5",
    "2026-H3",
    "2025-W53",
    "2026-W00",
    "2026-02-30",
    "26",
    "Q3",
    "2026-9",
    "",
  ])("%j names no period", (id) => expect(parsePeriod(id)).toBeUndefined());

  it("an id names the period it was made of, every date lies in its period, and neighbours touch", () => {
    fc.assert(
      fc.property(kind, date, (of, on) => {
        const period = periodOf(of, on);
        expect(parsePeriod(period.id)).toEqual(period);
        expect(period.from <= on && on < period.to).toBe(true);
        expect(previousPeriod(period).to).toBe(period.from);
        expect(nextPeriod(previousPeriod(period))).toEqual(period);
      }),
    );
  });

  it("lists the periods that a stretch of dates touches", () => {
    expect(periodsBetween("month", "2026-01-15", "2026-04-01").map((period) => period.id)).toEqual([
      "2026-01",
      "2026-02",
      "2026-03",
    ]);
    expect(periodsBetween("week", "2026-01-01", "2027-01-01")).toHaveLength(53);
    expect(periodsBetween("quarter", "2026-04-01", "2026-04-01")).toEqual([]);
    expect(periodsBefore(periodOf("quarter", "2026-02-01"), 2).map((period) => period.id)).toEqual([
      "2025-Q4",
      "2025-Q3",
    ]);
  });

  it("knows what a cadence's words mean on a date", () => {
    expect(relativePeriod("previous-month", "2026-01-15")?.id).toBe("2025-12");
    expect(relativePeriod("this-quarter", "2026-01-15")?.id).toBe("2026-Q1");
    expect(relativePeriod("previous-week", "2026-01-05")?.id).toBe("2026-W01");
    expect(relativePeriod("fortnight", "2026-01-05")).toBeUndefined();
  });
});
