public import GRDB
public import Schema

/// What a replica holds: the migrations that build its tables and declare which of them sync, and
/// the rows that come with them.
public struct ReplicaSchema: Sendable {
  /// Steps after the engine's own, in order.
  public var migrations: [Migration]

  /// Inserts the rows that every replica has from its first day and that are nobody's change.
  ///
  /// Run once, in the transaction that creates the database; must give the same rows everywhere.
  public var loadGround: @Sendable (Database) throws -> Void

  /// A schema of migrations and ground rows.
  public init(
    migrations: [Migration], loadGround: @escaping @Sendable (Database) throws -> Void = { _ in }
  ) {
    self.migrations = migrations
    self.loadGround = loadGround
  }

  /// The number of the last migration.
  public var version: Int {
    migrations.last?.version ?? Migrations.engine.last?.version ?? 0
  }
}
