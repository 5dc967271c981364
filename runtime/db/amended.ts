/** A migration whose file was still edited after databases had been made with it. */
export interface Amendment {
  /** Name of the migration. */
  name: string;
  /** SHA-256 of the file as it was. */
  was: string;
  /** What makes of the schema that it left the one that the file leaves now. */
  statements: readonly string[];
}

/**
 * The edits of the first days, before the rule that a migration is never edited. A database made with an earlier text is brought
 * to the later one, in one batch with its new checksum. The list is closed: a change of the schema is a new migration.
 */
export const AMENDMENTS: readonly Amendment[] = [
  {
    name: "0001-organisation",
    was: "e8a20841e6c7ceb6fe3a4fff97cbe075f08b3988ad0602cc4b05f9ee83800eef",
    statements: [
      "ALTER TABLE imports RENAME TO imports_before",
      "DROP INDEX imports_by_hash",
      `CREATE TABLE imports (
        no INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        record_type TEXT,
        file_name TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        file TEXT NOT NULL,
        mapping TEXT NOT NULL,
        preview TEXT,
        status TEXT NOT NULL CHECK (status IN ('mapping', 'checked', 'applying', 'applied', 'failed')),
        error TEXT,
        created_by TEXT,
        created_at INTEGER NOT NULL,
        applied_at INTEGER
      )`,
      // Uploads that had not been applied were read by code that is gone: they are to be uploaded again.
      `INSERT INTO imports (no, id, kind, file_name, content_hash, file, mapping, status, error, created_by, created_at, applied_at)
       SELECT no, id, kind, file_name, content_hash, '{}', ifnull(mapping, '{}'),
              CASE status WHEN 'applied' THEN 'applied' ELSE 'failed' END,
              CASE status WHEN 'applied' THEN error ELSE 'It was begun in an earlier version. Upload the file again.' END,
              created_by, created_at, applied_at
       FROM imports_before`,
      "DROP TABLE imports_before",
      "CREATE INDEX imports_by_hash ON imports (content_hash, status)",
      "CREATE INDEX imports_by_date ON imports (created_at)",
      "DROP TABLE import_refusals",
    ],
  },
  {
    name: "0010-cases",
    was: "ec9429506ff4b2a759a5ec2dd2a66e6bf5711c8a54599d7e5d06d5776eab52c3",
    statements: ["CREATE INDEX cases_by_key ON cases (definition, key) WHERE key IS NOT NULL"],
  },
  {
    name: "0012-work",
    was: "9b2ba3ce65b4d94bda6497216b2d9f83c558fae46870e84c4029eae7b143ff4f",
    statements: [
      "DROP TABLE breaches",
      "CREATE INDEX observations_by_import ON observations (import_no) WHERE import_no > 0",
      "CREATE INDEX records_by_import ON records (import_no) WHERE import_no > 0",
      "CREATE INDEX profiles_by_import ON profiles (import_no) WHERE import_no > 0",
      "CREATE INDEX assignments_by_import ON assignments (import_no) WHERE import_no > 0",
    ],
  },
];
