-- The central node's own tables: who may sync. In its database file, never synced, never in a snapshot.
-- Times are milliseconds since 1970. Codes and tokens are kept as SHA-256 alone.

-- One-time codes with which offices enrol.
CREATE TABLE IF NOT EXISTS central_enrolment_code(
  hash BLOB NOT NULL PRIMARY KEY,
  office TEXT NOT NULL,
  label TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER,
  used_by BLOB                          -- the node that used it
) STRICT;

-- What nodes show at every call.
CREATE TABLE IF NOT EXISTS central_node_access(
  token_hash BLOB NOT NULL PRIMARY KEY,
  node BLOB NOT NULL,                   -- 16 bytes; changes when a restored replica takes a new identity
  office TEXT NOT NULL,
  label TEXT,
  issued_at INTEGER NOT NULL,
  last_seen_at INTEGER,
  revoked_at INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS central_node_access_by_node ON central_node_access(node);
