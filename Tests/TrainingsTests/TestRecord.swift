import Foundation
import GRDB
import Schema
import Testing

@testable import Trainings

/// A database with the schema and the catalogs, in memory.
func emptyRecord() throws -> DatabaseQueue {
  let queue = try DatabaseQueue()
  try queue.write { db in
    for migration in Migrations.engine + Migrations.trainings {
      try db.execute(sql: migration.sql)
    }
    try Catalog.load(into: db)
  }
  return queue
}

/// The environment of imports that name none: no identifier is given twice.
private let sharedEnvironment = countingEnvironment()

/// Identifiers that count up, so that a run can be repeated.
func countingEnvironment() -> TrainingsEnvironment {
  let counter = Counter()
  return TrainingsEnvironment(
    newID: { "id-\(counter.next())" }, now: { Date(timeIntervalSince1970: 1_600_000_000) })
}

final class Counter: @unchecked Sendable {
  private var value = 0
  private let lock = NSLock()

  func next() -> Int {
    lock.withLock {
      value += 1
      return value
    }
  }
}

extension DatabaseQueue {
  @discardableResult
  func take(
    _ text: String, office: String = "cusco", environment: TrainingsEnvironment? = nil,
    dryRun: Bool = false
  ) throws -> ImportOutcome {
    try take(bytes: Array(text.utf8), office: office, environment: environment, dryRun: dryRun)
  }

  @discardableResult
  func take(
    bytes: [UInt8], office: String = "cusco", environment: TrainingsEnvironment? = nil,
    dryRun: Bool = false
  ) throws -> ImportOutcome {
    try write { db in
      try TrainingImport.run(
        bytes, office: office, in: db, environment: environment ?? sharedEnvironment,
        dryRun: dryRun)
    }
  }

  /// A query's rows as texts: cells joined by `|`, NULL as nothing.
  func texts(_ sql: String) throws -> [String] {
    try read { db in
      try Row.fetchAll(db, sql: sql).map { row in
        row.databaseValues.map { value in
          switch value.storage {
          case .null: ""
          case .double(let number): CellText.text(number)
          default: String.fromDatabaseValue(value) ?? "\(value)"
          }
        }.joined(separator: "|")
      }
    }
  }

  /// How many rows the work changes, in all tables.
  func changes(during work: () throws -> Void) throws -> Int {
    let before = try read { $0.totalChangesCount }
    try work()
    return try read { $0.totalChangesCount } - before
  }
}

/// The scenario's folder.
let scenario = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Examples/scenario")

func scenarioFile(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: scenario.appending(path: path)))
}
