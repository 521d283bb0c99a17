import GRDB
public import Replica
import Schema

/// A small schema with every kind of key, reference and policy, for tests of the engine.
public enum TeamSchema {
  /// Tables `team`, `member`, `pairing`, `tag` and `presence`.
  public static let schema = ReplicaSchema(
    migrations: [
      Migration(
        name: "v0002_team",
        sql: """
          CREATE TABLE team(
            id TEXT NOT NULL PRIMARY KEY, name TEXT, notes TEXT, leader TEXT, level INTEGER, lowest REAL
          ) STRICT;
          CREATE TABLE member(
            id TEXT NOT NULL PRIMARY KEY,
            team_id TEXT REFERENCES team(id) DEFERRABLE INITIALLY DEFERRED,
            title TEXT, score REAL CHECK (score >= 0), extra ANY
          ) STRICT;
          CREATE INDEX member_by_team ON member(team_id);
          CREATE TABLE pairing(
            team_id TEXT NOT NULL REFERENCES team(id) DEFERRABLE INITIALLY DEFERRED,
            member_id TEXT NOT NULL REFERENCES member(id) DEFERRABLE INITIALLY DEFERRED,
            remark TEXT, hours REAL,
            PRIMARY KEY (team_id, member_id)
          ) STRICT;
          CREATE INDEX pairing_by_member ON pairing(member_id);
          CREATE TABLE tag(id INTEGER PRIMARY KEY, label TEXT, weight REAL) STRICT;
          CREATE TABLE presence(
            member_id TEXT NOT NULL REFERENCES member(id) DEFERRABLE INITIALLY DEFERRED,
            day TEXT NOT NULL, PRIMARY KEY (member_id, day)
          ) STRICT;
          INSERT INTO sync_table(name) VALUES ('team'), ('member'), ('pairing'), ('tag'), ('presence');
          INSERT INTO sync_policy(table_name, column_name, policy) VALUES
            ('team', 'name', 'name'), ('team', 'notes', 'append'), ('team', 'level', 'max'),
            ('team', 'lowest', 'min'), ('member', 'score', 'manual');
          INSERT INTO sync_owner(table_name, via) VALUES ('team', 'leader'), ('member', 'team_id'),
            ('pairing', 'team_id');
          INSERT INTO sync_personal(table_name, column_name, replacement, reserved) VALUES
            ('member', 'title', '(erased)', '(reserved)'), ('member', 'extra', NULL, NULL);
          """)
    ],
    loadGround: { db in
      try db.execute(
        sql: "INSERT INTO team(id, name, level) VALUES ('t0', 'Ground', 1), ('t1', 'Grund', 2)")
    })
}
