import { type Box, boxesMeet } from "./box.ts";
import type { Budget } from "./budget.ts";
import type { SpanSet } from "./span-set.ts";

/** Comparing two boxes takes as long as so many of the small steps that a budget counts. */
const STEPS_PER_PAIR = 5;

/**
 * Calls `visit` for every two boxes that share an input, `a` before `b` in the list, until it returns false. Boxes are
 * swept along the dimension that keeps most of them apart, so that far neighbours never meet.
 * @returns false where the budget ended first
 */
export function meetingPairs(boxes: readonly Box[], budget: Budget, visit: (a: number, b: number) => boolean): boolean {
  const axis = axisOf(boxes);
  const start = (at: number) => boxes[at]?.[axis]?.[0] ?? 0;
  const end = (at: number) => boxes[at]?.[axis]?.at(-1) ?? Number.POSITIVE_INFINITY;
  const order = boxes.map((_, at) => at).sort((a, b) => start(a) - start(b) || a - b);
  let open: number[] = [];
  for (const one of order) {
    const from = start(one);
    open = open.filter((other) => end(other) >= from);
    if (!budget.spend((open.length + 1) * STEPS_PER_PAIR)) return false;
    for (const other of open) {
      if (!boxesMeet(boxes[one] as Box, boxes[other] as Box)) continue;
      if (!visit(Math.min(one, other), Math.max(one, other))) return true;
    }
    open.push(one);
  }
  return true;
}

/** The dimension along which the hulls of the boxes overlap least. */
function axisOf(boxes: readonly Box[]): number {
  const count = boxes[0]?.length ?? 0;
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let at = 0; at < count; at++) {
    const cost = overlapOf(boxes.map((box) => box[at]));
    if (cost < least) [best, least] = [at, cost];
  }
  return best;
}

/** How many pairs of hulls overlap, counted along the line. */
function overlapOf(sets: readonly (SpanSet | undefined)[]): number {
  const starts = sets.map((set) => set?.[0] ?? 0).sort((a, b) => a - b);
  const ends = sets.map((set) => set?.at(-1) ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  let pairs = 0;
  let closed = 0;
  for (const [opened, from] of starts.entries()) {
    while ((ends[closed] as number) < from) closed++;
    pairs += opened - closed;
  }
  return pairs;
}
