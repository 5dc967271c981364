import { intersection, intersects, type SpanSet, sameSet, union, within } from "./span-set.ts";

/** A set of inputs that is one set of values for each dimension; undefined where every value goes. */
export type Box = readonly (SpanSet | undefined)[];

/** A union of boxes. */
export type Region = readonly Box[];

export function boxesMeet(a: Box, b: Box): boolean {
  for (let at = 0; at < a.length; at++) {
    const [left, right] = [a[at], b[at]];
    if (left && right && !intersects(left, right)) return false;
  }
  return true;
}

/** Whether all of `a` lies in `b`. */
export function boxWithin(a: Box, b: Box, full: readonly SpanSet[]): boolean {
  for (let at = 0; at < b.length; at++) {
    const right = b[at];
    if (right && !within(a[at] ?? (full[at] as SpanSet), right)) return false;
  }
  return true;
}

/** What two boxes share; undefined where that is nothing. */
export function boxMeet(a: Box, b: Box): Box | undefined {
  const shared: (SpanSet | undefined)[] = [];
  for (let at = 0; at < a.length; at++) {
    const [left, right] = [a[at], b[at]];
    const both = left && right ? intersection(left, right) : (left ?? right);
    if (both?.length === 0) return undefined;
    shared.push(both);
  }
  return shared;
}

/** Thrown when a region needs more boxes than anyone wants to wait for; caught by whoever asked. */
export class TooManyBoxes extends Error {}

/** Boxes that one condition may fall apart into. */
export const MOST_BOXES = 2000;

export function regionMeet(a: Region, b: Region, full: readonly SpanSet[]): Region {
  const found: Box[] = [];
  for (const left of a) {
    for (const right of b) {
      const both = boxMeet(left, right);
      if (both) found.push(both);
      if (found.length > MOST_BOXES * 4) throw new TooManyBoxes();
    }
  }
  return tidy(found, full);
}

export function regionUnion(regions: readonly Region[], full: readonly SpanSet[]): Region {
  return tidy(regions.flat(), full);
}

/** Merges boxes that differ in one dimension only, drops those inside others, and calls a whole dimension "any value". */
function tidy(boxes: readonly Box[], full: readonly SpanSet[]): Region {
  let rest = boxes.map((box) => box.map((set, at) => (set && sameSet(set, full[at] as SpanSet) ? undefined : set)));
  if (rest.length > MOST_BOXES) throw new TooManyBoxes();
  for (let merged = true; merged && rest.length > 1 && rest.length <= 200; ) {
    merged = false;
    const kept: (SpanSet | undefined)[][] = [];
    for (const box of rest) {
      const at = kept.findIndex((other) => mergeable(other, box, full));
      if (at === -1) kept.push(box);
      else {
        kept[at] = merge(kept[at] as Box, box, full);
        merged = true;
      }
    }
    rest = kept;
  }
  return rest;
}

function mergeable(a: Box, b: Box, full: readonly SpanSet[]): boolean {
  if (boxWithin(a, b, full) || boxWithin(b, a, full)) return true;
  let differing = 0;
  for (let at = 0; at < a.length && differing < 2; at++) {
    if (!sameSet(a[at] ?? (full[at] as SpanSet), b[at] ?? (full[at] as SpanSet))) differing++;
  }
  return differing < 2;
}

function merge(a: Box, b: Box, full: readonly SpanSet[]): (SpanSet | undefined)[] {
  return a.map((left, at) => {
    const right = b[at];
    if (!left || !right) return undefined;
    const both = union(left, right);
    return sameSet(both, full[at] as SpanSet) ? undefined : both;
  });
}
