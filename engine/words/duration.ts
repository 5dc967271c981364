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

/** The units of a duration, from the largest to the smallest; also the order in which they are added. */
export const DURATION_UNITS = ["months", "weeks", "days", "workingDays", "hours", "minutes"] as const;
export type DurationUnit = (typeof DURATION_UNITS)[number];

const words: Record<DurationUnit, [string, string]> = {
  months: ["month", "months"],
  weeks: ["week", "weeks"],
  days: ["day", "days"],
  workingDays: ["working day", "working days"],
  hours: ["hour", "hours"],
  minutes: ["minute", "minutes"],
};

/** The duration in words: `2 working days`, `1 month and 3 hours`. */
export function durationInWords(duration: Duration): string {
  const parts = DURATION_UNITS.flatMap((unit) => {
    const count = duration[unit];
    return count === undefined ? [] : [`${count} ${words[unit][count === 1 ? 0 : 1]}`];
  });
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "no time");
}
