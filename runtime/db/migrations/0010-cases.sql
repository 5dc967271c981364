--! Running cases: snapshot, journal, timers, tasks, inbox, outbox, idempotency. Breaks nothing.
--
-- One batch writes a case's row with everything that follows from the change. `state` is the snapshot: the fold of the journal.
-- The columns beside it are what lists filter by; all of them can be rebuilt from the state.
CREATE TABLE cases (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('workflow', 'escalation')),
  definition TEXT NOT NULL,
  version INTEGER NOT NULL,
  bundle TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  subject_type TEXT,
  period TEXT,
  key TEXT,
  status TEXT NOT NULL CHECK (status IN ('open', 'blocked', 'closed', 'cancelled')),
  outcome TEXT,
  active TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  due_at INTEGER,
  overdue INTEGER NOT NULL,
  parent TEXT,
  parent_effect TEXT,
  revision INTEGER NOT NULL,
  head TEXT NOT NULL,
  state TEXT NOT NULL
);
CREATE UNIQUE INDEX cases_open_key ON cases (definition, key) WHERE key IS NOT NULL AND status IN ('open', 'blocked');
CREATE UNIQUE INDEX cases_parent_effect ON cases (parent_effect) WHERE parent_effect IS NOT NULL;
CREATE INDEX cases_by_key ON cases (definition, key) WHERE key IS NOT NULL;
CREATE INDEX cases_by_parent ON cases (parent) WHERE parent IS NOT NULL;
CREATE INDEX cases_by_definition ON cases (definition, version, status);
CREATE INDEX cases_by_status ON cases (status, opened_at);
CREATE INDEX cases_by_subject ON cases (subject, status);

-- Append-only. `entry` is canonical JSON; hash = SHA-256 over case, seq, previous hash and entry.
CREATE TABLE journal (
  case_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  due_at INTEGER,
  late INTEGER NOT NULL,
  by TEXT,
  type TEXT NOT NULL,
  entry TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
);
CREATE UNIQUE INDEX journal_by_case ON journal (case_id, seq);

CREATE TABLE timers (
  case_id TEXT NOT NULL,
  id TEXT NOT NULL,
  generation INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  step TEXT NOT NULL,
  title TEXT NOT NULL,
  armed_at INTEGER NOT NULL,
  parked TEXT
);
CREATE UNIQUE INDEX timers_by_case ON timers (case_id, id, generation);
CREATE INDEX timers_due ON timers (due_at, seq) WHERE parked IS NULL;

CREATE TABLE tasks (
  id TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  step TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  form TEXT,
  outcomes TEXT NOT NULL,
  assignees TEXT NOT NULL,
  claimed_by TEXT,
  because TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('open', 'done', 'cancelled')),
  outcome TEXT,
  opened_at INTEGER NOT NULL,
  due_at INTEGER,
  overdue INTEGER NOT NULL,
  closed_at INTEGER,
  closed_by TEXT
);
CREATE INDEX tasks_by_case ON tasks (case_id);
CREATE INDEX tasks_open_due ON tasks (due_at) WHERE status = 'open';

-- Who may do a task: one row per person, kept after the task is closed (it is their history).
CREATE TABLE task_people (
  person TEXT NOT NULL,
  open INTEGER NOT NULL,
  task TEXT NOT NULL,
  PRIMARY KEY (person, task)
) WITHOUT ROWID;
CREATE INDEX task_people_open ON task_people (person, open, task);
CREATE INDEX task_people_by_task ON task_people (task);

CREATE TABLE task_drafts (
  task TEXT NOT NULL,
  person TEXT NOT NULL,
  answers TEXT NOT NULL,
  revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (task, person)
) WITHOUT ROWID;

CREATE TABLE inbox (
  person TEXT NOT NULL,
  id TEXT NOT NULL,
  case_id TEXT,
  task TEXT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  at INTEGER NOT NULL,
  read_at INTEGER
);
CREATE UNIQUE INDEX inbox_by_person ON inbox (person, id);
CREATE INDEX inbox_newest ON inbox (person, at DESC);

-- What is to be done outside the transaction. An id never comes twice, so writing it again changes nothing.
CREATE TABLE outbox (
  id TEXT NOT NULL UNIQUE,
  case_id TEXT,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'sending', 'done', 'dead')),
  tries INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  error TEXT,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
);
CREATE INDEX outbox_waiting ON outbox (next_at) WHERE status IN ('waiting', 'sending');
CREATE INDEX outbox_dead ON outbox (created_at) WHERE status = 'dead';
CREATE INDEX outbox_by_case ON outbox (case_id);

CREATE TABLE idempotency (
  principal TEXT NOT NULL,
  key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (principal, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (at);

-- Something that could not be carried out and waits for a person: a timer whose rule failed, a poison event.
CREATE TABLE incidents (
  id INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  what TEXT NOT NULL,
  message TEXT NOT NULL,
  at INTEGER NOT NULL,
  resolved_at INTEGER
);
CREATE INDEX incidents_open ON incidents (case_id) WHERE resolved_at IS NULL;

-- Fields of a case that its subject may see from now on.
CREATE TABLE released (
  case_id TEXT NOT NULL,
  field TEXT NOT NULL,
  person TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (case_id, field)
) WITHOUT ROWID;
