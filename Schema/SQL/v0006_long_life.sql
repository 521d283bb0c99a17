-- What the engine keeps for a long life: whose rows are whose, which values are about persons, and what was erased.

-- Tables whose rows belong to an office. A central node can keep the writing of such rows to their office.
CREATE TABLE sync_owner(
  table_name TEXT PRIMARY KEY,
  via TEXT NOT NULL                     -- the column that names the office, or refers to a row of a table named here
) STRICT, WITHOUT ROWID;

-- Columns whose values are about a person, and what stands in their place when they are erased.
CREATE TABLE sync_personal(
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  replacement ANY,                      -- null where the column may be empty; '#' at the end: a number follows
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

-- Erasures that the centre ordered, as it signed them, in order.
CREATE TABLE sync_erasure(
  number INTEGER PRIMARY KEY,
  header BLOB NOT NULL,
  signature BLOB NOT NULL,
  body BLOB NOT NULL,
  carried_out_at TEXT NOT NULL
) STRICT;

-- What stands in the place of every value that anybody wrote to a cell, or ever writes.
CREATE TABLE sync_erased(
  table_name TEXT NOT NULL,
  key BLOB NOT NULL,
  column_name TEXT NOT NULL,
  value ANY,
  PRIMARY KEY (table_name, key, column_name)
) STRICT, WITHOUT ROWID;

-- Statements that each replica runs when values of a row are erased, for what it keeps beside the synced tables;
-- ?1 is the row's key.
CREATE TABLE sync_forget(
  table_name TEXT NOT NULL,
  statement TEXT NOT NULL,
  PRIMARY KEY (table_name, statement)
) STRICT, WITHOUT ROWID;
