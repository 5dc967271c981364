import { count } from "../../text/number.ts";

const UNITS: readonly [number, string][] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** A length of time in its largest whole unit: "3 hours". Less than a second is said so. */
export function durationWords(milliseconds: number): string {
  for (const [length, unit] of UNITS) {
    if (milliseconds >= length) return count(Math.floor(milliseconds / length), unit);
  }
  return "less than a second";
}
