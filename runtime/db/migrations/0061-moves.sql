--! Cases that admins move by hand, many at once. Breaks nothing.
-- The cases of a bulk move as they were chosen, with what became of each; `revision` is the case's after it, for taking it back.
CREATE TABLE move_members (
  job TEXT NOT NULL,
  seq INTEGER NOT NULL,
  case_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('waiting', 'done', 'refused')),
  revision INTEGER,
  reason TEXT,
  PRIMARY KEY (job, seq)
) WITHOUT ROWID;
