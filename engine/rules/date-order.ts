const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;

/** Whether the text is a calendar date that exists: `2026-02-28`, not `2026-02-30`. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string") return false;
  const match = DAY.exec(value);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= length;
}

/** Milliseconds since 1970 of an instant: epoch milliseconds, a Date, or ISO text (UTC where it names no offset). */
function instant(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime();
  if (typeof value !== "string" || !MOMENT.test(value)) return undefined;
  const at = Date.parse(/(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${value}Z`);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether a rule can read the value as a date: an ISO date, an ISO date-time, or epoch milliseconds. */
export function isDateLike(value: unknown): boolean {
  return isDay(value) || instant(value) !== undefined;
}

/** The calendar date of a value: of a date-time text the date it says, of an instant its date in UTC. */
export function asDay(value: unknown): string | undefined {
  if (isDay(value)) return value;
  const at = instant(value);
  if (at === undefined) return undefined;
  if (typeof value === "string") return value.slice(0, 10);
  return Math.abs(at) > 8.64e15 ? undefined : new Date(at).toISOString().slice(0, 10);
}

/**
 * Which of two dates comes first: negative, zero or positive; undefined where either is no date.
 * Where one of them has no time of day, the calendar dates are compared.
 */
export function compareDates(a: unknown, b: unknown): number | undefined {
  if (isDay(a) || isDay(b)) {
    const [left, right] = [asDay(a), asDay(b)];
    if (left === undefined || right === undefined) return undefined;
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const [left, right] = [instant(a), instant(b)];
  return left === undefined || right === undefined ? undefined : left - right;
}
