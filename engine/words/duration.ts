import { z } from "zod";

const amount = z.number().int().min(0).max(100_000);

/**
 * A length of time as HR says it. Exactly one or several units; working days are counted by a calendar.
 * A day is the same local time on the next date in the clock's zone; a month end clamps.
 */
export const Duration = z
  .strictObject({
    workingDays: amount.optional(),
    days: amount.optional(),
    hours: amount.optional(),
    minutes: amount.optional(),
    weeks: amount.optional(),
    months: amount.optional(),
  })
  .refine((duration) => Object.values(duration).some((part) => part !== undefined), {
    error: 'name a unit, e.g. { "workingDays": 3 }',
  })
  .meta({ id: "Duration", description: "a length of time: workingDays, days, hours, minutes, weeks, months" });
export type Duration = z.infer<typeof Duration>;

export { DURATION_UNITS, type DurationUnit, durationInWords } from "./duration-in-words.ts";
