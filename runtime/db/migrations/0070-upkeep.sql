--! What was backed up, verified and exported, and when. Breaks nothing.
CREATE TABLE upkeep (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('backup', 'verify', 'export')),
  at INTEGER NOT NULL,
  ok INTEGER NOT NULL,
  words TEXT NOT NULL,
  details TEXT NOT NULL
);
CREATE INDEX upkeep_newest ON upkeep (kind, id);
-- The last anchor of each kind is looked for every minute.
CREATE INDEX audit_by_what ON audit (what, id);
