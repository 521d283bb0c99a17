import Foundation
import GRDB
import Indicators
import Schema
import TestSupport
import Trainings

/// How many of the doubles among invented participants are proposed, how many proposals are doubles,
/// and how long it takes to find them.
struct DuplicateBenchmark {
  /// What holds where only proposals of at least a score are looked at.
  struct Quality: Codable {
    var atLeast = 0.0
    /// Proposed pairs that are one person ÷ proposed pairs.
    var precision = 0.0
    /// Proposed pairs that are one person ÷ pairs that are one person.
    var recall = 0.0
    var proposed = 0
  }

  struct Result: Codable {
    var persons = 0
    /// Pairs of rows that stand for one person.
    var doubles = 0
    /// Reading every participant and finding every proposal.
    var seconds = 0.0
    var cpuSeconds = 0.0
    /// The likeness of one person who is being entered with everybody, once all are read.
    var oneMilliseconds = 0.0
    var peakMemoryMiB = 0.0
    var quality: [Quality] = []
  }

  let persons: Int

  func run() throws -> Result {
    var result = Result(persons: persons)
    var generator = SyntheticPersons(seed: 20_261_123)
    let records = generator.records(persons)
    let queue = try DatabaseQueue()
    try queue.write { db in
      for migration in Migrations.engine + Migrations.trainings {
        try db.execute(sql: migration.sql)
      }
      try Catalog.load(into: db)
      try insert(records, db)
    }
    let (list, time) = try Measurement.of {
      try queue.read { db in try DuplicateList.find(db, atLeast: 0.3) }
    }
    result.seconds = time.wall
    result.cpuSeconds = time.cpu
    result.oneMilliseconds = try queue.read { db in
      let finder = try DuplicateFinder(db)
      let sample = records.prefix(50)
      let (_, one) = Measurement.of {
        for record in sample { _ = finder.resembling(record.values) }
      }
      return one.wall * 1000 / Double(max(1, sample.count))
    }
    result.peakMemoryMiB = Measurement.peakMemory
    let doubles = truePairs(records)
    result.doubles = doubles.count
    let proposed = list.proposals.filter { !$0.countedAsOne }
    for least in [0.3, 0.5, 0.7, 0.8, 0.9, 0.95] {
      let pairs = Set(proposed.filter { $0.score >= least }.flatMap(Self.pairs))
      let right = pairs.count { doubles.contains($0) }
      result.quality.append(
        Quality(
          atLeast: least, precision: pairs.isEmpty ? 1 : Double(right) / Double(pairs.count),
          recall: Double(right) / Double(max(1, doubles.count)), proposed: pairs.count))
    }
    return result
  }

  private func insert(_ records: [SyntheticPersons.Record], _ db: Database) throws {
    let columns = [
      "document_type", "document_number", "paternal_surname", "maternal_surname", "given_names",
      "sex", "institution_code", "workplace", "department",
    ]
    let marks: String = columns.map { _ in ", ?" }.joined()
    let statement = try db.makeStatement(
      sql: "INSERT INTO participant (id, \(columns.joined(separator: ", "))) VALUES (?\(marks))")
    for (index, record) in records.enumerated() {
      let values: [String?] = [Self.id(index)] + columns.map { record.values[$0] }
      try statement.execute(arguments: StatementArguments(values))
    }
  }

  private static func id(_ index: Int) -> String {
    String(10_000_000 + index)
  }

  private func truePairs(_ records: [SyntheticPersons.Record]) -> Set<[String]> {
    var rows: [Int: [String]] = [:]
    for (index, record) in records.enumerated() {
      rows[record.person, default: []].append(Self.id(index))
    }
    return Set(rows.values.flatMap(Self.pairs))
  }

  private static func pairs(_ proposal: DuplicateList.Proposal) -> [[String]] {
    pairs(proposal.persons.map(\.id))
  }

  private static func pairs(_ ids: [String]) -> [[String]] {
    ids.enumerated().flatMap { place, id in ids[(place + 1)...].map { [id, $0].sorted() } }
  }
}
