import type { Definition, Kind } from "#engine/definition/definition.ts";
import type { Database } from "../db/client.ts";

/** A document's row: its draft, if any, and which version is live. */
export interface DefinitionRow {
  kind: Kind;
  id: string;
  title: string;
  description: string | null;
  draft: string | null;
  draftHash: string | null;
  draftErrors: number;
  draftWarnings: number;
  revision: number;
  updatedAt: number;
  updatedBy: string | null;
  liveVersion: number | null;
}

/** One immutable version of a document. */
export interface VersionRow {
  kind: Kind;
  id: string;
  version: number;
  hash: string;
  source: string;
  document: Definition;
  note: string;
  publishedAt: number;
  publishedBy: string | null;
  retiredAt: number | null;
}

const DEFINITION = `kind, id, title, description, draft, draft_hash AS draftHash, draft_errors AS draftErrors,
  draft_warnings AS draftWarnings, revision, updated_at AS updatedAt, updated_by AS updatedBy, live_version AS liveVersion`;
const VERSION = `v.kind, v.id, v.version, v.hash, v.source, v.document, v.note, v.published_at AS publishedAt,
  v.published_by AS publishedBy, v.retired_at AS retiredAt`;

type StoredVersion = Omit<VersionRow, "document"> & { document: string };
const versionOf = (row: StoredVersion): VersionRow => ({ ...row, document: JSON.parse(row.document) as Definition });

/** All documents, by kind and id. */
export function listDefinitions(db: Database): Promise<DefinitionRow[]> {
  return db.read<DefinitionRow>(`SELECT ${DEFINITION} FROM definitions ORDER BY kind, id`);
}

/** One document's row. */
export async function readDefinition(db: Database, kind: string, id: string): Promise<DefinitionRow | undefined> {
  const [row] = await db.read<DefinitionRow>(`SELECT ${DEFINITION} FROM definitions WHERE kind = ? AND id = ?`, [
    kind,
    id,
  ]);
  return row;
}

/** The versions of a document, the newest first. */
export async function listVersions(db: Database, kind: string, id: string): Promise<VersionRow[]> {
  const rows = await db.read<StoredVersion>(
    `SELECT ${VERSION} FROM versions AS v WHERE v.kind = ? AND v.id = ? ORDER BY v.version DESC`,
    [kind, id],
  );
  return rows.map(versionOf);
}

/** Named versions of documents, e.g. those of a bundle. */
export async function readVersions(
  db: Database,
  wanted: readonly { kind: string; id: string; version: number }[],
): Promise<VersionRow[]> {
  const rows = await db.read<StoredVersion>(
    `SELECT ${VERSION} FROM json_each(?) AS j CROSS JOIN versions AS v
     ON v.kind = j.value ->> 0 AND v.id = j.value ->> 1 AND v.version = j.value ->> 2`,
    [JSON.stringify(wanted.map(({ kind, id, version }) => [kind, id, version]))],
  );
  return rows.map(versionOf);
}

/** Every live version. */
export async function readLiveVersions(db: Database): Promise<VersionRow[]> {
  const rows = await db.read<StoredVersion>(
    `SELECT ${VERSION} FROM definitions AS d JOIN versions AS v
     ON v.kind = d.kind AND v.id = d.id AND v.version = d.live_version ORDER BY v.kind, v.id`,
  );
  return rows.map(versionOf);
}

/** Open cases by definition and version. */
export async function countOpenCases(
  db: Database,
): Promise<{ kind: string; id: string; version: number; open: number }[]> {
  return db.read(
    `SELECT kind, definition AS id, version, count(*) AS open FROM cases
     WHERE status IN ('open', 'blocked') GROUP BY kind, definition, version`,
  );
}
