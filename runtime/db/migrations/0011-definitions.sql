--! Documents, their immutable versions, and parameter values. Breaks nothing.
CREATE TABLE definitions (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT,
  -- The author's own text, byte for byte; NULL where there is no draft.
  draft TEXT,
  draft_hash TEXT,
  draft_errors INTEGER NOT NULL DEFAULT 0,
  draft_warnings INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  updated_by TEXT,
  live_version INTEGER,
  PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE versions (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  document TEXT NOT NULL,
  note TEXT NOT NULL,
  published_at INTEGER NOT NULL,
  published_by TEXT,
  retired_at INTEGER
);
CREATE UNIQUE INDEX versions_by_id ON versions (kind, id, version);

-- What a case is pinned to: a version together with the versions of all it refers to, by the hash over their content.
CREATE TABLE bundles (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  uses TEXT NOT NULL,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Every edit of a parameter, in order; the newest that a case's scope admits is what the case sees.
CREATE TABLE parameter_changes (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  old TEXT NOT NULL,
  value TEXT NOT NULL,
  scope TEXT NOT NULL CHECK (scope IN ('new', 'open-next-step', 'open-now')),
  reason TEXT NOT NULL,
  by TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (kind, id, name, version)
) WITHOUT ROWID;
