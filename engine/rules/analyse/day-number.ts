import { isDay } from "../date-order.ts";

const DAY = 86_400_000;

/** Days since 1970-01-01 of an ISO date; undefined where the text is none. */
export function dayOfIso(text: string): number | undefined {
  return isDay(text) ? Math.round(Date.parse(text) / DAY) : undefined;
}

/** The ISO date of a number of days since 1970-01-01, between the years 1 and 9999. */
export function isoOfDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
