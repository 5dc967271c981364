import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
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

/** The audit log as a hash chain. */
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

/** What of the audit log does not fit its chain, at most `limit`, and how many entries were looked at. */
export async function auditTrouble(
  db: Database,
  limit = 50,
): Promise<{ entries: number; broken: { id: number; words: string }[] }> {
  const broken: { id: number; words: string }[] = [];
  let previous = GENESIS;
  let entries = 0;
  for (let after = 0; ; ) {
    const rows = await db.read<Omit<StoredAudit, "details"> & { details: string }>(
      "SELECT id, at, by, what, words, details, previous, hash FROM audit WHERE id > ? ORDER BY id LIMIT 1000",
      [after],
    );
    for (const row of rows) {
      const words = troubleOf(row, previous);
      if (words !== undefined && broken.length < limit) broken.push({ id: row.id, words });
      previous = row.hash;
      entries += 1;
      after = row.id;
    }
    if (rows.length < 1000) return { entries, broken };
    await nextTurn();
  }
}

function troubleOf(row: Omit<StoredAudit, "details"> & { details: string }, previous: string): string | undefined {
  try {
    const entry = { ...row, details: JSON.parse(row.details) as Json };
    if (hashOf(row.previous, entry) !== row.hash) return "its content does not give its hash: it was changed";
  } catch {
    return "its details cannot be read: they were changed";
  }
  return row.previous === previous
    ? undefined
    : "it does not follow the entry before it: entries are missing or were changed";
}
