-- Who works with the web pages of this replica. Local: never synced, never in a snapshot; every computer has
-- its own users. Times are milliseconds since 1970.

CREATE TABLE web_user(
  name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE,
  full_name TEXT NOT NULL,
  roles TEXT NOT NULL,                  -- registrar coordinator me_officer administrator auditor, with spaces between
  password TEXT NOT NULL,               -- scrypt$N$r$p$salt$hash
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is signed in. The cookie's value is kept as SHA-256 alone.
CREATE TABLE web_session(
  hash BLOB NOT NULL PRIMARY KEY,
  user_name TEXT NOT NULL COLLATE NOCASE,
  seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody typed and has not saved yet.
CREATE TABLE web_draft(
  user_name TEXT NOT NULL COLLATE NOCASE,
  form TEXT NOT NULL,                   -- as session/ID
  content TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  PRIMARY KEY (user_name, form)
) STRICT, WITHOUT ROWID;

-- What forms and notices are signed with.
CREATE TABLE web_key(
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  key BLOB NOT NULL
) STRICT;

-- Decisions made here on conflicts, so that they can be shown and undone. No values of records but those of
-- the cell itself.
CREATE TABLE web_decision(
  no INTEGER PRIMARY KEY,
  conflict_id TEXT NOT NULL,
  table_name TEXT NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  column_name TEXT,                     -- null: about a deletion
  kind TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('current', 'other', 'value')),
  value_before ANY,
  value_after ANY,
  value_other ANY,
  office_before TEXT,
  office_other TEXT,
  decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL,
  undone_by TEXT,
  undone_at INTEGER,
  settled_at INTEGER                    -- decided again after it was undone
) STRICT;
CREATE INDEX web_decision_by_conflict ON web_decision(conflict_id);
