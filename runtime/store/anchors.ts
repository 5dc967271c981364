import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "../db/client.ts";
import type { Audit } from "./audit.ts";

/** Rows looked at in one statement. */
const SLICE = 2_000;

/** What an anchor in the audit log says: the hash over the rows `(from, to]` of a table. */
export interface Anchor {
  from: number;
  to: number;
  rows: number;
  hash: string;
}

/** Append-only tables whose rows are anchored: what stands for a row in the hash, and how the audit log says it. */
export const ANCHORED = {
  journal: {
    what: "journal.anchored",
    row: "hash",
    title: "journal entries (in the order of writing)",
    words: "journal entries",
  },
  ledger: {
    what: "ledger.anchored",
    row: "json_array(seq, id, run, plan, period, person, component, kind, amount_minor, currency, at, cause, payment)",
    title: "ledger lines",
    words: "ledger lines",
  },
} as const;
export type AnchoredTable = keyof typeof ANCHORED;

/**
 * Anchors the heads of the cases' hash chains, and the ledger, in the audit log: one entry a table with the hash over all rows
 * written since its last anchor, in their order. Cutting the end off a case's chain, or changing a booked amount, then shows
 * as an anchor that no longer fits.
 */
export async function anchorHeads(db: Database, audit: Audit, now: number): Promise<void> {
  for (const [table, { what, words }] of Object.entries(ANCHORED)) {
    const [last] = await db.read<{ details: string }>(
      "SELECT details FROM audit WHERE what = ? ORDER BY id DESC LIMIT 1",
      [what],
    );
    const from = last ? (JSON.parse(last.details) as Anchor).to : 0;
    const { hash, to, rows } = await hashOfRows(db, table as AnchoredTable, from, null);
    if (rows === 0) continue;
    await audit.write({
      at: now,
      by: null,
      what,
      words: `anchored ${rows} ${words}`,
      details: { from, to, rows, hash },
    });
  }
}

/** The hash over the rows in `(from, to]` of an anchored table, by rowid; without `to`, up to the end. */
export async function hashOfRows(
  db: Database,
  table: AnchoredTable,
  from: number,
  to: number | null,
): Promise<{ hash: string; to: number; rows: number }> {
  const hash = createHash("sha256");
  let rows = 0;
  for (let after = from; ; ) {
    const found = await db.read<{ position: number; said: string }>(
      `SELECT rowid AS position, ${ANCHORED[table].row} AS said FROM ${table} WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?`,
      [after, to ?? Number.MAX_SAFE_INTEGER, SLICE],
    );
    for (const row of found) hash.update(row.said);
    rows += found.length;
    after = found.at(-1)?.position ?? after;
    if (found.length < SLICE) return { hash: hash.digest("hex"), to: after, rows };
    await nextTurn();
  }
}
