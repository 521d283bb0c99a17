-- What other nodes are known to have, from syncs, from bundles and from receipts: what a bundle can leave out.
CREATE TABLE sync_peer(
  peer BLOB NOT NULL,                   -- 16 bytes
  node BLOB NOT NULL,                   -- whose changes
  last INTEGER NOT NULL,                -- the last of them that has arrived there
  PRIMARY KEY (peer, node)
) STRICT, WITHOUT ROWID;
