--! Long work, launches, payouts, cadences, audit. Breaks nothing.
CREATE TABLE jobs (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  message TEXT NOT NULL,
  input TEXT NOT NULL,
  result TEXT,
  by TEXT,
  -- Work that must not be begun twice (an occurrence of a cadence, a client's key).
  once TEXT UNIQUE,
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) WITHOUT ROWID;
CREATE INDEX jobs_running ON jobs (status) WHERE status IN ('waiting', 'running');
CREATE INDEX jobs_newest ON jobs (started_at DESC);

-- The population of a launch as it was resolved, with what became of each member.
CREATE TABLE launch_members (
  job TEXT NOT NULL,
  seq INTEGER NOT NULL,
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'opened', 'existing', 'refused')),
  case_id TEXT,
  reason TEXT,
  PRIMARY KEY (job, seq)
) WITHOUT ROWID;
CREATE INDEX launch_members_waiting ON launch_members (job, seq) WHERE status = 'waiting';

-- Until when each cadence has been looked after.
CREATE TABLE cadences (
  id TEXT PRIMARY KEY,
  version INTEGER NOT NULL,
  since INTEGER NOT NULL,
  done_until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE payout_runs (
  id TEXT PRIMARY KEY,
  plan TEXT NOT NULL,
  version INTEGER NOT NULL,
  period TEXT NOT NULL,
  currency TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('running', 'computed', 'failed')),
  job TEXT,
  by TEXT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER
) WITHOUT ROWID;
CREATE INDEX payout_runs_by_plan ON payout_runs (plan, period, started_at);

-- What a run computed for a person, whole and with its trace.
CREATE TABLE payouts (
  run TEXT NOT NULL,
  person TEXT NOT NULL,
  unit TEXT,
  status TEXT NOT NULL,
  total_minor INTEGER,
  payable_minor INTEGER,
  held_minor INTEGER,
  target_minor INTEGER,
  attainment TEXT,
  reason TEXT,
  payout TEXT NOT NULL,
  inputs TEXT NOT NULL
);
CREATE UNIQUE INDEX payouts_by_run ON payouts (run, person);
CREATE INDEX payouts_by_person ON payouts (person, run);

-- Append-only: what is owed to whom. A correction is a line with the difference.
CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  run TEXT NOT NULL,
  plan TEXT NOT NULL,
  period TEXT NOT NULL,
  person TEXT NOT NULL,
  component TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('line', 'delta')),
  amount_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  at INTEGER NOT NULL
);
CREATE INDEX ledger_by_person ON ledger (person, plan, period);
CREATE INDEX ledger_by_plan ON ledger (plan, period, person);

-- Who did what to definitions, parameters, data and access; hash-chained.
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  by TEXT,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  details TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);

-- The one server that may write to a database on a libSQL server; a file has a lock beside it instead.
CREATE TABLE server_lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  owner TEXT NOT NULL,
  until INTEGER NOT NULL
);

-- Where a manual clock stands, so that a restarted test server goes on from there.
CREATE TABLE manual_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  now INTEGER NOT NULL
);

-- What an import brought in is looked at once it is applied.
CREATE INDEX observations_by_import ON observations (import_no) WHERE import_no > 0;
CREATE INDEX records_by_import ON records (import_no) WHERE import_no > 0;
CREATE INDEX profiles_by_import ON profiles (import_no) WHERE import_no > 0;
CREATE INDEX assignments_by_import ON assignments (import_no) WHERE import_no > 0;
