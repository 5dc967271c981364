--! People, units and who reports to whom. Breaks nothing: the first migration.
--
-- Every versioned table carries the same four columns:
--   recorded_at           when we came to know the row
--   superseded_at         when we came to know better (NULL: still what we know)
--   import_no             the import that wrote it (0: a single command)
--   superseded_import_no  the import that superseded it (0: a single command, or nobody)
-- An import writes its rows in slices while its number stands in pending_imports: readers then do not see what it wrote and
-- still see what it superseded. Taking the number out of pending_imports is the flip. See runtime/db/as-of.ts.
CREATE TABLE pending_imports (no INTEGER PRIMARY KEY);

CREATE TABLE imports (
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
);
CREATE INDEX imports_by_hash ON imports (content_hash, status);
CREATE INDEX imports_by_date ON imports (created_at);

-- The file itself between upload and apply, in pieces of at most a megabyte.
CREATE TABLE import_content (
  import_no INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (import_no, seq)
) WITHOUT ROWID;

-- One row: the defaults of the organisation.
CREATE TABLE organisation (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  title TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  calendar TEXT NOT NULL,
  currency TEXT NOT NULL,
  demo INTEGER NOT NULL DEFAULT 0,
  demo_options TEXT
);
INSERT INTO organisation (id, title, time_zone, calendar, currency) VALUES (1, 'Organisation', 'UTC', 'default', 'USD');

-- Who there is, and the one link to a sign-in. What we know of them is in profiles.
CREATE TABLE people (
  id TEXT PRIMARY KEY,
  user_id TEXT UNIQUE,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE profiles (
  person TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  status TEXT NOT NULL CHECK (status IN ('active', 'leave', 'left')),
  title TEXT,
  role TEXT,
  grade TEXT,
  hire_date TEXT,
  end_date TEXT,
  time_zone TEXT,
  calendar TEXT,
  fte TEXT NOT NULL,
  salary_minor INTEGER,
  currency TEXT,
  fields TEXT NOT NULL,
  search TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX profiles_current ON profiles (person) WHERE superseded_at IS NULL;
CREATE INDEX profiles_by_person ON profiles (person, recorded_at);
CREATE INDEX profiles_by_name ON profiles (name COLLATE NOCASE, person);

CREATE TABLE units (
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  level TEXT NOT NULL,
  parent TEXT,
  time_zone TEXT,
  calendar TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX units_current ON units (id, valid_from) WHERE superseded_at IS NULL;
CREATE INDEX units_by_id ON units (id, recorded_at);
CREATE INDEX units_by_parent ON units (parent);

CREATE TABLE assignments (
  person TEXT NOT NULL,
  unit TEXT NOT NULL,
  manager TEXT,
  kind TEXT NOT NULL CHECK (kind IN ('primary', 'matrix')),
  weight TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX assignments_current ON assignments (person, kind, unit, valid_from) WHERE superseded_at IS NULL;
CREATE UNIQUE INDEX assignments_one_primary ON assignments (person, valid_from) WHERE superseded_at IS NULL AND kind = 'primary';
CREATE INDEX assignments_by_person ON assignments (person, valid_from);
CREATE INDEX assignments_by_unit ON assignments (unit, valid_from);
CREATE INDEX assignments_by_manager ON assignments (manager, valid_from);

CREATE TABLE grants (
  person TEXT NOT NULL,
  role TEXT NOT NULL,
  unit TEXT,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  recorded_at INTEGER NOT NULL,
  superseded_at INTEGER,
  import_no INTEGER NOT NULL DEFAULT 0,
  superseded_import_no INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX grants_current ON grants (person, role, ifnull(unit, ''), valid_from) WHERE superseded_at IS NULL;
CREATE INDEX grants_by_role ON grants (role, unit);

CREATE TABLE queues (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE queue_members (
  queue TEXT NOT NULL REFERENCES queues (id),
  person TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (queue, person)
) WITHOUT ROWID;

CREATE TABLE absences (
  id INTEGER PRIMARY KEY,
  person TEXT NOT NULL,
  from_date TEXT NOT NULL,
  to_date TEXT NOT NULL CHECK (to_date > from_date),
  delegate TEXT,
  recorded_at INTEGER NOT NULL,
  withdrawn_at INTEGER
);
CREATE INDEX absences_by_person ON absences (person, from_date);
