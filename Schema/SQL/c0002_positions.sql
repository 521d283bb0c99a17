-- How far each node has come. Times are milliseconds since 1970.

-- What each node said of itself at its last hello: what it had seen, and how far it had sent its own.
CREATE TABLE IF NOT EXISTS central_node_position(
  node BLOB NOT NULL PRIMARY KEY,       -- 16 bytes
  epoch TEXT NOT NULL,
  log_number INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,       -- its own last changeset, sent or not
  knowledge BLOB NOT NULL,              -- the message of this name in changeset.proto
  erasure INTEGER NOT NULL,             -- the last one carried out there
  said_at INTEGER NOT NULL,
  lapsed_at INTEGER                     -- an administrator said that compaction need not wait for it
) STRICT;
