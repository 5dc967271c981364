import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkRecurrence } from "#engine/time/check-recurrence.ts";
import {
  DAYS,
  FREQUENCIES,
  recurrenceOf,
  type SimpleRecurrence,
  simpleRecurrence,
} from "../../../studio/features/inspector/parts/recurrence-model.ts";

const ends: fc.Arbitrary<SimpleRecurrence["ends"]> = fc.oneof(
  fc.constant(null),
  fc.record({ count: fc.integer({ min: 1, max: 400 }) }),
  fc.constantFrom({ until: "2027-12-31" }, { until: "2028-02-29" }),
);
const on: fc.Arbitrary<SimpleRecurrence["on"]> = fc.oneof(
  fc.constant(null),
  fc.record({ date: fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 28 })) }),
  fc.record({ nth: fc.constantFrom(1, 2, 3, 4, -1), day: fc.constantFrom(...DAYS) }),
);
const simple: fc.Arbitrary<SimpleRecurrence> = fc
  .record({
    frequency: fc.constantFrom(...FREQUENCIES),
    interval: fc.integer({ min: 1, max: 30 }),
    days: fc.subarray([...DAYS]),
    on,
    months: fc.subarray([1, 2, 3, 7, 12]),
    ends,
  })
  .map((one) => ({
    ...one,
    days: one.frequency === "WEEKLY" ? one.days : [],
    on: one.frequency === "MONTHLY" || one.frequency === "YEARLY" ? one.on : null,
    months: one.frequency === "YEARLY" ? one.months : [],
  }));

describe("a recurrence as people set it up", () => {
  it("is the same after it was written as a rule and read again, and the rule is a good one", () => {
    fc.assert(
      fc.property(simple, (one) => {
        const text = recurrenceOf(one);
        expect(simpleRecurrence(text)).toEqual(one);
        expect(checkRecurrence(text).filter((issue) => issue.severity === "error")).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=HOURLY",
    "FREQ=WEEKLY;BYHOUR=9",
    "FREQ=MONTHLY;BYMONTHDAY=1,15",
    "FREQ=MONTHLY;BYDAY=1MO,3MO",
    "FREQ=WEEKLY;UNTIL=20271231T170000Z",
    "every Monday",
    "",
  ])("%s: says more than the fields can, and stays the text that it is", (text) => {
    expect(simpleRecurrence(text)).toBeNull();
  });
});
