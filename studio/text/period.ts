import { language } from "./number.ts";

const MONTH = /^(\d{4})-(\d{2})$/;
const QUARTER = /^(\d{4})-?Q([1-4])$/i;

/** A period as people write it: "2026-03" is "March 2026", "2026-Q1" is "Q1 2026"; anything else as it is. */
export function periodName(period: string): string {
  const month = MONTH.exec(period);
  if (month) {
    return new Intl.DateTimeFormat(language(), { month: "long", year: "numeric", timeZone: "UTC" }).format(
      Date.UTC(Number(month[1]), Number(month[2]) - 1, 1),
    );
  }
  const quarter = QUARTER.exec(period);
  return quarter ? `Q${quarter[2]} ${quarter[1]}` : period;
}

export type Grain = "month" | "quarter" | "year";

/** The period of a grain that holds the instant, in UTC: "2026-03", "2026-Q1", "2026". */
export function periodOf(at: number, grain: Grain): string {
  const date = new Date(at);
  const year = date.getUTCFullYear();
  if (grain === "year") return String(year);
  if (grain === "quarter") return `${year}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
  return `${year}-${String(date.getUTCMonth() + 1).padStart(2, "0")}`;
}

/** The last `howMany` periods of a grain, newest first, beginning with the one that holds the instant. */
export function recentPeriods(at: number, grain: Grain, howMany: number): string[] {
  const date = new Date(at);
  const months = grain === "month" ? 1 : grain === "quarter" ? 3 : 12;
  return Array.from({ length: howMany }, (_, back) =>
    periodOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back * months, 1), grain),
  );
}
