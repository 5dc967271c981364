import { createHash } from "node:crypto";
import type { Database } from "../db/client.ts";
import type { Audit } from "./audit.ts";

/** Journal rows looked at in one statement. */
const SLICE = 2_000;

/**
 * Anchors the heads of the cases' hash chains in the audit log: one entry with the hash over all journal rows written since
 * the last anchor, in their order. Cutting the end off a case's chain then shows as an anchor that no longer fits.
 */
export async function anchorHeads(db: Database, audit: Audit, now: number): Promise<void> {
  const [last] = await db.read<{ details: string }>(
    "SELECT details FROM audit WHERE what = 'journal.anchored' ORDER BY id DESC LIMIT 1",
  );
  const from = last ? (JSON.parse(last.details) as { to: number }).to : 0;
  const { hash, to, rows } = await hashOfJournal(db, from, null);
  if (rows === 0) return;
  await audit.write({
    at: now,
    by: null,
    what: "journal.anchored",
    words: `anchored ${rows} journal entries`,
    details: { from, to, rows, hash },
  });
}

/** The hash over the journal rows in `(from, to]`, by rowid; without `to`, up to the end. */
export async function hashOfJournal(
  db: Database,
  from: number,
  to: number | null,
): Promise<{ hash: string; to: number; rows: number }> {
  const hash = createHash("sha256");
  let rows = 0;
  for (let after = from; ; ) {
    const found = await db.read<{ position: number; hash: string }>(
      "SELECT rowid AS position, hash FROM journal WHERE rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?",
      [after, to ?? Number.MAX_SAFE_INTEGER, SLICE],
    );
    for (const row of found) hash.update(row.hash);
    rows += found.length;
    after = found.at(-1)?.position ?? after;
    if (found.length < SLICE) return { hash: hash.digest("hex"), to: after, rows };
    await new Promise((resolve) => setImmediate(resolve));
  }
}
