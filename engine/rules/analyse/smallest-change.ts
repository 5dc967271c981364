import { type Box, boxMeet, type Region } from "./box.ts";
import { holds, type SpanSet } from "./span-set.ts";

/** Where each input stands now: its atom, or undefined where it is missing or of another type. */
export type Standing = readonly (number | undefined)[];

/** How long the search goes on; each step looks at one box of one demand. */
const STEPS = 200_000;

/**
 * The boxes that meet every demand and lie nearest to where the inputs stand: those with the fewest inputs to change, in
 * no order. A demand is a union of boxes, one of which must hold. Branch and bound, exact unless `ended`.
 * @param fixed inputs that may not change
 */
export function smallestChanges(
  demands: readonly Region[],
  now: Standing,
  fixed: ReadonlySet<number>,
): { boxes: Box[]; changes: number; ended: boolean } {
  const search = new ChangeSearch(demands, now, fixed);
  search.go(
    now.map(() => undefined),
    demands.map((_, at) => at),
    0,
  );
  return { boxes: search.found, changes: search.best, ended: search.steps > STEPS };
}

class ChangeSearch {
  found: Box[] = [];
  best = Number.POSITIVE_INFINITY;
  steps = 0;
  readonly #demands: readonly Region[];
  readonly #now: Standing;
  readonly #fixed: ReadonlySet<number>;

  constructor(demands: readonly Region[], now: Standing, fixed: ReadonlySet<number>) {
    this.#demands = demands;
    this.#now = now;
    this.#fixed = fixed;
  }

  go(box: Box, open: readonly number[], cost: number): void {
    if (cost > this.best || this.steps > STEPS) return;
    const left = open.filter((at) => !(this.#demands[at] as Region).some((one) => isMetBy(box, one)));
    if (left.length === 0) {
      if (cost < this.best) this.found = [];
      this.best = cost;
      this.found.push(box);
      return;
    }
    const next = this.#narrowest(box, left);
    const rest = left.filter((at) => at !== next.at);
    for (const { shared, cost: more } of next.ways) {
      this.steps++;
      this.go(shared, rest, more);
    }
  }

  /** The demand with the fewest ways to meet it, cheapest way first. */
  #narrowest(box: Box, open: readonly number[]): { at: number; ways: { shared: Box; cost: number }[] } {
    let best: { at: number; ways: { shared: Box; cost: number }[] } | undefined;
    for (const at of open.slice(0, 64)) {
      const ways = (this.#demands[at] as Region).flatMap((one) => {
        const shared = boxMeet(box, one);
        const cost = shared ? this.#cost(shared) : Number.POSITIVE_INFINITY;
        return shared && cost <= this.best ? [{ shared, cost }] : [];
      });
      if (!best || ways.length < best.ways.length) best = { at, ways };
      if (best.ways.length === 0) break;
    }
    if (!best) throw new Error("there is no open demand");
    best.ways.sort((a, b) => a.cost - b.cost);
    return best;
  }

  #cost(box: Box): number {
    let cost = 0;
    for (let at = 0; at < box.length; at++) {
      const set = box[at];
      if (!set || stands(set, this.#now[at])) continue;
      if (this.#fixed.has(at)) return Number.POSITIVE_INFINITY;
      cost++;
    }
    return cost;
  }
}

const stands = (set: SpanSet, atom: number | undefined) => atom !== undefined && holds(set, atom);

/** Whether all of a box lies in another. */
function isMetBy(box: Box, other: Box): boolean {
  return other.every((set, at) => {
    if (!set) return true;
    const own = box[at];
    if (!own) return false;
    for (let i = 0; i < own.length; i += 2) if (!contains(set, own[i] as number, own[i + 1] as number)) return false;
    return true;
  });
}

function contains(set: SpanSet, from: number, to: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (from >= (set[i] as number) && to <= (set[i + 1] as number)) return true;
  }
  return false;
}
