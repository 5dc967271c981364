import { type Json, sameJson } from "../words/json.ts";
import type { DecisionTable } from "./table.ts";

type Row = DecisionTable["rows"][number];

/** One difference between two tables of the same columns; rows are counted from zero, in the table before and the one after. */
export type TableChange =
  | { kind: "cell"; row: number; newRow: number; column: number; before: string; after: string }
  | { kind: "answer"; row: number; newRow: number; output: number; before: Json; after: Json }
  | { kind: "note"; row: number; newRow: number; before: string; after: string }
  | { kind: "valid"; row: number; newRow: number; before: Row["valid"]; after: Row["valid"] }
  | { kind: "row-added"; newRow: number }
  | { kind: "row-removed"; row: number }
  | { kind: "default"; before: Json[] | undefined; after: Json[] | undefined }
  /** Columns, answers or the hit policy differ: then no cells are compared. */
  | { kind: "shape"; what: "hitPolicy" | "columns" | "outputs" | "event" };

/**
 * What an edit did to a table, e.g. in a spreadsheet: cells, answers and notes that changed, rows that came and went. Rows
 * that are the same in both stay together; between two such the changed ones are paired in their order.
 */
export function tableDiff(before: DecisionTable, after: DecisionTable): TableChange[] {
  const shape = (["hitPolicy", "columns", "outputs", "event"] as const).filter(
    (what) => !sameJson((before[what] ?? null) as Json, (after[what] ?? null) as Json),
  );
  const changes: TableChange[] = shape.map((what) => ({ kind: "shape", what }));
  if (shape.includes("columns") || shape.includes("outputs")) return changes;
  changes.push(...rowChanges(before.rows, after.rows));
  if (!sameJson(before.default ?? null, after.default ?? null)) {
    changes.push({ kind: "default", before: before.default, after: after.default });
  }
  return changes;
}

function rowChanges(before: readonly Row[], after: readonly Row[]): TableChange[] {
  const changes: TableChange[] = [];
  let [from, to] = [0, 0];
  const close = (untilFrom: number, untilTo: number) => {
    while (from < untilFrom && to < untilTo)
      changes.push(...rowChange(from, to, before[from++] as Row, after[to++] as Row));
    while (from < untilFrom) changes.push({ kind: "row-removed", row: from++ });
    while (to < untilTo) changes.push({ kind: "row-added", newRow: to++ });
  };
  for (const [row, newRow] of sameRows(before.map(key), after.map(key))) {
    close(row, newRow);
    [from, to] = [row + 1, newRow + 1];
  }
  close(before.length, after.length);
  return changes;
}

const key = (row: Row) =>
  JSON.stringify([row.cells, row.out, row.note ?? null, row.valid?.from ?? null, row.valid?.to ?? null]);

/** Rows that are the same in both and in the same order: a patience of unique rows between the common ends. */
function sameRows(before: readonly string[], after: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) pairs.push([start, start++]);
  let tail = 0;
  const least = Math.min(before.length, after.length) - start;
  while (tail < least && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  pairs.push(...increasing(uniquePairs(before, after, start, tail)));
  for (let at = tail; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

/** Rows that stand exactly once in each of the two middles, by their place in the first. */
function uniquePairs(
  before: readonly string[],
  after: readonly string[],
  start: number,
  tail: number,
): [number, number][] {
  const places = (rows: readonly string[]) => {
    const found = new Map<string, number>();
    for (let at = start; at < rows.length - tail; at++) {
      const row = rows[at] as string;
      found.set(row, found.has(row) ? -1 : at);
    }
    return found;
  };
  const others = places(after);
  return [...places(before)].flatMap(([row, at]): [number, number][] => {
    const other = others.get(row) ?? -1;
    return at >= 0 && other >= 0 ? [[at, other]] : [];
  });
}

/** The longest of the pairs whose second numbers rise too (patience sorting). */
function increasing(pairs: readonly [number, number][]): [number, number][] {
  const piles: number[] = [];
  const previous = new Array<number>(pairs.length).fill(-1);
  for (const [at, [, second]] of pairs.entries()) {
    let [low, high] = [0, piles.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((pairs[piles[middle] as number] as [number, number])[1] < second) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (piles[low - 1] as number) : -1;
    piles[low] = at;
  }
  const found: [number, number][] = [];
  for (let at = piles.at(-1) ?? -1; at >= 0; at = previous[at] as number) found.push(pairs[at] as [number, number]);
  return found.reverse();
}

function rowChange(row: number, newRow: number, before: Row, after: Row): TableChange[] {
  const changes: TableChange[] = [];
  for (const [column, cell] of before.cells.entries()) {
    const now = after.cells[column] ?? "-";
    if (cell !== now) changes.push({ kind: "cell", row, newRow, column, before: cell, after: now });
  }
  for (const [output, value] of before.out.entries()) {
    const now = after.out[output] ?? null;
    if (!sameJson(value, now)) changes.push({ kind: "answer", row, newRow, output, before: value, after: now });
  }
  const [note, newNote] = [before.note ?? "", after.note ?? ""];
  if (note !== newNote) changes.push({ kind: "note", row, newRow, before: note, after: newNote });
  const isSameValid = before.valid?.from === after.valid?.from && before.valid?.to === after.valid?.to;
  if (!isSameValid) changes.push({ kind: "valid", row, newRow, before: before.valid, after: after.valid });
  return changes;
}
