-- What the central node knows of its nodes beside their changes, and what was done in its web application.
-- In its database file, never synced, never in a snapshot. Times are milliseconds since 1970.

-- What a node said of itself: at its last hello, and at the end of its last sync.
CREATE TABLE IF NOT EXISTS central_node_state(
  token_hash BLOB NOT NULL PRIMARY KEY,  -- of central_node_access
  hello_at INTEGER NOT NULL,
  clock_offset_ms INTEGER NOT NULL,      -- this machine's clock less the node's, at the hello
  schema_version INTEGER NOT NULL,
  unsent_changesets INTEGER NOT NULL,    -- sealed there and not here, when it said hello
  report_at INTEGER,                     -- null: it never reached the end of a sync, or is an older program
  verified INTEGER CHECK (verified IN (0, 1)),  -- null: the two could not be compared
  verified_at INTEGER,                   -- the last time that the digests were equal
  verified_rows INTEGER,                 -- how many rows were, then
  unsent INTEGER,
  conflicts INTEGER,
  quarantined INTEGER,
  program TEXT
) STRICT;

-- Who did what, and when. No names, documents or values of persons.
CREATE TABLE IF NOT EXISTS central_activity(
  no INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,                     -- a user of the web application
  role TEXT NOT NULL,
  action TEXT NOT NULL,                  -- e.g. conflict.decide
  subject TEXT,                          -- an identifier without personal data
  detail TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS central_activity_by_time ON central_activity(at);
