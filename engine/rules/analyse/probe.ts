import type { Box } from "./box.ts";
import { holds, type SpanSet } from "./span-set.ts";

/** Points that are tried before anything is searched: most boxes that are not covered show it at one of the first. */
const POINTS = 48;

/** Whether one of a few points of a universe lies in none of the boxes. The points are always the same ones. */
export function pointOutside(universe: readonly SpanSet[], boxes: readonly Box[]): boolean {
  let seed = 1;
  for (let at = 0; at < POINTS; at++) {
    const point = universe.map((set) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return memberAt(set, at === 0 ? 0 : at === 1 ? 1 : seed / 2 ** 32);
    });
    if (!boxes.some((box) => box.every((set, dimension) => !set || holds(set, point[dimension] as number))))
      return true;
  }
  return false;
}

/** A member of a set by its place between the first (0) and the last (1). */
function memberAt(set: SpanSet, share: number): number {
  let count = 0;
  for (let i = 0; i < set.length; i += 2) count += (set[i + 1] as number) - (set[i] as number) + 1;
  let left = Math.min(count - 1, Math.floor(share * count));
  for (let i = 0; i < set.length; i += 2) {
    const size = (set[i + 1] as number) - (set[i] as number) + 1;
    if (left < size) return (set[i] as number) + left;
    left -= size;
  }
  throw new Error("an empty set has no members");
}
