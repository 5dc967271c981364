const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY = 86_400_000;

/** The number of a calendar date (days since 1970-01-01), or undefined where the text is not a date that exists. */
export function dayNumber(date: unknown): number | undefined {
  const match = typeof date === "string" ? ISO_DATE.exec(date) : null;
  if (!match) return undefined;
  const at = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return new Date(at).toISOString().slice(0, 10) === date ? at / DAY : undefined;
}

/** Months since year 0 of an ISO date that exists: two dates of one calendar month have the same number. */
export function monthNumber(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

/** The day number `months` later; a month end clamps (31 January + 1 month is 28 or 29 February). */
export function addMonths(date: string, months: number): number {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return first.getTime() / DAY + Math.min(day, lastDay) - 1;
}
