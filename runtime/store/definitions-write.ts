import type { Definition } from "#engine/definition/definition.ts";
import type { Statement } from "../db/client.ts";

/** A draft as it is saved. `source` is the author's own text. */
export interface Draft {
  kind: string;
  id: string;
  title: string;
  description: string | null;
  source: string;
  hash: string | null;
  errors: number;
  warnings: number;
}

/** Statement that creates a document with a draft; fails where the document exists. */
export function insertDefinition(draft: Draft, at: number, by: string | null): Statement {
  return {
    sql: `INSERT INTO definitions (kind, id, title, description, draft, draft_hash, draft_errors, draft_warnings, revision, updated_at, updated_by)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)`,
    args: [
      draft.kind,
      draft.id,
      draft.title,
      draft.description,
      draft.source,
      draft.hash,
      draft.errors,
      draft.warnings,
      at,
      by,
    ],
  };
}

/** Statement that replaces a draft at an expected revision; RETURNING is empty where somebody else was first. */
export function updateDraft(draft: Draft, expected: number, at: number, by: string | null): Statement {
  return {
    sql: `UPDATE definitions SET draft = ?, draft_hash = ?, draft_errors = ?, draft_warnings = ?,
            title = CASE WHEN live_version IS NULL THEN ? ELSE title END,
            description = CASE WHEN live_version IS NULL THEN ? ELSE description END,
            revision = revision + 1, updated_at = ?, updated_by = ?
          WHERE kind = ? AND id = ? AND revision = ? RETURNING revision`,
    args: [
      draft.source,
      draft.hash,
      draft.errors,
      draft.warnings,
      draft.title,
      draft.description,
      at,
      by,
      draft.kind,
      draft.id,
      expected,
    ],
  };
}

/** Statements that drop a draft: back to the live version, or away altogether where there is none. */
export function dropDraft(kind: string, id: string, at: number, by: string | null): Statement[] {
  return [
    { sql: "DELETE FROM definitions WHERE kind = ? AND id = ? AND live_version IS NULL", args: [kind, id] },
    {
      sql: `UPDATE definitions SET draft = NULL, draft_hash = NULL, draft_errors = 0, draft_warnings = 0, revision = revision + 1,
              updated_at = ?, updated_by = ? WHERE kind = ? AND id = ?`,
      args: [at, by, kind, id],
    },
  ];
}

/** A version as it is published. */
export interface NewVersion {
  kind: string;
  id: string;
  version: number;
  hash: string;
  source: string;
  document: Definition;
  note: string;
}

/**
 * Statements that publish a version and make it live: they fail as a whole where the document is no longer at the expected
 * revision, since the version's number is then taken or the guard's text is no JSON.
 */
export function publishStatements(version: NewVersion, expected: number, at: number, by: string | null): Statement[] {
  const { kind, id } = version;
  return [
    {
      sql: `UPDATE definitions SET draft = NULL, draft_hash = NULL, draft_errors = 0, draft_warnings = 0, live_version = ?, title = ?,
              description = ?, revision = revision + 1, updated_at = ?, updated_by = ? WHERE kind = ? AND id = ? AND revision = ?`,
      args: [version.version, version.document.title, version.document.description ?? null, at, by, kind, id, expected],
    },
    { sql: "SELECT CASE WHEN changes() = 1 THEN 1 ELSE json('the draft has been changed meanwhile') END AS met" },
    {
      sql: "UPDATE versions SET retired_at = ? WHERE kind = ? AND id = ? AND retired_at IS NULL",
      args: [at, kind, id],
    },
    {
      sql: `INSERT INTO versions (kind, id, version, hash, source, document, note, published_at, published_by)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        kind,
        id,
        version.version,
        version.hash,
        version.source,
        JSON.stringify(version.document),
        version.note,
        at,
        by,
      ],
    },
  ];
}
