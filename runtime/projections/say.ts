import type { Directory } from "#engine/organisation/directory.ts";
import { instantInWords as wordsAt } from "#engine/time/instant-text.ts";
import { zone } from "#engine/time/zone.ts";

/** A name like `waiting-on-customer` or `directReport` as words. */
export function spelled(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[-_.]+/g, " ")
    .toLowerCase();
}

/** An instant in the organisation's zone: `16 March 2026 at 09:00`. */
export function instantInWords(at: number, directory: Directory): string {
  return wordsAt(at, zone(directory.data.timeZone));
}

/** The person's name; `the system` for nobody. */
export function whoInWords(person: string | null | undefined, directory: Directory): string {
  return person === null || person === undefined ? "the system" : directory.nameOf(person);
}

/** The first letter large. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
