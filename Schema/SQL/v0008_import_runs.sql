-- What each import wrote, so that it can be undone as a whole, and which headers an office's files use for
-- which columns. Local: every laptop undoes its own imports; what an undo changes syncs like any other change.
CREATE TABLE import_run(
  number INTEGER PRIMARY KEY,           -- what persons call it by
  kind TEXT NOT NULL CHECK (kind IN ('sessions', 'attendance', 'deliverables')),
  office_code TEXT NOT NULL,
  file TEXT NOT NULL,                   -- its name, without the folder
  taken_at TEXT NOT NULL,               -- ISO instant in UTC
  read INTEGER NOT NULL,
  inserted INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  undone_at TEXT                        -- ISO instant in UTC of the first undo
) STRICT;

-- One row for each row that an import inserted or changed; gone once it is undone, or after many imports.
CREATE TABLE import_write(
  run INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  row_key TEXT NOT NULL,                -- the key's parts, joined by tabs
  fingerprint INTEGER,                  -- an inserted row: a hash of its values
  cells TEXT,                           -- a changed row: JSON object column → [before, after]; a removed one: {}
  PRIMARY KEY (run, sequence)
) STRICT, WITHOUT ROWID;

-- What import_memory said before and after, where that does not follow from an inserted row.
CREATE TABLE import_before(
  run INTEGER NOT NULL,
  row_key TEXT NOT NULL,                -- as in import_memory
  target TEXT NOT NULL,                 -- the row's key, as in import_write
  before TEXT,
  after TEXT NOT NULL,
  PRIMARY KEY (run, row_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_column(
  office_code TEXT NOT NULL,
  header TEXT NOT NULL,                 -- without capitals, tildes and blanks
  field TEXT NOT NULL,                  -- the header of the guide; empty: not to be used
  PRIMARY KEY (office_code, header)
) STRICT, WITHOUT ROWID;

-- What of this is about a person.
INSERT INTO sync_forget(table_name, statement) VALUES
  ('participant', 'DELETE FROM import_write WHERE row_key = ?1 OR row_key LIKE ''%'' || char(9) || ?1'),
  ('participant', 'DELETE FROM import_before WHERE target LIKE ''%'' || char(9) || ?1');
