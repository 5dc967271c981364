import { z } from "zod";

const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'write a local time as "09:00"');
const isoDate = z.iso.date();
const hours = z
  .array(localTime)
  .refine((times) => times.length % 2 === 0, { error: 'give pairs of start and end, e.g. ["09:00", "17:00"]' });

/** The days of the week as a calendar names them. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * The members of a calendar beside the envelope. Holidays come from the library at publishing, which writes `resolved`;
 * the engine reads only that.
 */
export const calendarShape = {
  timeZone: z.string().min(1).max(64),
  /** Working hours by weekday, in pairs of local times; a weekday that is absent or empty is not worked. */
  week: z.partialRecord(z.enum(WEEKDAYS), hours),
  holidays: z
    .strictObject({
      country: z.string().length(2),
      state: z.string().max(10).optional(),
      region: z.string().max(10).optional(),
    })
    .optional(),
  extra: z.array(isoDate).max(1000).optional(),
  /** Days on which nothing is announced or calculated; `to` is the first day after. */
  blackouts: z
    .array(z.strictObject({ from: isoDate, to: isoDate, title: z.string().max(200).optional() }))
    .max(200)
    .optional(),
  /** Written by publishing: the dates that are holidays, for the years covered. */
  resolved: z
    .strictObject({
      years: z.strictObject({ from: z.number().int(), to: z.number().int() }),
      source: z.string(),
      dates: z.array(z.strictObject({ date: isoDate, name: z.string() })),
    })
    .optional(),
};
/** The parts of a calendar that time is computed with. */
export const CalendarRules = z.object(calendarShape);
export type CalendarRules = z.infer<typeof CalendarRules>;
