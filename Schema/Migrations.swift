/// One numbered step of a database's schema: a file of `Schema/SQL`, applied once, in order, never
/// edited after it has shipped.
public struct Migration: Hashable, Sendable {
  /// The file's base name, e.g.
  ///
  /// `v0002_catalog`; the digits are the schema version it leads to.
  public let name: String

  /// The statements, run in one transaction.
  public let sql: String

  /// A migration under a name of the form `v0000_words`.
  ///
  /// - Precondition: `name` starts with a letter and four digits.
  public init(name: String, sql: String) {
    precondition(
      name.count > 5 && Int(name.dropFirst().prefix(4)) != nil,
      "a migration is named v0000_words, not \(name)")
    self.name = name
    self.sql = sql
  }

  /// The schema version after this migration.
  public var version: Int {
    Int(name.dropFirst().prefix(4)) ?? 0
  }
}

/// The SQL files of this folder in the order in which they apply.
public enum Migrations {
  /// The engine's own tables: what any schema that syncs is built on.
  public static let engine: [Migration] = [
    migration("v0001_engine", PackageResources.v0001_engine_sql),
    migration("v0006_long_life", PackageResources.v0006_long_life_sql),
    migration("v0007_peers", PackageResources.v0007_peers_sql),
    migration("v0013_reserved", PackageResources.v0013_reserved_sql),
  ]

  /// The training records: catalogs, what the offices write, which tables sync.
  public static let trainings: [Migration] = [
    migration("v0002_catalog", PackageResources.v0002_catalog_sql),
    migration("v0003_trainings", PackageResources.v0003_trainings_sql),
    migration("v0004_synced_tables", PackageResources.v0004_synced_tables_sql),
    migration("v0005_import_memory", PackageResources.v0005_import_memory_sql),
    migration("v0006_owners_and_persons", PackageResources.v0006_owners_and_persons_sql),
    migration("v0008_import_runs", PackageResources.v0008_import_runs_sql),
    migration("v0010_web", PackageResources.v0010_web_sql),
    migration("v0011_period_reports", PackageResources.v0011_period_reports_sql),
    migration("v0012_forget", PackageResources.v0012_forget_sql),
    migration("v0013_reserved_values", PackageResources.v0013_reserved_values_sql),
  ]

  private static func migration(_ name: String, _ bytes: [UInt8]) -> Migration {
    Migration(name: name, sql: String(decoding: bytes, as: UTF8.self))
  }
}
