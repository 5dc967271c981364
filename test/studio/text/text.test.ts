import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { calendarDate, day, exact, relative } from "../../../studio/text/dates.ts";
import { words } from "../../../studio/text/kinds.ts";
import { exactMoney, money, roughMoney } from "../../../studio/text/money.ts";
import { count, measured, percent } from "../../../studio/text/number.ts";
import { deed } from "../../../studio/text/outcomes.ts";
import { grainOf, periodName, periodOf, recentPeriods } from "../../../studio/text/period.ts";
import { initials, nameList } from "../../../studio/text/person.ts";

// What is written depends on the reader's language: these are the words for British English.
beforeAll(() => void vi.stubGlobal("navigator", { languages: ["de-DE", "en-GB"] }));
afterAll(() => void vi.unstubAllGlobals());

const at = (iso: string) => Date.parse(iso);

describe("numbers and money", () => {
  it("writes money from minor units by the currency's own digits", () => {
    expect(money(14_500_000, "USD")).toMatch(/\$145,000\.00$/);
    expect(exactMoney("2783900.55", "USD")).toBe("$27,839.0055");
    expect(money(1450, "JPY")).toMatch(/1,450$/);
    expect(money(-50, "USD")).toMatch(/^-.*0\.50$/);
    expect(roughMoney(123_456_789, "USD")).toMatch(/1\.2m$/i);
  });
  it("counts one and many", () => {
    expect(count(1, "case")).toBe("1 case");
    expect(count(4812, "case")).toBe("4,812 cases");
    expect(count(0, "person", "people")).toBe("0 people");
  });
  it("writes a metric's value with its unit", () => {
    expect(measured(1240, "count")).toBe("1,240");
    expect(measured(0.943, "ratio")).toBe("94.3 %");
    expect(measured(94.3, "percent")).toBe("94.3 %");
    expect(measured(12, "days")).toBe("12 days");
    expect(measured(null, "days")).toBe("no value");
    expect(percent(1.2013, 1)).toBe("120.1 %");
  });
});

describe("dates", () => {
  const now = at("2026-03-10T12:00:00Z");
  it("says how far away an instant is, in the largest unit that fits", () => {
    expect(relative(now + 3 * 86_400_000, now)).toBe("in 3 days");
    expect(relative(now + 10 * 86_400_000, now)).toBe("in 10 days");
    expect(relative(now - 86_400_000, now)).toBe("yesterday");
    expect(relative(now - 2 * 3_600_000, now)).toBe("2 hours ago");
    expect(relative(now + 20_000, now)).toBe("now");
    expect(relative(now + 60 * 86_400_000, now)).toBe("in 2 months");
  });
  it("writes the day of the organisation's zone, with the year only where it differs", () => {
    expect(day(at("2026-03-10T23:30:00Z"), now, "Europe/Berlin")).toMatch(/Wed,? 11 Mar$/);
    expect(day(at("2025-12-31T12:00:00Z"), now, "UTC")).toMatch(/2025/);
    expect(exact(now, "Europe/Berlin")).toMatch(/10 March 2026.*13:00/);
  });
  it("leaves what is no date as it is", () => {
    expect(calendarDate("2026-03-03")).toBe("3 March 2026");
    expect(calendarDate("soon")).toBe("soon");
  });
});

describe("periods", () => {
  it("are named as people name them", () => {
    expect(["2026-03", "2026-Q1", "2026-H2", "2026-W07", "2026"].map(periodName)).toEqual([
      "March 2026",
      "Q1 2026",
      "second half of 2026",
      "week 7, 2026",
      "2026",
    ]);
  });
  it("tell their grain by their name", () => {
    const periods = ["2026", "2026-Q3", "2026-H1", "2026-09", "2026-W05", null];
    expect(periods.map(grainOf)).toEqual(["year", "quarter", "half", "month", undefined, undefined]);
  });
  it("may be spans, said by their first and last day", () => {
    expect(periodName("2025-11-01/2026-11-01")).toBe("November 2025 to October 2026");
    expect(periodName("2026-02-10/2026-03-01")).toBe("10 February 2026 to 28 February 2026");
  });
  it("go back over the turn of a year", () => {
    const february = at("2026-02-28T23:00:00Z");
    expect(recentPeriods(february, "month", 4)).toEqual(["2026-02", "2026-01", "2025-12", "2025-11"]);
    expect(recentPeriods(february, "quarter", 3)).toEqual(["2026-Q1", "2025-Q4", "2025-Q3"]);
    expect(recentPeriods(february, "half", 2)).toEqual(["2026-H1", "2025-H2"]);
    expect(periodOf(february, "year")).toBe("2026");
  });
});

describe("words", () => {
  it("reads ids and outcomes aloud", () => {
    expect(words("manager-review")).toBe("Manager review");
    expect(words("managerReviewDays")).toBe("Manager review days");
    expect(deed("submitted")).toBe("Submit");
    expect(deed("needs-more-time")).toBe("Needs more time");
  });
  it("puts names in a sentence", () => {
    const people = ["Ana Ruiz", "Tom Li", "Bo", "Kim"].map((name) => ({ name }));
    expect(nameList([])).toBe("nobody");
    expect(nameList(people.slice(0, 2))).toBe("Ana Ruiz and Tom Li");
    expect(nameList(people)).toBe("Ana Ruiz, Tom Li and 2 more");
    expect(initials("Ana María Ruiz")).toBe("AR");
    expect(initials(" ")).toBe("?");
  });
});
