import { Temporal } from "temporal-polyfill";
import { DAY_MS } from "./epoch-day.ts";

/**
 * A time zone as a function between instants (epoch milliseconds) and local days and times.
 * Temporal answers where the offset changes; the stretches between changes are kept, so that a conversion costs a
 * comparison and an addition instead of some thirty microseconds.
 */
export interface Zone {
  id: string;
  /** Milliseconds to add to an instant to read its local clock as if it were UTC. */
  offsetAt(instant: number): number;
  /** The local date of an instant, as an epoch day. */
  dayAt(instant: number): number;
  /** The local time of day of an instant, in milliseconds since midnight. */
  timeAt(instant: number): number;
  /**
   * The instant of a local time (milliseconds since midnight; 24 h is the next midnight). A time that a forward switch
   * skips is taken as much later; of a time that a backward switch repeats, the earlier one counts (Temporal's
   * `compatible`).
   */
  instantAt(day: number, time: number): number;
}

interface Stretch {
  from: number;
  to: number;
  offset: number;
}

/** Where Temporal knows of no further change, ask again after this long: a memo, not a promise about future law. */
const HORIZON = 400 * DAY_MS;

const zones = new Map<string, Zone>();

/** The zone of an IANA name such as `"Europe/Berlin"`. Throws a RangeError naming an unknown zone. */
export function zone(id: string): Zone {
  const known = zones.get(id);
  if (known) return known;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(id);
  } catch {
    throw new RangeError(`"${id}" is not a time zone; use an IANA name such as "Europe/Berlin"`);
  }
  const made = makeZone(id);
  zones.set(id, made);
  return made;
}

/** Whether a text names a time zone. */
export function isZone(id: string): boolean {
  try {
    zone(id);
    return true;
  } catch {
    return false;
  }
}

function stretchAround(id: string, instant: number): Stretch {
  const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(id);
  const next = here.getTimeZoneTransition("next");
  // "previous" is strictly before; one millisecond on, a change at this very instant is still found.
  const previous = here.add({ milliseconds: 1 }).getTimeZoneTransition("previous");
  return {
    from: previous ? previous.epochMilliseconds : instant - HORIZON,
    to: next ? next.epochMilliseconds : instant + HORIZON,
    offset: here.offsetNanoseconds / 1e6,
  };
}

function makeZone(id: string): Zone {
  const stretches: Stretch[] = [];
  let last: Stretch = { from: 0, to: 0, offset: 0 };

  const find = (instant: number): Stretch => {
    for (const stretch of stretches) {
      if (instant >= stretch.from && instant < stretch.to) return stretch;
    }
    const found = stretchAround(id, instant);
    stretches.push(found);
    return found;
  };
  const offsetAt = (instant: number): number => {
    if (instant < last.from || instant >= last.to) last = find(instant);
    return last.offset;
  };
  return {
    id,
    offsetAt,
    dayAt: (instant) => Math.floor((instant + offsetAt(instant)) / DAY_MS),
    timeAt: (instant) => {
      const local = instant + offsetAt(instant);
      return local - Math.floor(local / DAY_MS) * DAY_MS;
    },
    instantAt: (day, time) => {
      const local = day * DAY_MS + time;
      // The offsets a day before and after are those on the two sides of any change that touches this local time.
      const before = offsetAt(local - DAY_MS);
      const after = offsetAt(local + DAY_MS);
      if (before === after) return local - before;
      if (offsetAt(local - before) === before) return local - before;
      if (offsetAt(local - after) === after) return local - after;
      return local - before;
    },
  };
}
