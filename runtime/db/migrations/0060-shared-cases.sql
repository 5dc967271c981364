--! Who meets in a case that many share, and tasks that are worked on together. Breaks nothing.
-- One row for each member that is there, kept equal to the members of the snapshot. `effect` is what asked for it: by it the
-- member is answered, and leaves. `member` is the case that waits; NULL where something merely happened once more.
CREATE TABLE case_members (
  effect TEXT PRIMARY KEY,
  case_id TEXT NOT NULL,
  member TEXT,
  waits INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX case_members_by_case ON case_members (case_id);
CREATE INDEX case_members_by_member ON case_members (member) WHERE member IS NOT NULL;

-- What tasks have in common that are shown as one; NULL for a task by itself.
ALTER TABLE tasks ADD COLUMN bundle TEXT;
CREATE INDEX tasks_open_bundle ON tasks (bundle) WHERE bundle IS NOT NULL AND status = 'open';
