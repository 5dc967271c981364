--! Invitations to sign in, and what a key may do. Breaks nothing.
ALTER TABLE api_keys ADD COLUMN scope TEXT NOT NULL DEFAULT 'full' CHECK (scope IN ('full', 'read'));

-- One waiting invitation a person; of its link only the hash.
CREATE TABLE invitations (
  person TEXT PRIMARY KEY REFERENCES people (id),
  hash TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) WITHOUT ROWID;
