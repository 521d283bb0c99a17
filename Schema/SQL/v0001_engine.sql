-- The engine's own tables. Nothing here is synced itself.
-- Generated beside these, for every declared table T: sync_row_T, sync_old_T and the capture triggers.

-- Nodes this replica has heard of. `no` is local: changesets name nodes by `id`.
CREATE TABLE sync_node(
  no INTEGER PRIMARY KEY,               -- 0 is the ground: rows that came with the schema
  id BLOB NOT NULL UNIQUE,              -- 16 bytes
  office TEXT NOT NULL,
  label TEXT,
  public_key BLOB,                      -- Ed25519, 32 bytes; null until the node is known by more than its id
  last_sequence INTEGER NOT NULL DEFAULT 0,  -- last of its changesets applied here
  last_counter INTEGER NOT NULL DEFAULT 0,   -- last of its changes applied or quarantined here
  last_hash BLOB                        -- hash of that changeset, which the next one must name
) STRICT;

-- One row: this replica.
CREATE TABLE sync_replica(
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  node_no INTEGER NOT NULL REFERENCES sync_node(no),
  last_hlc INTEGER NOT NULL DEFAULT 0,
  clock_offset_ms INTEGER,              -- central clock minus ours; null where it was never measured
  schema_cookie INTEGER NOT NULL DEFAULT 0,  -- PRAGMA schema_version when triggers were last verified
  created_at TEXT NOT NULL
) STRICT;

-- Small facts by name: the central node's address and epoch, cursors, the last sync and its proof.
CREATE TABLE sync_setting(
  name TEXT PRIMARY KEY,
  value ANY
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_migration(
  name TEXT PRIMARY KEY,
  applied_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The tables that sync. A migration declares one by inserting its name; the engine adds the columns.
CREATE TABLE sync_table(
  no INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  row_count INTEGER NOT NULL DEFAULT 0,      -- rows shown, kept by sealing and merging
  digest_1 INTEGER NOT NULL DEFAULT 0,       -- sum of row hashes modulo 2^64
  digest_2 INTEGER NOT NULL DEFAULT 0        -- sum of their second mixing
) STRICT;

-- Which policy shows a column's value among concurrent writes; a column not named here is `latest`.
CREATE TABLE sync_policy(
  table_name TEXT NOT NULL,
  column_name TEXT NOT NULL,
  policy TEXT NOT NULL CHECK (policy IN ('latest', 'manual', 'append', 'name', 'max', 'min')),
  PRIMARY KEY (table_name, column_name)
) STRICT, WITHOUT ROWID;

-- Columns in the order in which they appeared: a column's number never changes.
CREATE TABLE sync_column(
  table_no INTEGER NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (table_no, no)
) STRICT, WITHOUT ROWID;

-- What triggers append, in order of writing. Emptied by sealing. Without types or checks: it is written once
-- for every row that anybody writes.
CREATE TABLE sync_capture(
  sequence INTEGER PRIMARY KEY,
  table_no,
  row,                                  -- rowid
  mask,                                 -- update: changed columns; insert -1; delete -2; about to be replaced -3; decided -4
  at,                                   -- julian day of the write, this machine's clock
  old                                   -- sync_old_T row with the values before a delete or replacement
);

-- The change log: changesets as they were signed, own and others'.
CREATE TABLE sync_changeset(
  log_no INTEGER PRIMARY KEY,           -- order of arrival; at the central node the sequence number
  node_no INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  first_counter INTEGER NOT NULL,
  change_count INTEGER NOT NULL,
  first_hlc INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('applied', 'held', 'compacted')),
  header BLOB NOT NULL,
  signature BLOB NOT NULL,
  body BLOB,
  received_at TEXT NOT NULL,
  UNIQUE (node_no, sequence)
) STRICT;
CREATE INDEX sync_changeset_by_counter ON sync_changeset(node_no, first_counter);
CREATE INDEX sync_changeset_held ON sync_changeset(state) WHERE state = 'held';

-- Cells with more than one head, and rows with a delete that nobody has answered.
CREATE TABLE sync_head(
  table_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  column_no INTEGER NOT NULL,           -- -1: a delete of the row
  node_no INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  rank INTEGER NOT NULL,
  flags INTEGER NOT NULL,               -- 1: an insert's NULL
  value ANY,
  PRIMARY KEY (table_no, row, column_no, node_no, counter)
) STRICT, WITHOUT ROWID;

-- Deleted rows with their last values, kept for edits that have not arrived yet.
CREATE TABLE sync_dead(
  table_no INTEGER NOT NULL,
  key BLOB NOT NULL,
  state BLOB NOT NULL,
  PRIMARY KEY (table_no, key)
) STRICT, WITHOUT ROWID;

-- Deleted rows that stay only because a living row refers to them.
CREATE TABLE sync_kept(
  table_no INTEGER NOT NULL,
  row INTEGER NOT NULL,
  PRIMARY KEY (table_no, row)
) STRICT, WITHOUT ROWID;

-- Changes that could not be applied yet. What is here was not seen: no write here supersedes it.
CREATE TABLE sync_quarantine(
  node_no INTEGER NOT NULL,
  counter INTEGER NOT NULL,
  table_name TEXT NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  reason TEXT NOT NULL,                 -- unknown_table, unknown_column, constraint, reference, scope
  detail TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (node_no, counter)
) STRICT, WITHOUT ROWID;

-- Conflicts, open and closed, as this replica saw them.
CREATE TABLE sync_conflict(
  id TEXT PRIMARY KEY,
  table_no INTEGER NOT NULL,
  key TEXT NOT NULL,                    -- JSON array
  column_no INTEGER,                    -- null for delete and reference
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'delete', 'reference')),
  state TEXT NOT NULL CHECK (state IN ('open', 'resolved')),
  current_value ANY, current_node INTEGER, current_at INTEGER,
  other_value ANY, other_node INTEGER, other_at INTEGER,
  opened_at TEXT NOT NULL,
  resolved_at TEXT,
  resolved_node INTEGER,
  resolution TEXT                       -- decision, superseded, gone
) STRICT, WITHOUT ROWID;
CREATE INDEX sync_conflict_open ON sync_conflict(table_no, key) WHERE state = 'open';

-- What was found and mended: clones, restored backups, writes that no trigger saw, digests that differed.
CREATE TABLE sync_incident(
  no INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

INSERT INTO sync_node(no, id, office, label) VALUES (0, zeroblob(16), '', 'schema');
