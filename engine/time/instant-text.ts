import { dateInWords, dateOfDay, tryDayOfDate } from "./epoch-day.ts";
import type { Zone } from "./zone.ts";

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Whether a plain date means the day's first instant or its end (the next midnight). */
export type Edge = "start" | "end";

/**
 * The instant that a value names: epoch milliseconds as they are; an ISO date as the start or the end of that local day;
 * an ISO date and time with an offset as said, without one in the zone. Undefined where it names none.
 */
export function instantOf(value: unknown, zone: Zone, edge: Edge): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string") return undefined;
  const day = tryDayOfDate(value);
  if (day !== undefined) return zone.instantAt(edge === "start" ? day : day + 1, 0);
  return instantOfDateTime(value, zone);
}

function instantOfDateTime(text: string, zone: Zone): number | undefined {
  const match = DATE_TIME.exec(text);
  const day = match && tryDayOfDate(match[1] ?? "");
  if (!match || day === undefined || day === null) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  if (hours > 24 || minutes > 59 || seconds > 59 || (hours === 24 && minutes + seconds > 0)) return undefined;
  const milliseconds = Number((match[5] ?? "").padEnd(3, "0").slice(0, 3));
  const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  const offset = match[6];
  if (offset === undefined) return zone.instantAt(day, time);
  return day * 86_400_000 + time - offsetMs(offset);
}

function offsetMs(text: string): number {
  if (text === "Z") return 0;
  const digits = text.slice(1).replace(":", "");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4) || 0);
  return (text[0] === "-" ? -minutes : minutes) * 60_000;
}

/** The local calendar date of an instant: `"2026-03-31"`. */
export function dateAt(instant: number, zone: Zone): string {
  return dateOfDay(zone.dayAt(instant));
}

const two = (value: number) => String(value).padStart(2, "0");

/** The local date and time of an instant, to the minute: `"2026-03-31T09:00"`. */
export function localTextAt(instant: number, zone: Zone): string {
  const minutes = Math.floor(zone.timeAt(instant) / 60_000);
  return `${dateAt(instant, zone)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** An instant as people write it where they are: `3 March 2026 at 09:00`. */
export function instantInWords(instant: number, zone: Zone): string {
  return `${dateInWords(dateAt(instant, zone))} at ${localTextAt(instant, zone).slice(11)}`;
}
