import Replica
import Schema
import TestSupport

/// What the programs of a simulated world know: ``TeamSchema`` and the version after it.
enum WorldSchema {
  static let earlier: ReplicaSchema = {
    var schema = TeamSchema.schema
    schema.migrations.append(
      Migration(name: "v0003_leader", sql: "CREATE INDEX team_by_leader ON team(leader)"))
    return schema
  }()

  /// A column and a table more.
  static let later: ReplicaSchema = {
    var schema = earlier
    schema.migrations.append(
      Migration(
        name: "v0004_grade",
        sql: """
          ALTER TABLE member ADD COLUMN grade TEXT;
          CREATE TABLE badge(
            id TEXT NOT NULL PRIMARY KEY,
            member_id TEXT REFERENCES member(id) DEFERRABLE INITIALLY DEFERRED, mark INTEGER
          ) STRICT;
          CREATE INDEX badge_by_member ON badge(member_id);
          INSERT INTO sync_table(name) VALUES ('badge');
          INSERT INTO sync_policy(table_name, column_name, policy) VALUES ('badge', 'mark', 'max');
          """))
    return schema
  }()
}
