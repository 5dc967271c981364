import { asDay, isDay } from "./date-order.ts";
import type { CellTest, CellValue, Column } from "./table-cell.ts";

/** Below so many rows a scan is as fast. */
const WORTH_IT = 64;
/** 32-bit words that one column's index may take. */
const WORDS_PER_COLUMN = 1 << 20;

/**
 * Which rows can match a value of one column: a set of bits for each bucket of values, and over it a summary of one bit
 * for each word, so that empty stretches are skipped. A set may say too much, never too little: rows are checked after.
 */
interface ColumnIndex {
  column: number;
  bucketOf: (value: unknown) => number;
  bits: Uint32Array;
  summary: Uint32Array;
}

/** Calls `visit` with each row that can match, from the first down, until it returns true. */
export type RowFinder = (values: readonly unknown[], visit: (row: number) => boolean) => void;

/** Indexes the rows of a table over all columns that ask something; undefined where scanning is as good. */
export function indexRows(columns: readonly Column[], cells: readonly CellTest[][]): RowFinder | undefined {
  if (cells.length < WORTH_IT) return undefined;
  const words = Math.ceil(cells.length / 32);
  const summaryWords = Math.ceil(words / 32);
  const indexes = columns.flatMap((column, at) => {
    const tests = cells.map((row) => row[at] as CellTest);
    if (tests.every((test) => test.kind === "any")) return [];
    const index =
      column.type === "number" || column.type === "money" || column.type === "percent" || column.type === "date"
        ? byOrder(column, tests, words)
        : byValue(tests, words);
    return index ? [fill(at, index, tests, words, summaryWords)] : [];
  });
  return indexes.length === 0 ? undefined : finder(indexes, words, summaryWords);
}

function finder(indexes: ColumnIndex[], words: number, summaryWords: number): RowFinder {
  const offsets = new Int32Array(indexes.length);
  const summaryOffsets = new Int32Array(indexes.length);
  return (values, visit) => {
    for (const [at, index] of indexes.entries()) {
      const bucket = index.bucketOf(values[index.column]);
      offsets[at] = bucket * words;
      summaryOffsets[at] = bucket * summaryWords;
    }
    for (let block = 0; block < summaryWords; block++) {
      let busy = -1;
      for (let at = 0; at < indexes.length; at++)
        busy &= (indexes[at] as ColumnIndex).summary[(summaryOffsets[at] as number) + block] as number;
      while (busy !== 0) {
        const low = 31 - Math.clz32(busy & -busy);
        busy &= busy - 1;
        const word = block * 32 + low;
        let rows = -1;
        for (let at = 0; at < indexes.length; at++)
          rows &= (indexes[at] as ColumnIndex).bits[(offsets[at] as number) + word] as number;
        while (rows !== 0) {
          const bit = 31 - Math.clz32(rows & -rows);
          rows &= rows - 1;
          if (visit(word * 32 + bit)) return;
        }
      }
    }
  };
}

interface Buckets {
  count: number;
  bucketOf: (value: unknown) => number;
  /** The buckets that a test may hold in, as inclusive spans. */
  spans: (test: CellTest) => [number, number][];
}

function fill(column: number, buckets: Buckets, tests: CellTest[], words: number, summaryWords: number): ColumnIndex {
  const bits = new Uint32Array(buckets.count * words);
  const summary = new Uint32Array(buckets.count * summaryWords);
  for (const [row, test] of tests.entries()) {
    const [word, mask] = [row >>> 5, 1 << (row & 31)];
    const [block, blockMask] = [word >>> 5, 1 << (word & 31)];
    for (const [from, to] of buckets.spans(test)) {
      for (let bucket = from; bucket <= to; bucket++) {
        bits[bucket * words + word] = (bits[bucket * words + word] as number) | mask;
        summary[bucket * summaryWords + block] = (summary[bucket * summaryWords + block] as number) | blockMask;
      }
    }
  }
  return { column, bucketOf: buckets.bucketOf, bits, summary };
}

const mostBuckets = (words: number) => Math.max(2, Math.floor(WORDS_PER_COLUMN / words));

