/**
 * A set of small whole numbers as ascending inclusive spans that never touch: `[from, to, from, to, …]`. The values of one
 * input that no cell tells apart are one number here, so that a set of values is a handful of spans.
 */
export type SpanSet = readonly number[];

export const EMPTY: SpanSet = [];

/** All numbers below a count. */
export const everything = (count: number): SpanSet => (count === 0 ? EMPTY : [0, count - 1]);

/** The set of some numbers, in any order. */
export function spanSet(members: Iterable<number>): SpanSet {
  const spans: number[] = [];
  for (const member of [...members].sort((a, b) => a - b)) append(spans, member, member);
  return spans;
}

function append(spans: number[], from: number, to: number): void {
  if (from > to) return;
  const last = spans.length - 1;
  if (last > 0 && from <= (spans[last] as number) + 1) {
    if (to > (spans[last] as number)) spans[last] = to;
  } else spans.push(from, to);
}

export function union(a: SpanSet, b: SpanSet): SpanSet {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const spans: number[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const first = j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    if (first) {
      append(spans, a[i] as number, a[i + 1] as number);
      i += 2;
    } else {
      append(spans, b[j] as number, b[j + 1] as number);
      j += 2;
    }
  }
  return spans;
}

export function intersection(a: SpanSet, b: SpanSet): SpanSet {
  if (a === b) return a;
  const spans: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    append(spans, Math.max(a[i] as number, b[j] as number), Math.min(a[i + 1] as number, b[j + 1] as number));
    if ((a[i + 1] as number) < (b[j + 1] as number)) i += 2;
    else j += 2;
  }
  return spans;
}

/** What `a` holds and `b` does not. */
export function difference(a: SpanSet, b: SpanSet): SpanSet {
  const spans: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = a[i] as number;
    const to = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) < from) j += 2;
    for (let k = j; k < b.length && (b[k] as number) <= to; k += 2) {
      append(spans, from, (b[k] as number) - 1);
      from = (b[k + 1] as number) + 1;
    }
    append(spans, from, to);
  }
  return spans;
}

export function intersects(a: SpanSet, b: SpanSet): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if ((a[i + 1] as number) < (b[j] as number)) i += 2;
    else if ((b[j + 1] as number) < (a[i] as number)) j += 2;
    else return true;
  }
  return false;
}

/** Whether every member of `a` is one of `b`. */
export function within(a: SpanSet, b: SpanSet): boolean {
  if (a === b) return true;
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    while (j < b.length && (b[j + 1] as number) < (a[i] as number)) j += 2;
    if (j >= b.length || (b[j] as number) > (a[i] as number) || (b[j + 1] as number) < (a[i + 1] as number))
      return false;
  }
  return true;
}

export function holds(set: SpanSet, member: number): boolean {
  for (let i = 0; i < set.length; i += 2) {
    if (member < (set[i] as number)) return false;
    if (member <= (set[i + 1] as number)) return true;
  }
  return false;
}

export const sameSet = (a: SpanSet, b: SpanSet): boolean =>
  a === b || (a.length === b.length && a.every((value, at) => value === b[at]));

/** How many members it has. */
export function sizeOf(set: SpanSet): number {
  let size = 0;
  for (let i = 0; i < set.length; i += 2) size += (set[i + 1] as number) - (set[i] as number) + 1;
  return size;
}

/** Its members, one by one. */
export function* members(set: SpanSet): Generator<number> {
  for (let i = 0; i < set.length; i += 2) for (let at = set[i] as number; at <= (set[i + 1] as number); at++) yield at;
}
