import type { Box } from "./box.ts";
import type { Budget } from "./budget.ts";
import { difference, EMPTY, holds, intersection, intersects, type SpanSet, union, within } from "./span-set.ts";

type Clipped = readonly (SpanSet | undefined)[];

/** What boxes leave uncovered, and why the search ended: all is known, enough was found, or the budget is spent. */
export interface Holes {
  holes: SpanSet[][];
  ended: "complete" | "enough" | "stopped";
}

const FAR = 0x7fffffff;

/**
 * Finds what a list of boxes leaves uncovered of a universe. Dimension by dimension, the values are grouped by the boxes
 * that take them, and each group is looked into with those boxes only; groups known to be covered are not looked into
 * again. Exact, unless the budget ends. Each hole is as large as it can be made, and holds inputs that no hole before it
 * holds.
 * @param most holes after which the search ends
 * @param ordered dimensions whose values have an order: a hole is one stretch of these
 */
export function findHoles(
  universe: readonly SpanSet[],
  boxes: readonly Box[],
  budget: Budget,
  most: number,
  ordered: readonly boolean[] = [],
): Holes {
  if (universe.some((set) => set.length === 0)) return { holes: [], ended: "complete" };
  return new HoleSearch(universe, boxes, budget, most, ordered).run();
}

class HoleSearch {
  readonly #universe: readonly SpanSet[];
  readonly #boxes: readonly Clipped[];
  readonly #order: readonly number[];
  /** The last place in the order at which a box still asks something. */
  readonly #lastAsk: Int32Array;
  /** For each dimension the first and last value of each box: most are one stretch, and need no closer look. */
  readonly #low: Int32Array[];
  readonly #high: Int32Array[];
  readonly #covered: Set<string>[];
  readonly #budget: Budget;
  readonly #ordered: readonly boolean[];
  readonly #most: number;
  readonly #holes: SpanSet[][] = [];
  #ended: Holes["ended"] = "complete";

