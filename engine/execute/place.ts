import type { Place } from "../time/add-duration.ts";
import { dateAt } from "../time/instant-text.ts";
import { zone } from "../time/zone.ts";
import type { World } from "./world.ts";

/** Zone and calendar of a person: theirs, else their unit's, else the organisation's. */
export function placeOfPerson(world: World, person: string | null | undefined, at: number): Place {
  if (!person || !world.directory.person(person)) return defaultPlace(world);
  const { directory, calendars } = world;
  return {
    zone: zone(directory.zoneOf(person, dateAt(at, zone(directory.data.timeZone)))),
    calendar: calendars.findOrDefault(directory.calendarOf(person, dateAt(at, zone(directory.data.timeZone)))),
  };
}

/** The organisation's own zone and calendar. */
export function defaultPlace(world: World): Place {
  return { zone: zone(world.directory.data.timeZone), calendar: world.calendars.default };
}

/** Today's date in the organisation's zone: what "as of now" means for reporting lines. */
export function today(world: World, now: number): string {
  return dateAt(now, zone(world.directory.data.timeZone));
}
