import type { LeafNode, PlannedNode } from "../plan.ts";
import { type Box, type Region, regionMeet, regionUnion } from "./box.ts";
import type { Dimension } from "./dimension.ts";
import type { Bounds } from "./entry.ts";
import type { LeafTest } from "./leaf-test.ts";
import { difference, EMPTY, type SpanSet, union } from "./span-set.ts";

/** Which verdicts are asked for; each is the opposite of another, so that `not` only changes the question. */
export type Wanted = "true" | "not-true" | "false" | "not-false";

const OPPOSITE: Record<Wanted, Wanted> = {
  true: "false",
  false: "true",
  "not-true": "not-false",
  "not-false": "not-true",
};

/** A comparison as analysis understands it: the number of its dimension, and its test; or why it is unclear. */
export type ReadLeaf =
  | { at: number; test: Exclude<LeafTest, { kind: "unclear" }> }
  | { unclear: string; wrongType?: true };

/** Finds the inputs for which conditions have a verdict, as boxes over the dimensions. */
export class ConditionRegions {
  readonly #dimensions: readonly Dimension[];
  readonly #full: readonly SpanSet[];
  readonly #read: (leaf: LeafNode) => ReadLeaf;
  readonly #anywhere: Box;

  constructor(dimensions: readonly Dimension[], read: (leaf: LeafNode) => ReadLeaf) {
    this.#dimensions = dimensions;
    this.#full = dimensions.map((dimension) => dimension.full);
    this.#read = read;
    this.#anywhere = dimensions.map(() => undefined);
  }

  /** Throws TooManyBoxes where the condition falls apart into too many. */
  bounds(node: PlannedNode, wanted: Wanted): Bounds {
    const sure = this.region(node, wanted, true);
    return { sure, maybe: this.isClear(node) ? sure : this.region(node, wanted, false) };
  }

  isClear(node: PlannedNode): boolean {
    if (node.kind === "leaf") return !("unclear" in this.#read(node));
    if (node.kind === "not") return this.isClear(node.child);
    return node.kind === "never" || node.sets.flat().every((member) => this.isClear(member));
  }

  /** @param sure leave out (or take in, where false) what rests on a comparison that is not understood */
  region(node: PlannedNode, wanted: Wanted, sure: boolean): Region {
    switch (node.kind) {
      case "leaf":
        return this.#leaf(node, wanted, sure);
      case "never":
        return wanted === "false" || wanted === "not-true" ? [this.#anywhere] : [];
      case "not":
        return this.region(node.child, OPPOSITE[wanted], sure);
      case "all":
      case "any": {
        const members = node.sets.flat();
        const holding = wanted === "true" || wanted === "not-false";
        if (members.length === 0) return holding ? [this.#anywhere] : [];
        const regions = members.map((member) => this.region(member, wanted, sure));
        if ((node.kind === "all") !== holding) return regionUnion(regions, this.#full);
        return regions.reduce((one, other) => regionMeet(one, other, this.#full), [this.#anywhere] as Region);
      }
      default:
        throw new Error(`unknown condition ${JSON.stringify(node satisfies never)}`);
    }
  }

  #leaf(node: LeafNode, wanted: Wanted, sure: boolean): Region {
    const read = this.#read(node);
    if ("unclear" in read) return sure ? [] : [this.#anywhere];
    const set = leafSet(read.test, this.#dimensions[read.at] as Dimension, wanted);
    if (set.length === 0) return [];
    return [this.#anywhere.map((_, at) => (at === read.at ? set : undefined))];
  }
}

/** The values for which a comparison has the verdict; "no value" leaves it open unless it asks for just that. */
function leafSet(test: Exclude<LeafTest, { kind: "unclear" }>, dimension: Dimension, wanted: Wanted): SpanSet {
  const none: SpanSet = dimension.nullAtom === undefined ? EMPTY : [dimension.nullAtom, dimension.nullAtom];
  const truth = test.kind === "presence" ? (test.holdsForNull ? none : dimension.present) : present(test, dimension);
  const open = test.kind === "presence" ? EMPTY : none;
  switch (wanted) {
    case "true":
      return truth;
    case "not-false":
      return union(truth, open);
    case "not-true":
      return difference(dimension.full, truth);
    case "false":
      return difference(dimension.full, union(truth, open));
    default:
      throw new Error(`unknown verdict ${wanted satisfies never}`);
  }
}

function present(test: Extract<LeafTest, { kind: "test" }>, dimension: Dimension): SpanSet {
  const holds = dimension.where(test.test);
  return test.negated ? difference(dimension.present, holds) : holds;
}
