import { addMonths, dateOfDay, dayOfDate } from "#engine/time/epoch-day.ts";

/** A month of results: `2026-02`, its first day, and the first day after it. */
export interface Month {
  id: string;
  from: string;
  to: string;
  /** 1 to 12. */
  number: number;
}

/** The twelve months that end with the anchor month (`"2026-02"`), the oldest first. */
export function twelveMonths(anchorMonth: string): Month[] {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(anchorMonth))
    throw new RangeError(`"${anchorMonth}" is not a month; write 2026-02.`);
  const anchor = dayOfDate(`${anchorMonth}-01`);
  return Array.from({ length: 12 }, (_, i) => {
    const from = dateOfDay(addMonths(anchor, i - 11));
    return { id: from.slice(0, 7), from, to: dateOfDay(addMonths(anchor, i - 10)), number: Number(from.slice(5, 7)) };
  });
}
