import Holidays from "date-holidays";

/** Holidays as a calendar's version stores them. */
export interface ResolvedHolidays {
  years: { from: number; to: number };
  source: string;
  dates: { date: string; name: string }[];
}

/**
 * The public holidays of a country (and state, region) for some years, as publishing a calendar writes them into its
 * version: a later upgrade of the library then never moves a stored deadline.
 *
 * @param version of the library, for the record
 */
export function resolveHolidays(
  place: { country: string; state?: string | undefined; region?: string | undefined },
  from: number,
  to: number,
  version: string,
): ResolvedHolidays {
  const calendar = new Holidays(place.country, place.state ?? "", place.region ?? "");
  const dates = new Map<string, string>();
  for (let year = from; year <= to; year++)
    for (const holiday of calendar.getHolidays(year) ?? [])
      if (holiday.type === "public") dates.set(holiday.date.slice(0, 10), holiday.name);
  return {
    years: { from, to },
    source: `date-holidays ${version}, ${[place.country, place.state, place.region].filter(Boolean).join("-")}, public`,
    dates: [...dates].sort(([a], [b]) => (a < b ? -1 : 1)).map(([date, name]) => ({ date, name })),
  };
}
