import { createRequire } from "node:module";
import type { Calendar } from "#engine/definition/calendar.ts";
import { error, type Issue } from "#engine/words/issue.ts";

/** Years, both of them included. */
export interface Years {
  from: number;
  to: number;
}

/** The years that a calendar published in `year` covers: the one before, for what is recounted, and four more. */
export const yearsAround = (year: number): Years => ({ from: year - 1, to: year + 4 });

/** The library's version, written into the calendar so that a reader can tell where the dates came from. */
const { version } = createRequire(import.meta.url)("date-holidays/package.json") as { version: string };

/**
 * Writes the public holidays of a calendar's country, state and region into it, for the years asked for. The engine reads only
 * these dates: a library upgrade never moves a stored deadline. A place that the library does not know is an issue.
 */
export async function resolveHolidays(
  calendar: Calendar,
  years: Years,
): Promise<{ calendar: Calendar; issues: Issue[] }> {
  const { holidays } = calendar;
  if (!holidays) return { calendar, issues: [] };
  const country = holidays.country.toUpperCase();
  // Large, and needed only here: a start does not wait for it.
  const { default: Holidays } = await import("date-holidays");
  const known = new Holidays();
  const states = known.getStates(country);
  if (!known.getCountries()[country]) {
    return refuse(
      calendar,
      "/holidays/country",
      `There is no country "${holidays.country}".`,
      "Use a code such as DE.",
    );
  }
  if (holidays.state !== undefined && !states?.[holidays.state.toUpperCase()]) {
    const possible = Object.keys(states ?? {}).join(", ") || "none";
    return refuse(
      calendar,
      "/holidays/state",
      `${country} has no state "${holidays.state}".`,
      `Possible: ${possible}.`,
    );
  }
  const library = new Holidays();
  const place = [country, holidays.state?.toUpperCase(), holidays.region?.toUpperCase()].filter((part) => part);
  library.init(country, holidays.state?.toUpperCase() ?? "", holidays.region?.toUpperCase() ?? "");
  const dates = new Map<string, string>();
  for (let each = years.from; each <= years.to; each++) {
    for (const { date, name, type } of library.getHolidays(each, "en")) {
      if (type === "public") dates.set(date.slice(0, 10), name);
    }
  }
  return {
    calendar: {
      ...calendar,
      resolved: {
        years,
        source: `date-holidays ${version}, ${place.join("-")}, public`,
        dates: [...dates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, name]) => ({ date, name })),
      },
    },
    issues: [],
  };
}

function refuse(calendar: Calendar, path: string, message: string, hint: string) {
  return { calendar, issues: [error("unknown-place", path, message, hint)] };
}
