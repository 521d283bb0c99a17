import Foundation
import GRDB
import Indicators
import Replica
import Schema
import Spreadsheet
import SyncModel
import SyncProtocol
import TestSupport
import Trainings

/// The indicators and the quarterly report over many attendances, beside the plain SQL that counts
/// the same.
struct IndicatorBenchmark {
  struct Result: Codable {
    var attendances = 0
    var persons = 0
    var sessions = 0
    var tableSeconds = 0.0
    var bySeconds: [String: Double] = [:]
    var plainSeconds = 0.0
    /// The table ÷ the plain aggregate.
    var ratio = 0.0
    var quarterSeconds = 0.0
    var qualitySeconds = 0.0
    var pageSeconds = 0.0
    var workbookSeconds = 0.0
    /// Figures in which the table and the plain aggregate differ.
    var wrong = 0
  }

  let rows: Int
  let folder: TemporaryFolder

  func run() throws -> Result {
    let replica = try fill()
    var result = Result(attendances: rows)
    let cutOff = "2020-06-30"
    _ = try replica.read { db in try IndicatorTable.compute(db, cutOff: cutOff) }
    try replica.read { db in
      result.persons = try Int.fetchOne(db, sql: "SELECT count(*) FROM participant") ?? 0
      result.sessions = try Int.fetchOne(db, sql: "SELECT count(*) FROM training_session") ?? 0
      let (plain, plainTime) = try Measurement.of { try Self.plainCounts(db, cutOff: cutOff) }
      let (table, time) = try Measurement.of { try IndicatorTable.compute(db, cutOff: cutOff) }
      result.plainSeconds = plainTime.wall
      result.tableSeconds = time.wall
      result.ratio = time.wall / plainTime.wall
      result.wrong = table.values.count { value in
        guard let persons = value.persons else { return false }
        return plain[value.id, default: [0, 0]] != [persons, value.attendances ?? -1]
      }
      for dimension in IndicatorDimension.allCases {
        let (parts, time) = try Measurement.of {
          try IndicatorTable.compute(db, cutOff: cutOff, by: dimension)
        }
        result.bySeconds[dimension.rawValue] = time.wall
        precondition(parts.values.count == table.values.count, "the same indicators")
      }
      result.qualitySeconds = try Measurement.of {
        try QualityReport.compute(db, today: cutOff)
      }.1.wall
      guard let period = Period("2020T2") else { preconditionFailure("a quarter") }
      let (report, quarterTime) = try Measurement.of {
        try QuarterReport.compute(replica, db, period: period, madeAt: Date())
      }
      result.quarterSeconds = quarterTime.wall
      result.pageSeconds = Measurement.of { report.html(.spanish) }.1.wall
      result.workbookSeconds = try Measurement.of { try report.workbook(.spanish).bytes() }.1.wall
    }
    return result
  }

  /// Persons and attendances of each indicator that counts them, as one statement can.
  private static func plainCounts(_ db: Database, cutOff: String) throws -> [String: [Int]] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT l.indicator_id, count(DISTINCT a.participant_id), count(*), avg(a.pre_score),
          avg(a.post_score)
        FROM training_session AS s JOIN session_indicator AS l ON l.session_id = s.id
        JOIN attendance AS a ON a.session_id = s.id
        JOIN indicator_role AS r ON r.indicator_id = l.indicator_id AND r.role_code = a.role_code
        WHERE s.status = 'held' AND s.starts_on <= ? GROUP BY l.indicator_id
        """, arguments: [cutOff])
    return Dictionary(
      rows.map { ($0[0], [$0[1], $0[2]]) }, uniquingKeysWith: { first, _ in first })
  }

  /// Sessions of forty over ten quarters; a person comes to about three.
  private func fill() throws -> Replica {
    let replica = try Replica.create(
      at: folder.file("indicators.sqlite"), office: "central", label: nil,
      schema: ReplicaSchema(
        migrations: Migrations.trainings, loadGround: { db in try Catalog.load(into: db) }),
      environment: .measured(seed: 5))
    var random = SeededGenerator(seed: 20_200_630)
    let persons = max(rows / 3, 50)
    func id(_ kind: String, _ number: Int) -> String {
      let digits = String(number &* 2_654_435_761 & 0xffff_ffff, radix: 16)
      return
        "\(kind)0000-0000-5000-8000-0000\(String(repeating: "0", count: 8 - digits.count))\(digits)"
    }
    let offices = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]
    // Of one person in twenty the sex is not recorded.
    let sexes: [String?] = [nil] + (0..<19).map { $0 % 2 == 0 ? "F" : "M" }
    let modalities = ["presencial", "virtual", "mixta"]
    try replica.write { db in
      let participant = try db.makeStatement(
        sql: """
          INSERT INTO participant (id, document_type, document_number, paternal_surname,
            maternal_surname, given_names, sex, institution_code, role_code)
          VALUES (?, 'DNI', ?, 'Quispe', 'Mamani', 'Ana', ?, 'pnp', 'fiscal')
          """)
      for person in 0..<persons {
        try participant.execute(arguments: [
          id("aaaa", person), String(10_000_000 + person), sexes[random.below(20)],
        ])
      }
      let indicators = try String.fetchAll(
        db,
        sql: "SELECT DISTINCT indicator_id FROM indicator_role ORDER BY 1")
      let roles = try indicators.map {
        try String.fetchAll(
          db, sql: "SELECT role_code FROM indicator_role WHERE indicator_id = ? ORDER BY 1",
          arguments: [$0])
      }
      let institutions = try String.fetchAll(db, sql: "SELECT code FROM institution ORDER BY 1")
      let session = try db.makeStatement(
        sql: """
          INSERT INTO training_session
            (id, office_code, code, title, status, modality, starts_on, department)
          VALUES (?, ?, ?, 'Taller', 'held', ?, ?, 'Cusco')
          """)
      let link = try db.makeStatement(sql: "INSERT INTO session_indicator VALUES (?, ?)")
      let attendance = try db.makeStatement(
        sql: """
          INSERT INTO attendance
            (session_id, participant_id, institution_code, role_code, pre_score, post_score)
          VALUES (?, ?, ?, ?, ?, ?)
          """)
      for number in 0..<(rows + 39) / 40 {
        let key = id("bbbb", number)
        let month = random.below(30)
        let day = "\(2018 + month / 12)-\(String(101 + month % 12).dropFirst())-15"
        try session.execute(arguments: [
          key, offices[number % 5], "S-\(number)", modalities[random.below(3)], day,
        ])
        let first = random.below(indicators.count)
        for indicator in Set([first, (first + 1) % indicators.count]) {
          try link.execute(arguments: [key, indicators[indicator]])
        }
        let start = random.below(persons)
        for place in 0..<min(40, rows - number * 40) {
          let pre = Double(random.below(24)) / 2
          let isTested = random.below(3) > 0
          try attendance.execute(arguments: [
            key, id("aaaa", (start + place * 7919) % persons),
            institutions[random.below(institutions.count)],
            roles[first][random.below(roles[first].count)], isTested ? pre : nil,
            isTested ? pre + 4 : nil,
          ])
        }
      }
    }
    try replica.seal()
    return replica
  }
}
