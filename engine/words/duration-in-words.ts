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

/** A duration in words: `2 working days`, `1 month and 3 hours`. Here and not beside its schema: a drawing needs only this. */
export function durationInWords(duration: { [Unit in DurationUnit]?: number | undefined }): string {
  const parts = DURATION_UNITS.flatMap((unit) => {
    const count = duration[unit];
    return count === undefined ? [] : [`${count} ${words[unit][count === 1 ? 0 : 1]}`];
  });
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "no time");
}
