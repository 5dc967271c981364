import type { Box } from "./box.ts";
import type { Budget } from "./budget.ts";
import { difference, EMPTY, holds, intersection, intersects, type SpanSet, union, within } from "./span-set.ts";

type Clipped = (SpanSet | undefined)[];

/**
 * Finds what a list of boxes leaves uncovered of a universe. Dimension by dimension, the values are grouped by the boxes
 * that take them, and each group is looked into with those boxes only; groups seen before are not looked into again.
 * Exact, unless the budget ends.
 */
export class Cover {
  readonly #universe: readonly SpanSet[];
  readonly #boxes: Clipped[] = [];
  readonly #order: number[];
  /** The last place in the order at which a box still asks something. */
  readonly #lastAsk: number[] = [];
  readonly #covered: Set<string>[];
  readonly #budget: Budget;
  /** How many of the boxes are given; those after are holes already reported. */
  #given: number;

  constructor(universe: readonly SpanSet[], boxes: readonly Box[], budget: Budget) {
    this.#universe = universe;
    this.#budget = budget;
    const clipped = boxes.flatMap((box) => clip(box, universe) ?? []);
    this.#order = orderOf(clipped, universe.length);
    this.#covered = this.#order.map(() => new Set());
    for (const box of clipped) this.#add(box);
    this.#given = this.#boxes.length;
  }

  #add(box: Clipped): void {
    this.#boxes.push(box);
    this.#lastAsk.push(this.#order.findLastIndex((dimension) => box[dimension] !== undefined));
  }

  /**
   * The next hole, as large as it can be made; undefined where all is covered; "stopped" where the budget ended.
   * Each hole holds inputs that no hole before it holds.
   */
  next(): SpanSet[] | undefined | "stopped" {
    const rows = this.#boxes.map((_, at) => at);
    const path = [...this.#universe];
    if (path.some((set) => set.length === 0)) return undefined;
    const found = this.#search(0, rows, path);
    if (found === "covered") return undefined;
    if (found === "stopped") return found;
    const hole = this.#grow(path);
    this.#add(hole.map((set, at) => (within(this.#universe[at] as SpanSet, set) ? undefined : set)));
    return hole;
  }

  #search(at: number, rows: readonly number[], path: SpanSet[]): "covered" | "hole" | "stopped" {
    if (rows.length === 0) return "hole";
    if (rows.some((row) => (this.#lastAsk[row] as number) < at)) return "covered";
    const dimension = this.#order[at] as number;
    const whole = this.#universe[dimension] as SpanSet;
    if (rows.every((row) => this.#boxes[row]?.[dimension] === undefined)) return this.#search(at + 1, rows, path);
    const key = keyOf(rows);
    const known = this.#covered[at] as Set<string>;
    if (known.has(key)) return "covered";
    const groups = this.#groups(dimension, rows);
    if (!groups) return "stopped";
    for (const group of groups) {
      path[dimension] = group.set;
      const found = this.#search(at + 1, group.rows, path);
      if (found !== "covered") return found;
    }
    path[dimension] = whole;
    known.add(key);
    return "covered";
  }

  /** The values of a dimension, grouped by the boxes that take them; the groups with fewest boxes, where holes are likely, first. */
  #groups(dimension: number, rows: readonly number[]): { set: SpanSet; rows: number[] }[] | undefined {
    const whole = this.#universe[dimension] as SpanSet;
    const starts = new Set<number>();
    const cut = (set: SpanSet) => {
      for (let i = 0; i < set.length; i += 2) starts.add(set[i] as number).add((set[i + 1] as number) + 1);
    };
    cut(whole);
    for (const row of rows) cut(this.#boxes[row]?.[dimension] ?? EMPTY);
    const cuts = [...starts].sort((a, b) => a - b);
    if (!this.#budget.spend(cuts.length * rows.length)) return undefined;
    const groups = new Map<string, { set: SpanSet; rows: number[] }>();
    for (const [at, from] of cuts.entries()) {
      if (!holds(whole, from)) continue;
      const set: SpanSet = [from, (cuts[at + 1] as number) - 1];
      const taking = rows.filter((row) => {
        const own = this.#boxes[row]?.[dimension];
        return own === undefined || holds(own, from);
      });
      const key = keyOf(taking);
      const known = groups.get(key);
      if (known) known.set = union(known.set, set);
      else groups.set(key, { set, rows: taking });
    }
    return [...groups.values()].sort((a, b) => a.rows.length - b.rows.length);
  }

  /** Widens a hole in one dimension after the other, as far as no given box is touched. */
  #grow(hole: SpanSet[]): SpanSet[] {
    const grown = [...hole];
    for (let dimension = 0; dimension < grown.length; dimension++) {
      let free = this.#universe[dimension] as SpanSet;
      for (const box of this.#boxes.slice(0, this.#given)) {
        const near = box.every((set, at) => at === dimension || !set || intersects(set, grown[at] as SpanSet));
        if (near) free = difference(free, box[dimension] ?? free);
      }
      grown[dimension] = free;
    }
    return grown;
  }
}

/** Whether boxes cover a universe; undefined where the budget ended. */
export function covers(universe: readonly SpanSet[], boxes: readonly Box[], budget: Budget): boolean | undefined {
  const found = new Cover(universe, boxes, budget).next();
  return found === "stopped" ? undefined : found === undefined;
}

/** A box as seen from inside a universe: undefined where it misses it, and where it asks nothing of it "any value". */
function clip(box: Box, universe: readonly SpanSet[]): [Clipped] | undefined {
  const clipped: Clipped = [];
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
