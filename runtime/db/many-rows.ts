import type { Statement } from "./client.ts";
import type { Cell } from "./versioned.ts";

/**
 * How many rows one statement has: a few sizes, so that a connection keeps the statements compiled whatever a batch is made of.
 * More rows in one gain nothing, and cells that are bound cost half of what SQLite takes to find them in JSON.
 */
const SIZES = [64, 8, 1];

/** Rows in pieces of a few sizes, in their order. */
export function inPieces<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const pieces: (readonly Row[])[] = [];
  let at = 0;
  for (const size of SIZES) {
    for (; rows.length - at >= size; at += size) pieces.push(rows.slice(at, at + size));
  }
  return pieces;
}

const made = new Map<string, string>();

/** `(?, ?), (?, ?)`: so many cells in so many rows. */
export function placeholders(width: number, rows: number): string {
  const name = `${width}/${rows}`;
  const known = made.get(name);
  if (known) return known;
  const row = `(${Array.from({ length: width }, () => "?").join(", ")})`;
  const text = Array.from({ length: rows }, () => row).join(", ");
  made.set(name, text);
  return text;
}

/** Statements that insert rows of `width` cells; none where there are no rows. */
export function insertRows(
  insert: string,
  width: number,
  rows: readonly (readonly Cell[])[],
  conflict = "",
): Statement[] {
  return inPieces(rows).map((piece) => ({
    sql: `${insert} VALUES ${placeholders(width, piece.length)}${conflict ? ` ${conflict}` : ""}`,
    args: piece.flat(),
  }));
}
