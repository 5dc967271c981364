import { calendarDate } from "./dates.ts";
import { language } from "./number.ts";

/** A period as people write it: "2026-03" is "March 2026", "2026-Q1" "Q1 2026", "2026-H2" "second half of 2026". */
export function periodName(period: string): string {
  const [from, to] = period.split("/");
  if (from && to && to !== period) return spanName(from, to);
  const parts = /^(\d{4})-(?:(\d{2})|Q([1-4])|H([12])|W(\d{2}))$/.exec(period);
  if (!parts) return calendarDate(period);
  const [, year, month, quarter, half, week] = parts;
  if (quarter) return `Q${quarter} ${year}`;
  if (half) return `${half === "1" ? "first" : "second"} half of ${year}`;
  if (week) return `week ${Number(week)}, ${year}`;
  return new Intl.DateTimeFormat(language(), { month: "long", year: "numeric", timeZone: "UTC" }).format(
    Date.UTC(Number(year), Number(month) - 1, 1),
  );
}

/** A half-open span of dates by its first and last day, in months where it is whole months. */
function spanName(from: string, to: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(from) || !/^\d{4}-\d{2}-\d{2}$/.test(to)) return `${from} to ${to}`;
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const months = from.endsWith("-01") && to.endsWith("-01");
  return months
    ? `${periodName(from.slice(0, 7))} to ${periodName(last.slice(0, 7))}`
    : `${calendarDate(from)} to ${calendarDate(last)}`;
}

export type Grain = "month" | "quarter" | "half" | "year";
const MONTHS: Record<Grain, number> = { month: 1, quarter: 3, half: 6, year: 12 };

/** The period of a grain that holds the instant, in UTC: "2026-03", "2026-Q1", "2026-H1", "2026". */
export function periodOf(at: number, grain: Grain): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  const index = Math.floor(date.getUTCMonth() / MONTHS[grain]) + 1;
  if (grain === "year") return String(year);
  if (grain === "quarter") return `${year}-Q${index}`;
  return grain === "half" ? `${year}-H${index}` : `${year}-${String(index).padStart(2, "0")}`;
}

/** The last `howMany` periods of a grain, newest first, beginning with the one that holds the instant. */
export function recentPeriods(at: number, grain: Grain, howMany: number): string[] {
  const date = new Date(at);
  return Array.from({ length: howMany }, (_, back) =>
    periodOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back * MONTHS[grain], 1), grain),
  );
}

/** The grain of a period by its name; undefined for weeks, days and what is no period. */
export function grainOf(period: string | null | undefined): Grain | undefined {
  const match = /^\d{4}(?:-(?:(\d{2})|(Q[1-4])|(H[12])))?$/.exec(period ?? "");
  if (!match) return undefined;
  if (match[1]) return "month";
  if (match[2]) return "quarter";
  return match[3] ? "half" : "year";
}
