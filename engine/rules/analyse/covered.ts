import type { Box } from "./box.ts";
import type { Budget } from "./budget.ts";
import { intersection, type SpanSet, sizeOf } from "./span-set.ts";

/** A box seen from inside a region: undefined where it takes every value, and how much of the region it takes. */
interface Piece {
  box: Box;
  share: number;
}

/** Shares are sums of quotients, and may miss one by so little. */
const ROUNDING = 1e-9;

/**
 * Whether boxes cover a universe; undefined where the budget ended. The region is halved where boxes end, until in each
 * part one box takes all (covered), or all boxes together are smaller than the part (not covered). Exact. The largest
 * box says in which dimension to halve, so that parts soon lie inside it, and the cut nearest to the middle is taken, so
 * that a thousand bands in a row need ten halvings and not a thousand.
 */
export function covers(universe: readonly SpanSet[], boxes: readonly Box[], budget: Budget): boolean | undefined {
  if (universe.some((set) => set.length === 0)) return true;
  const sizes = universe.map(sizeOf);
  let pieces: readonly Piece[] = boxes.map((box) => ({ box, share: shareOf(box, sizes) }));
  for (const [at, whole] of universe.entries()) pieces = clipped(pieces, at, whole, sizes);
  return isCovered(universe, sizes, pieces, budget);
}

function isCovered(
  region: readonly SpanSet[],
  sizes: readonly number[],
  pieces: readonly Piece[],
  budget: Budget,
): boolean | undefined {
  if (!budget.spend(pieces.length * 8 + 20)) return undefined;
  let largest = pieces[0];
  let sum = 0;
  for (const piece of pieces) {
    sum += piece.share;
    if (piece.share > (largest as Piece).share) largest = piece;
  }
  if (!largest || sum < 1 - ROUNDING) return false;
  const dimension = narrowest(largest.box, sizes);
  if (dimension === undefined) return true;
  const whole = region[dimension] as SpanSet;
  const cut = middleCut(whole, pieces, dimension);
  for (const half of [intersection(whole, [0, cut - 1]), intersection(whole, [cut, whole.at(-1) as number])]) {
    const halfSizes = sizes.with(dimension, sizeOf(half));
    const inside = clipped(pieces, dimension, half, halfSizes);
    const covered = isCovered(region.with(dimension, half), halfSizes, inside, budget);
    if (covered !== true) return covered;
  }
  return true;
}

/** The dimension in which a box takes the smallest part of a region; undefined where it takes all of it. */
function narrowest(box: Box, sizes: readonly number[]): number | undefined {
  let found: number | undefined;
  let least = 1;
  for (const [at, set] of box.entries()) {
    const part = set ? sizeOf(set) / (sizes[at] as number) : 1;
    if (part < least) [found, least] = [at, part];
  }
  return found;
}

/** The value nearest to the middle of a region at which some box begins, or has just ended. */
function middleCut(whole: SpanSet, pieces: readonly Piece[], dimension: number): number {
  const [first, last] = [whole[0] as number, whole.at(-1) as number];
  const middle = (first + last + 1) / 2;
  let best = Number.NaN;
  let distance = Number.POSITIVE_INFINITY;
  for (const { box } of pieces) {
    const set = box[dimension];
    if (!set) continue;
    for (let i = 0; i < set.length; i++) {
      const cut = (set[i] as number) + (i & 1);
      if (cut <= first || cut > last || Math.abs(cut - middle) >= distance) continue;
      [best, distance] = [cut, Math.abs(cut - middle)];
    }
  }
  return best;
}

/** The pieces that reach into a region whose values in one dimension became fewer. */
function clipped(pieces: readonly Piece[], dimension: number, to: SpanSet, sizes: readonly number[]): Piece[] {
  const left: Piece[] = [];
  for (const piece of pieces) {
    const own = piece.box[dimension];
    if (!own) {
      left.push(piece);
      continue;
    }
    const both = intersection(own, to);
    if (both.length === 0) continue;
    const box = piece.box.with(dimension, sizeOf(both) === sizes[dimension] ? undefined : both);
    left.push({ box, share: shareOf(box, sizes) });
  }
  return left;
}

function shareOf(box: Box, sizes: readonly number[]): number {
  let share = 1;
  for (let at = 0; at < box.length; at++) {
    const set = box[at];
    if (set) share *= sizeOf(set) / (sizes[at] as number);
  }
  return share;
}
