import Foundation
import GRDB
import Indicators
import Replica
import Schema
import SyncModel
import TestSupport
import Trainings

/// Replicas with the training tables, and the five offices' files in the centre's.
struct Workbench {
  let replicas: TestReplicas
  let centre: Replica

  static let schema = ReplicaSchema(
    migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) })
  /// After every period of the scenario.
  static let now = Date(timeIntervalSince1970: 1_610_000_000)

  init(scenario: Bool = true) throws {
    replicas = try TestReplicas(schema: Self.schema)
    centre = try replicas.make("central")
    guard scenario else { return }
    try centre.write { db in
      for office in ["lima", "cusco", "loreto", "madre_de_dios", "puno"] {
        for file in ["sesiones", "asistencia", "entregables"] {
          let url = scenarioFolder.appending(path: "\(office)/\(file).csv")
          _ = try TrainingImport.run([UInt8](Data(contentsOf: url)), office: office, in: db)
        }
      }
    }
    try centre.seal()
  }

  func period(_ text: String) -> Period {
    guard let period = Period(text) else { preconditionFailure("\(text) is a period") }
    return period
  }

  func execute(_ sql: String, _ arguments: StatementArguments = []) throws {
    try centre.write { db in try db.execute(sql: sql, arguments: arguments) }
  }

  func report(_ name: String, at: Date = now) throws -> QuarterReport {
    try centre.read { db in
      try QuarterReport.compute(centre, db, period: period(name), madeAt: at)
    }
  }

  func close(_ name: String) throws -> QuarterReport {
    try PeriodClosing.close(centre, period: period(name), by: "M", at: Self.now)
  }

  func closed(_ name: String) throws -> QuarterReport? {
    try centre.read { db in try PeriodClosing.load(db, period: period(name)) }
  }

  func adjustments(_ name: String) throws -> Adjustments? {
    try centre.seal()
    return try centre.read { db in
      try Adjustments.compute(centre, db, period: period(name))
    }
  }
}