/** Numbers and dates: buckets between edges taken from the ends that the cells name. */
function byOrder(column: Column, tests: CellTest[], words: number): Buckets | undefined {
  const dated = column.type === "date";
  if (dated && !tests.every(namesDaysOnly)) return undefined;
  const key = (value: unknown) => (dated ? Number((asDay(value) ?? "").replaceAll("-", "")) : (value as number));
  const spans = tests.flatMap((test) => intervals(test, key));
  const ends = [...new Set([...spans.map(([from]) => from), ...spans.map(([, to]) => to)])]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const every = Math.max(1, Math.ceil(ends.length / (mostBuckets(words) - 1)));
  const edges = Float64Array.from(ends.filter((_, at) => at % every === 0));
  const locate = (value: number) => {
    let [low, high] = [0, edges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((edges[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  /** The last bucket with values below the edge. */
  const locateBelow = (value: number) => {
    const at = locate(value);
    return at > 0 && edges[at - 1] === value ? at - 1 : at;
  };
  return {
    count: edges.length + 1,
    bucketOf: (value) => locate(key(value)),
    spans: (test) =>
      intervals(test, key).map(([from, to, open]) => [locate(from), open ? locateBelow(to) : locate(to)]),
  };
}

function namesDaysOnly(test: CellTest): boolean {
  switch (test.kind) {
    case "any":
      return true;
    case "one-of":
      return test.values.every((value) => value === null || isDay(value));
    case "compare":
      return isDay(test.value);
    case "range":
      return isDay(test.low) && isDay(test.high);
    case "or":
      return test.tests.every(namesDaysOnly);
    default:
      return namesDaysOnly(test.test);
  }
}

/** From, to, and whether the upper end is left out. */
type Interval = [from: number, to: number, open?: boolean];
const LOWEST = Number.NEGATIVE_INFINITY;
const HIGHEST = Number.POSITIVE_INFINITY;

/** Intervals that hold all values a test can accept, and perhaps some more. */
function intervals(test: CellTest, key: (value: unknown) => number): Interval[] {
  switch (test.kind) {
    case "any":
      return [[LOWEST, HIGHEST]];
    case "one-of":
      return test.values.filter((value) => value !== null).map((value) => [key(value), key(value)]);
    case "compare":
      return test.sign.startsWith("<") ? [[LOWEST, key(test.value), test.sign === "<"]] : [[key(test.value), HIGHEST]];
    case "range":
      return [[key(test.low), key(test.high), !test.highIncluded]];
    case "or":
      return test.tests.flatMap((one) => intervals(one, key));
    case "not":
      return outside(test.test, key);
    default:
      throw new Error(`unknown cell ${JSON.stringify(test satisfies never)}`);
  }
}

function outside(test: CellTest, key: (value: unknown) => number): Interval[] {
  if (test.kind === "range")
    return [
      [LOWEST, key(test.low), test.lowIncluded],
      [key(test.high), HIGHEST],
    ];
  if (test.kind !== "compare") return [[LOWEST, HIGHEST]];
  return test.sign.startsWith("<") ? [[key(test.value), HIGHEST]] : [[LOWEST, key(test.value), test.sign === ">="]];
}

/** Texts, choices, yes and no: a bucket for each value that a cell names, and bucket 0 for all others. */
function byValue(tests: CellTest[], words: number): Buckets {
  const most = mostBuckets(words) - 1;
  const buckets = new Map<CellValue, number>();
  for (const value of tests.flatMap(named)) if (!buckets.has(value)) buckets.set(value, 1 + (buckets.size % most));
  const count = 1 + Math.min(buckets.size, most);
  return {
    count,
    bucketOf: (value) => buckets.get(value as CellValue) ?? 0,
    spans: (test) => {
      const bucketsOf = (values: readonly CellValue[]) => values.map((value) => buckets.get(value) ?? 0);
      if (test.kind === "one-of") return bucketsOf(test.values).map((bucket) => [bucket, bucket]);
      const exact = buckets.size <= most && test.kind === "not" && test.test.kind === "one-of";
      return exact ? allBut(bucketsOf(named(test)), count) : [[0, count - 1]];
    },
  };
}

/** The buckets beside these, as spans. */
function allBut(left: number[], count: number): [number, number][] {
  const spans: [number, number][] = [];
  let from = 0;
  for (const bucket of left.toSorted((a, b) => a - b)) {
    if (bucket > from) spans.push([from, bucket - 1]);
    from = bucket + 1;
  }
  if (from < count) spans.push([from, count - 1]);
  return spans;
}

/** The values a cell names, or excludes. */
function named(test: CellTest): CellValue[] {
  if (test.kind === "not") return named(test.test);
  return test.kind === "one-of" ? test.values : [];
}
