import type { Database, Statement } from "../db/client.ts";

export type ImportStatus = "mapping" | "checked" | "applying" | "applied" | "failed";

/** An import as it is stored; `file`, `mapping` and `preview` are the JSON of runtime/ingest. */
export interface ImportRow {
  no: number;
  id: string;
  kind: string;
  recordType: string | null;
  fileName: string;
  contentHash: string;
  file: string;
  mapping: string;
  preview: string | null;
  status: ImportStatus;
  error: string | null;
  createdBy: string | null;
  createdAt: number;
  appliedAt: number | null;
}

const COLUMNS = `no, id, kind, record_type AS recordType, file_name AS fileName, content_hash AS contentHash, file, mapping, preview, status, error,
  created_by AS createdBy, created_at AS createdAt, applied_at AS appliedAt`;

/** A megabyte: no statement writes more of a file at once. */
const PIECE = 1024 * 1024;

/** Stores an uploaded file and its import; the pieces first, so that an import always has its file. Answers its number. */
export async function createImportRow(db: Database, row: Omit<ImportRow, "no">, content: Uint8Array): Promise<number> {
  const [taken] = await db.write([
    {
      sql: `INSERT INTO imports (id, kind, record_type, file_name, content_hash, file, mapping, preview, status, error, created_by, created_at, applied_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, NULL, 'failed', 'The upload did not complete.', ?, ?, NULL) RETURNING no`,
      args: [
        row.id,
        row.kind,
        row.recordType,
        row.fileName,
        row.contentHash,
        row.file,
        row.mapping,
        row.createdBy,
        row.createdAt,
      ],
    },
  ]);
  const no = Number(taken?.rows[0]?.no);
  for (let at = 0, seq = 0; at < content.length; at += PIECE, seq++)
    await db.write([
      {
        sql: "INSERT INTO import_content (import_no, seq, bytes) VALUES (?, ?, ?)",
        args: [no, seq, content.slice(at, at + PIECE)],
      },
    ]);
  await db.write([{ sql: "UPDATE imports SET status = ?, error = NULL WHERE no = ?", args: [row.status, no] }]);
  return no;
}

/** The bytes of an uploaded file; undefined once it has been applied. */
export async function importContent(db: Database, no: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  for (let seq = 0; ; seq++) {
    const [row] = await db.read<{ bytes: ArrayBuffer | Uint8Array<ArrayBuffer> }>(
      "SELECT bytes FROM import_content WHERE import_no = ? AND seq = ?",
      [no, seq],
    );
    if (!row) break;
    // A file gives bytes, a server a buffer.
    pieces.push(new Uint8Array(row.bytes));
  }
  return pieces.length === 0 ? undefined : new Uint8Array(Buffer.concat(pieces));
}

/** Forgets the file of an import, piece by piece. */
export async function dropImportContent(db: Database, no: number): Promise<void> {
  for (;;) {
    const [gone] = await db.write([
      {
        sql: "DELETE FROM import_content WHERE import_no = ? AND seq IN (SELECT seq FROM import_content WHERE import_no = ? ORDER BY seq LIMIT 8) RETURNING seq",
        args: [no, no],
      },
    ]);
    if (!gone || gone.rows.length === 0) return;
  }
}

/** One import. */
export async function importRow(db: Database, id: string): Promise<ImportRow | undefined> {
  return (await db.read<ImportRow>(`SELECT ${COLUMNS} FROM imports WHERE id = ?`, [id]))[0];
}

/** Imports, the newest first. */
export async function importRows(db: Database, limit = 100): Promise<ImportRow[]> {
  return db.read<ImportRow>(`SELECT ${COLUMNS} FROM imports ORDER BY created_at DESC, no DESC LIMIT ?`, [limit]);
}

/** The latest applied import of the same content, if any. */
export async function appliedTwin(db: Database, contentHash: string): Promise<ImportRow | undefined> {
  return (
    await db.read<ImportRow>(
      `SELECT ${COLUMNS} FROM imports WHERE content_hash = ? AND status = 'applied' ORDER BY applied_at DESC LIMIT 1`,
      [contentHash],
    )
  )[0];
}

/** Statement that stores the mapping and what it leads to. */
export function previewImport(
  no: number,
  mapping: string,
  file: string,
  preview: string | null,
  status: ImportStatus,
): Statement {
  return {
    sql: "UPDATE imports SET mapping = ?, file = ?, preview = ?, status = ?, error = NULL WHERE no = ? AND status <> 'applying' AND status <> 'applied'",
    args: [mapping, file, preview, status, no],
  };
}

/** Statement that says why an import was not taken. */
export function importError(id: string, error: string): Statement {
  return { sql: "UPDATE imports SET error = ? WHERE id = ? AND status <> 'applied'", args: [error, id] };
}