  constructor(
    universe: readonly SpanSet[],
    boxes: readonly Box[],
    budget: Budget,
    most: number,
    ordered: readonly boolean[],
  ) {
    this.#universe = universe;
    this.#ordered = ordered;
    this.#budget = budget;
    this.#most = most;
    this.#boxes = boxes.flatMap((box) => clip(box, universe) ?? []);
    const order = orderOf(this.#boxes, universe.length);
    this.#order = order;
    this.#covered = order.map(() => new Set());
    this.#lastAsk = Int32Array.from(this.#boxes, (box) => order.findLastIndex((at) => box[at] !== undefined));
    this.#low = universe.map((_, at) => Int32Array.from(this.#boxes, (box) => box[at]?.[0] ?? -1));
    this.#high = universe.map((_, at) => Int32Array.from(this.#boxes, (box) => box[at]?.at(-1) ?? FAR));
  }

  run(): Holes {
    const rows = this.#boxes.map((_, at) => at);
    this.#search(0, rows, [...this.#universe]);
    return { holes: this.#holes, ended: this.#ended };
  }

  /** Whether all below is covered by boxes; holes are noted on the way. */
  #search(at: number, rows: readonly number[], path: SpanSet[]): boolean {
    if (rows.length === 0) {
      this.#note(path);
      return false;
    }
    for (const row of rows) if ((this.#lastAsk[row] as number) < at) return true;
    const dimension = this.#order[at] as number;
    if (rows.every((row) => this.#boxes[row]?.[dimension] === undefined)) return this.#search(at + 1, rows, path);
    if (!this.#budget.spend(rows.length * 8 + 100)) {
      this.#ended = "stopped";
      return false;
    }
    const key = keyOf(rows);
    const known = this.#covered[at] as Set<string>;
    if (known.has(key)) return true;
    if (this.#holes.some((hole) => isWithin(path, hole))) return false;
    let covered = true;
    for (const group of this.#groups(dimension, rows)) {
      path[dimension] = group.set;
      if (!this.#search(at + 1, group.rows, path)) covered = false;
      if (this.#ended !== "complete") return false;
    }
    path[dimension] = this.#universe[dimension] as SpanSet;
    if (covered && this.#ended === "complete") known.add(key);
    return covered;
  }

  /** The values of a dimension, grouped by the boxes that take them; the groups with fewest boxes, where holes are likely, first. */
  #groups(dimension: number, rows: readonly number[]): { set: SpanSet; rows: number[] }[] {
    const whole = this.#universe[dimension] as SpanSet;
    const cuts = this.#cuts(dimension, rows);
    if (!this.#budget.spend(cuts.length * (rows.length + 20))) {
      this.#ended = "stopped";
      return [];
    }
    const groups = new Map<string, { set: SpanSet; rows: number[] }>();
    for (const [at, from] of cuts.entries()) {
      if (!holds(whole, from)) continue;
      const set: SpanSet = [from, (cuts[at + 1] as number) - 1];
      const taking = this.#taking(dimension, rows, from);
      const key = keyOf(taking);
      const known = groups.get(key);
      if (known) known.set = union(known.set, set);
      else groups.set(key, { set, rows: taking });
    }
    return [...groups.values()].sort((a, b) => a.rows.length - b.rows.length);
  }

  /** The values at which some box, or the universe, begins or has just ended. */
  #cuts(dimension: number, rows: readonly number[]): number[] {
    const starts = new Set<number>();
    const cut = (set: SpanSet) => {
      for (let i = 0; i < set.length; i += 2) starts.add(set[i] as number).add((set[i + 1] as number) + 1);
    };
    cut(this.#universe[dimension] as SpanSet);
    for (const row of rows) cut(this.#boxes[row]?.[dimension] ?? EMPTY);
    return [...starts].sort((a, b) => a - b);
  }

  #taking(dimension: number, rows: readonly number[], value: number): number[] {
    const [low, high] = [this.#low[dimension] as Int32Array, this.#high[dimension] as Int32Array];
    const taking: number[] = [];
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at] as number;
      if (value < (low[row] as number) || value > (high[row] as number)) continue;
      const own = this.#boxes[row]?.[dimension];
      if (own === undefined || own.length === 2 || holds(own, value)) taking.push(row);
    }
    return taking;
  }

  /** Notes what of an uncovered box lies in no hole yet, one stretch of values after the other. */
  #note(path: readonly SpanSet[]): void {
    for (;;) {
      const known = this.#holes.map((hole) =>
        hole.map((set, at) => (within(this.#universe[at] as SpanSet, set) ? undefined : set)),
      );
      const left = known.length === 0 ? [...path] : findHoles(path, known, this.#budget, 1).holes[0];
      if (!left) return;
      this.#holes.push(this.#grow(left.map((set, at) => (this.#ordered[at] ? firstStretch(set) : set))));
      if (this.#holes.length >= this.#most) {
        this.#ended = "enough";
        return;
      }
    }
  }

  /** Widens a hole in one dimension after the other, as far as no box is touched; along an order, to its neighbours only. */
  #grow(hole: readonly SpanSet[]): SpanSet[] {
    const grown = [...hole];
    for (let dimension = 0; dimension < grown.length; dimension++) {
      let free = this.#universe[dimension] as SpanSet;
      for (const box of this.#boxes) {
        const near = box.every((set, at) => at === dimension || !set || intersects(set, grown[at] as SpanSet));
        if (near) free = difference(free, box[dimension] ?? free);
      }
      const start = grown[dimension]?.[0] as number;
      grown[dimension] = this.#ordered[dimension] ? stretchAround(free, start) : free;
    }
    return grown;
  }
}

const firstStretch = (set: SpanSet): SpanSet => set.slice(0, 2);

function stretchAround(set: SpanSet, member: number): SpanSet {
  for (let i = 0; i < set.length; i += 2) {
    if (member >= (set[i] as number) && member <= (set[i + 1] as number)) return set.slice(i, i + 2);
  }
  throw new Error("a hole cannot shrink while it grows");
}

const isWithin = (path: readonly SpanSet[], hole: readonly SpanSet[]) =>
  path.every((set, at) => within(set, hole[at] as SpanSet));

/** A box as seen from inside a universe: none where it misses it, and where it asks nothing of it "any value". */
function clip(box: Box, universe: readonly SpanSet[]): [Clipped] | undefined {
  const clipped: (SpanSet | undefined)[] = [];
  for (const [at, whole] of universe.entries()) {
    const set = box[at];
    if (!set || within(whole, set)) {
      clipped.push(undefined);
      continue;
    }
    const inside = intersection(set, whole);
    if (inside.length === 0) return undefined;
    clipped.push(inside);
  }
  return [clipped];
}

/** Dimensions in which the boxes differ least come first: their groups are few, and what follows is shared. */
function orderOf(boxes: readonly Clipped[], count: number): number[] {
  const variety = Array.from({ length: count }, (_, at) => new Set(boxes.map((box) => box[at]?.join() ?? "")).size);
  return variety.map((_, at) => at).sort((a, b) => (variety[a] as number) - (variety[b] as number));
}

/** A text that names a list of boxes; each number is one or two characters. */
function keyOf(rows: readonly number[]): string {
  let key = "";
  for (const row of rows) key += String.fromCodePoint(row < 0xd800 ? row : row + 0x2000);
  return key;
}
