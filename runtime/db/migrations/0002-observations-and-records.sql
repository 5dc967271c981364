--! Metric values and records (complaints, thank-you notes, deals). Breaks nothing.
-- Columns shared with 0001 mean the same here. The valid time of an observation is its period, half-open; an open end is NULL.
CREATE TABLE observations (
  metric TEXT NOT NULL,
  subject_kind TEXT NOT NULL CHECK (subject_kind IN ('person', 'unit', 'organisation')),
  subject TEXT NOT NULL,
  period_from TEXT NOT NULL,
  period_to TEXT,
  value TEXT,
  target TEXT,
  state TEXT NOT NULL CHECK (state IN ('provisional', 'adjusted', 'final')),
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX observations_current
  ON observations (subject, metric, subject_kind, period_from, ifnull(period_to, '')) WHERE superseded_at IS NULL;
CREATE INDEX observations_by_subject ON observations (subject, metric, period_from);
CREATE INDEX observations_by_metric ON observations (metric, period_from, subject_kind);

CREATE TABLE records (
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  about_kind TEXT CHECK (about_kind IN ('person', 'unit')),
  about TEXT,
  date TEXT,
  fields TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX records_current ON records (type, id) WHERE superseded_at IS NULL;
CREATE INDEX records_by_id ON records (id, recorded_at);
CREATE INDEX records_by_about ON records (about, type, date);
CREATE INDEX records_by_type ON records (type, date);
