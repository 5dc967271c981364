import type { JournalEntry } from "#engine/execute/journal.ts";
import type { Database } from "../db/client.ts";

/** A journal entry with its place in the chain. */
export interface StoredEntry {
  seq: number;
  entry: JournalEntry;
  /** The canonical text that was hashed. */
  text: string;
  previous: string;
  hash: string;
}

/** The journal of a case, in order; with `from`, the entries after that seq. */
export async function readJournal(db: Database, caseId: string, from = 0): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  for (let after = from; ; ) {
    const rows = await db.read<{ seq: number; entry: string; previous: string; hash: string }>(
      "SELECT seq, entry, previous, hash FROM journal WHERE case_id = ? AND seq > ? ORDER BY seq LIMIT 2000",
      [caseId, after],
    );
    for (const row of rows) {
      entries.push({
        seq: row.seq,
        entry: JSON.parse(row.entry) as JournalEntry,
        text: row.entry,
        previous: row.previous,
        hash: row.hash,
      });
    }
    const last = rows.at(-1);
    if (!last || rows.length < 2000) return entries;
    after = last.seq;
  }
}
