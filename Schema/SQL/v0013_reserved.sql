-- Personal values that an office may not read: what stands in their place, and where.

-- Null: an empty cell. '#' at the end: digits follow that are the row's own.
ALTER TABLE sync_personal ADD COLUMN reserved ANY;

-- Changes that came without their personal values.
CREATE TABLE sync_reserved(
  node_no INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  sequence INTEGER NOT NULL,            -- of the changeset
  table_name TEXT NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (node_no, counter)
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_reserved_by_row ON sync_reserved(table_name, key);
