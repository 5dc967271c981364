import { describe, expect, it } from "vitest";
import { clockInWords } from "#engine/time/clock-in-words.ts";
import { type ClockContext, dueInstant, shift } from "#engine/time/due-instant.ts";
import { durationOfParameter, resolveClock } from "#engine/time/resolved-clock.ts";
import { IssuesError } from "#engine/words/issue.ts";
import { iso, testCalendars, utc } from "./calendars.ts";

const place = (id: string) => {
  const calendar = testCalendars.findOrDefault(id);
  return { zone: calendar.zone, calendar };
};
/** Thursday 2 April 2026, 10:00 in Munich; the subject sits there, the actor in New York. */
const context: ClockContext = {
  startAt: utc("2026-04-02T08:00Z"),
  calendars: testCalendars,
  place: { zone: "Europe/Berlin", calendar: testCalendars.default },
  subject: place("de-by"),
  actor: place("us-ny"),
};
const due = (clock: Parameters<typeof dueInstant>[0], more: Partial<ClockContext> = {}) => {
  const at = dueInstant(clock, { ...context, ...more });
  return at === undefined ? undefined : iso(at);
};

describe("when a clock is up", () => {
  it("ES4: by the subject's calendar, the actor's, a named one, or the default", () => {
    const after = { workingDays: 1 };
    expect(due({ after, calendar: "subject" })).toBe("2026-04-07T08:00Z");
    // 10:00 in Munich is 04:00 in New York: the day there counts from its opening at 09:00.
    expect(due({ after, calendar: "actor" })).toBe("2026-04-03T13:00Z");
    expect(due({ after, calendar: "in" })).toBe("2026-04-03T08:00Z");
    expect(due({ after })).toBe("2026-04-07T08:00Z");
    expect(due({ after, calendar: "subject" }, { subject: undefined })).toBe("2026-04-07T08:00Z");
    expect(() => due({ after, calendar: "nowhere" })).toThrow(/There is no calendar "nowhere"/);
  });

  it("a deadline at a plain date runs to the end of that day; a wait is over when it begins", () => {
    expect(due({ at: "2026-03-31" })).toBe("2026-03-31T22:00Z");
    expect(due({ at: "2026-04-01" }, { edge: "start" })).toBe("2026-03-31T22:00Z");
    expect(due({ at: "2026-12-31", calendar: "us-ny" })).toBe("2027-01-01T05:00Z");
  });

  it("F05: a local time is read in the clock's zone on both sides of the clock change", () => {
    expect(due({ at: "2026-03-01T09:00" })).toBe("2026-03-01T08:00Z");
    expect(due({ at: "2026-04-01T09:00" })).toBe("2026-04-01T07:00Z");
    expect(due({ at: "2026-04-01T09:00:00+05:30" })).toBe("2026-04-01T03:30Z");
    expect(due({ at: "2026-03-29T02:30" })).toBe("2026-03-29T01:30Z");
    expect(due({ at: utc("2026-04-01T09:00Z") })).toBe("2026-04-01T09:00Z");
  });

  it("ES5: counts retroactively from a field's date, so that it may be due at once", () => {
    expect(due({ after: { days: 15 }, from: "2026-03-01T17:45:00Z" })).toBe("2026-03-16T17:45Z");
    expect(due({ after: { days: 15 }, from: "2026-03-20" })).toBe("2026-04-03T22:00Z");
  });

  it("recurs after the start, counted from its own beginning", () => {
    expect(due({ every: "FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=6" })).toBe("2026-05-01T04:00Z");
    expect(due({ every: "FREQ=DAILY;COUNT=2", from: "2026-03-01" })).toBeUndefined();
  });

  it("refuses a reference that has no value instead of never firing", () => {
    for (const clock of [{ at: undefined }, { at: "soon" }, { after: { days: 1 }, from: null }, { at: "2026-02-30" }]) {
      expect(() => due(clock)).toThrow(IssuesError);
    }
    expect(() => due({ after: { days: 1 }, from: null })).toThrow(/"from" has no value/);
  });
});

describe("resolving a clock", () => {
  const values = {
    duration: (value: Parameters<typeof clockInWords>[0]["after"]) =>
      value && "parameter" in value ? (durationOfParameter("workingDays", 10) ?? {}) : (value ?? {}),
    value: (reference: { fact?: string; parameter?: string }) =>
      reference.fact === "person.hireDate" ? "2026-01-31" : undefined,
    plus: (value: unknown, plus: Parameters<typeof shift>[1]) => shift(value, plus, context.place),
  };

  it("puts parameters and facts in their places, moved by plus", () => {
    expect(resolveClock({ after: { parameter: "selfReviewDays" }, calendar: "subject" }, values)).toEqual({
      after: { workingDays: 10 },
      calendar: "subject",
    });
    expect(resolveClock({ at: { fact: "person.hireDate", plus: { months: 1 } } }, values)).toEqual({
      at: "2026-02-28",
    });
    expect(resolveClock({ after: { days: 1 }, from: { fact: "case.unknown" } }, values)).toEqual({
      after: { days: 1 },
      from: null,
    });
  });

  it("reads a parameter's value by its type", () => {
    expect(durationOfParameter("days", "15")).toEqual({ days: 15 });
    expect(durationOfParameter("hours", 4)).toEqual({ hours: 4 });
    expect(durationOfParameter("percent", 4)).toBeUndefined();
    expect(durationOfParameter("days", 1.5)).toBeUndefined();
  });

  it("reads out a clock", () => {
    expect(clockInWords({ after: { workingDays: 2 }, calendar: "customer-care" })).toBe(
      "2 working days, by the calendar customer-care",
    );
    expect(
      clockInWords(
        { after: { parameter: "resolveDays" }, from: { fact: "complaint.complainedAt" } },
        () => "Days to resolve",
      ),
    ).toBe("the parameter “Days to resolve” after complaint.complainedAt");
    expect(clockInWords({ at: "2026-03-31" })).toBe("on 31 March 2026");
    expect(clockInWords({ every: "FREQ=MONTHLY;BYMONTHDAY=1", pause: ["waiting-on-customer"] })).toBe(
      "every month on the 1st day of the month, paused from “waiting on customer” until “resumed”",
    );
  });
});
