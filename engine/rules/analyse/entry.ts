import type { Box, Region } from "./box.ts";
import type { Dimension } from "./dimension.ts";
import type { SpanSet } from "./span-set.ts";

/**
 * The inputs for which a condition has a verdict, from both sides: `sure` never says too much, `maybe` never too little.
 * They are one where everything about the condition is understood.
 */
export interface Bounds {
  sure: Region;
  maybe: Region;
}

/** One row or rule as analysis sees it. */
export interface Entry {
  /** Its place in the document, from zero. */
  index: number;
  /** JSON Pointer into the rule set's document. */
  path: string;
  /** `row 3`, or the name of the rule in quotes. */
  name: string;
  /** Where it holds. */
  answers: Bounds;
  /** Where it holds, or would if a missing fact were known: those behind it then wait too, unless missing facts are skipped. */
  blocks: Bounds;
  /** Canonical text of what it answers; equal where two say the same. */
  says: string;
  /** Higher goes first; equal ones in document order. */
  priority: number;
  /** Why it is only partly understood; empty where it is exact. */
  unclear: string[];
}

/** A rule set made ready for analysis. */
export interface Subject {
  kind: "table" | "rules";
  dimensions: readonly Dimension[];
  /** All values of each dimension. */
  full: readonly SpanSet[];
  /** In the order in which they are tried. */
  entries: readonly Entry[];
}

export const exactly = (region: Region): Bounds => ({ sure: region, maybe: region });

/** The box in which every dimension is written out. */
export function wholeBox(box: Box, full: readonly SpanSet[]): SpanSet[] {
  return full.map((all, at) => box[at] ?? all);
}
