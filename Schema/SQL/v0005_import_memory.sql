-- What each row of an imported file said the last time, so that importing it again writes only what changed
-- in the file and never undoes a correction made since. Local: every laptop remembers its own files.
CREATE TABLE import_memory(
  kind TEXT NOT NULL CHECK (kind IN ('sessions', 'attendance', 'deliverables')),
  row_key TEXT NOT NULL,                -- sessions, deliverables: code; attendance: session id, tab, participant id
  cells TEXT NOT NULL,                  -- JSON object: header name → text as understood
  PRIMARY KEY (kind, row_key)
) STRICT, WITHOUT ROWID;
