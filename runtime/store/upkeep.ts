import type { Json } from "#engine/words/json.ts";
import type { Database, Statement } from "../db/client.ts";

/** What is done to keep a database: each kind remembers its last time. */
export const UPKEEP_KINDS = ["backup", "verify", "export"] as const;
export type UpkeepKind = (typeof UPKEEP_KINDS)[number];

/** One time that something was done, by the wall clock. */
export interface UpkeepRow {
  kind: UpkeepKind;
  at: number;
  ok: boolean;
  /** A sentence: "240 cases and 3,120 journal entries are whole". */
  words: string;
  details: Json;
}

/** Statements that note what was done, and forget what was noted long before it. */
export function upkeepStatements(row: UpkeepRow): Statement[] {
  return [
    {
      sql: "INSERT INTO upkeep (kind, at, ok, words, details) VALUES (?, ?, ?, ?, ?)",
      args: [row.kind, row.at, row.ok ? 1 : 0, row.words, JSON.stringify(row.details)],
    },
    {
      sql: "DELETE FROM upkeep WHERE kind = :kind AND id <= (SELECT max(id) - 300 FROM upkeep WHERE kind = :kind)",
      args: { kind: row.kind },
    },
  ];
}

/** The last time of each kind; a kind that was never done is absent. */
export async function lastUpkeep(db: Database): Promise<Map<UpkeepKind, UpkeepRow>> {
  const rows = await db.read<{ kind: UpkeepKind; at: number; ok: number; words: string; details: string }>(
    "SELECT kind, at, ok, words, details FROM upkeep WHERE id IN (SELECT max(id) FROM upkeep GROUP BY kind)",
  );
  return new Map(rows.map((row) => [row.kind, { ...row, ok: row.ok === 1, details: JSON.parse(row.details) as Json }]));
}

/** Statements that need room on the disk and leave nothing: they fail where it is full. */
export function probeStatements(): Statement[] {
  return [
    {
      sql: "INSERT INTO upkeep (id, kind, at, ok, words, details) VALUES (0, 'verify', 0, 0, 'probe', hex(zeroblob(65536)))",
    },
    { sql: "DELETE FROM upkeep WHERE id = 0" },
  ];
}
