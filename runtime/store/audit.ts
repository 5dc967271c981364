import { createHash } from "node:crypto";
import { canonical, type Json } from "#engine/words/json.ts";
import type { Database, Statement } from "../db/client.ts";
import { GENESIS } from "./case-lanes.ts";

/** Something that was done to definitions, parameters, data or access. */
export interface AuditEntry {
  at: number;
  by: string | null;
  /** A stable name, e.g. `definition.published`. */
  what: string;
  /** A sentence. */
  words: string;
  details: Json;
}

export interface StoredAudit extends AuditEntry {
  id: number;
  previous: string;
  hash: string;
}

const hashOf = (previous: string, entry: AuditEntry) =>
  createHash("sha256")
    .update(
      canonical({
        at: entry.at,
        by: entry.by,
        what: entry.what,
        words: entry.words,
        details: entry.details,
        previous,
      }),
    )
    .digest("hex");

/**
 * The audit log as a hash chain.
 */
export class Audit {
  readonly #db: Database;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(db: Database) {
    this.#db = db;
  }

  /** Writes an entry in one batch with what it is about. Entries are written one after the other: they form a chain. */
  write(entry: AuditEntry, statements: readonly Statement[] = []): Promise<void> {
    const turn = this.#turn.then(async () => {
      const [last] = await this.#db.read<{ hash: string }>("SELECT hash FROM audit ORDER BY id DESC LIMIT 1");
      const previous = last?.hash ?? GENESIS;
      await this.#db.write([
        ...statements,
        {
          sql: "INSERT INTO audit (at, by, what, words, details, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
          args: [
            entry.at,
            entry.by,
            entry.what,
            entry.words,
            canonical(entry.details),
            previous,
            hashOf(previous, entry),
          ],
        },
      ]);
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** Entries, the newest first. */
export async function readAudit(db: Database, before: number | null, limit: number): Promise<StoredAudit[]> {
  const rows = await db.read<Omit<StoredAudit, "details"> & { details: string }>(
    `SELECT id, at, by, what, words, details, previous, hash FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?`,
    [before ?? Number.MAX_SAFE_INTEGER, limit],
  );
  return rows.map((row) => ({ ...row, details: JSON.parse(row.details) as Json }));
}

/** The number of entries. */
export async function countAudit(db: Database): Promise<number> {
  const [row] = await db.read<{ n: number }>("SELECT count(*) AS n FROM audit");
  return row?.n ?? 0;
}

/** Checks the chain; names the first entry that does not fit. */
export async function verifyAudit(db: Database): Promise<{ ok: boolean; entries: number; broken: number | null }> {
  let previous = GENESIS;
  let entries = 0;
  for (let after = 0; ; ) {
    const rows = await db.read<Omit<StoredAudit, "details"> & { details: string }>(
      "SELECT id, at, by, what, words, details, previous, hash FROM audit WHERE id > ? ORDER BY id LIMIT 1000",
      [after],
    );
    for (const row of rows) {
      const entry = { ...row, details: JSON.parse(row.details) as Json };
      if (row.previous !== previous || hashOf(previous, entry) !== row.hash)
        return { ok: false, entries, broken: row.id };
      previous = row.hash;
      entries += 1;
      after = row.id;
    }
    if (rows.length < 1000) return { ok: true, entries, broken: null };
  }
}
