import CZstd
import Foundation
import Replica
import SyncModel
import SyncProtocol
import TestSupport

/// One round of the whole work: five offices write, seal, and the centre merges, beside plain
/// SQLite doing the same writes in the same run.
struct SyncBenchmark {
  struct Result: Codable {
    var size: Int
    var changedRows = 0
    var captureBulkCPU = 0.0
    var captureBulkWall = 0.0
    var captureSingleCPU = 0.0
    var captureSingleWall = 0.0
    var sealOverPlainInsert = 0.0
    var mergeOverPlainCPU = 0.0
    var mergeOverPlainWall = 0.0
    var mergeRowsPerSecond = 0.0
    var bytesPerRow = 0.0
    var bytesOverCSV = 0.0
    var officeFileOverPlain = 0.0
    var centreFileOverPlain = 0.0
    var freshOverRowCopyCPU = 0.0
    var freshOverRowCopyWall = 0.0
    var rowsWrong = 0
    var sameColumnPlanned = 0
    var sameColumnReported = 0
    var otherColumnLost = 0
    var digest = ""
  }

  private let folder: TemporaryFolder
  private let workload: Workload
  private let size: Int
  private let log: (String) -> Void

  init(size: Int, folder: TemporaryFolder, log: @escaping (String) -> Void) {
    self.size = size
    self.folder = folder
    self.log = log
    workload = Workload(operations: size)
  }

  private func replica(_ name: String) throws -> Replica {
    try Replica.create(
      at: folder.file(name), office: name, label: nil, schema: Workload.schema,
      environment: .measured(seed: UInt64(name.utf8.reduce(7) { $0 * 31 + Int($1) })))
  }

  private func fill(_ connection: RawConnection) throws {
    try connection.execute("BEGIN")
    for (table, row) in workload.base { try connection.run(Workload.insertSQL(table), row) }
    try connection.execute("COMMIT")
  }

  private func write(
    _ operations: ArraySlice<Workload.Operation>, to connection: RawConnection, perTransaction: Int
  ) throws -> Measurement {
    try Measurement.of {
      var open = 0
      for operation in operations {
        if open == 0, perTransaction > 1 { try connection.execute("BEGIN IMMEDIATE") }
        try connection.run(number: operation.statement, operation.values)
        open += 1
        if open == perTransaction {
          if perTransaction > 1 { try connection.execute("COMMIT") }
          open = 0
        }
      }
      if open > 0, perTransaction > 1 { try connection.execute("COMMIT") }
    }.1
  }

  func run() throws -> Result {
    var result = Result(size: size)
    let centre = try replica("centre")
    try fill(RawConnection(centre.path))
    try centre.seal()
    var offices: [Replica] = []
    var plainTime = Measurement.zero
    var captureTime = Measurement.zero
    var plainSize = 0
    var officeSize = 0
    var sealTime = Measurement.zero
    for office in 0..<Workload.offices {
      let operations = workload.operations[office]
      let plainPath = folder.file("plain\(office).sqlite")
      let replica = try replica("office\(office)")
      try replica.learn(centre.nodes())
      _ = try replica.receive(centre.log(after: 0, maxBytes: .max, leavingOut: nil).changesets)
      do {
        let plain = try RawConnection(plainPath)
        try plain.execute(Workload.ddl)
        try fill(plain)
        let captured = try RawConnection(replica.path)
        if office % 2 == 0 {
          plainTime += try write(operations[...], to: plain, perTransaction: 1000)
          captureTime += try write(operations[...], to: captured, perTransaction: 1000)
        } else {
          captureTime += try write(operations[...], to: captured, perTransaction: 1000)
          plainTime += try write(operations[...], to: plain, perTransaction: 1000)
        }
        try plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        plainSize += fileSize(plainPath)
      }
      let (_, time) = try Measurement.of { try replica.seal() }
      sealTime += time
      try RawConnection(replica.path).execute("PRAGMA wal_checkpoint(TRUNCATE)")
      officeSize += fileSize(replica.path)
      offices.append(replica)
    }
    result.captureBulkCPU = captureTime.cpu / plainTime.cpu
    result.captureBulkWall = captureTime.wall / plainTime.wall
    result.officeFileOverPlain = Double(officeSize) / Double(plainSize)
    log("capture, 1,000 a transaction: \(result.captureBulkCPU)")

    try singleTransactions(&result)
    try merge(offices, into: centre, sealTime: sealTime, &result)
    try fresh(from: centre, &result)
    result.digest = try centre.digests().tables.map { "\($0.table)=\($0.rowCount)" }.joined(
      separator: " ")
    return result
  }

  private func singleTransactions(_ result: inout Result) throws {
    let operations = workload.operations[0].prefix(min(8000, workload.operations[0].count))
    let plain = try RawConnection(folder.file("single-plain.sqlite"))
    try plain.execute(Workload.ddl)
    try fill(plain)
    let replica = try replica("single")
    let captured = try RawConnection(replica.path)
    try fill(captured)
    try replica.seal()
    var times = (Measurement.zero, Measurement.zero)
    for start in stride(from: 0, to: operations.count, by: 500) {
      let part = operations[start..<min(start + 500, operations.count)]
      if start / 500 % 2 == 0 {
        times.0 += try write(part, to: plain, perTransaction: 1)
        times.1 += try write(part, to: captured, perTransaction: 1)
      } else {
        times.1 += try write(part, to: captured, perTransaction: 1)
        times.0 += try write(part, to: plain, perTransaction: 1)
      }
    }
    result.captureSingleCPU = times.1.cpu / times.0.cpu
    result.captureSingleWall = times.1.wall / times.0.wall
    log("capture, 1 a transaction: \(result.captureSingleCPU)")
  }

  private func merge(
    _ offices: [Replica], into centre: Replica, sealTime: Measurement, _ result: inout Result
  ) throws {
    // The baseline: the same rows into plain SQLite.
    let plainPath = folder.file("plain-centre.sqlite")
    let plain = try RawConnection(plainPath)
    try plain.execute(Workload.ddl)
    try fill(plain)
    let finals = (0..<Workload.offices).map { workload.finalRows(office: $0) }
    let changed = finals.reduce(0) { $0 + $1.count }
    var plainTime = Measurement.zero
    for rows in finals {
      plainTime += try Measurement.of {
        try plain.execute("BEGIN IMMEDIATE")
        for (table, key, row) in rows {
          if let row {
            try plain.run(number: Workload.replaceStatement + table, row)
          } else {
            try plain.run(number: 3 + table, key)
          }
        }
        try plain.execute("COMMIT")
      }.1
    }
    var bytes = 0
    var mergeTime = Measurement.zero
    for office in offices {
      let own = try office.ownChangesets(after: 0, maxBytes: .max)
      bytes += own.reduce(0) { $0 + $1.size }
      try centre.learn([office.identity()])
      mergeTime += try Measurement.of { _ = try centre.receive(own) }.1
    }
    result.changedRows = changed
    result.mergeOverPlainCPU = plainTime.cpu / mergeTime.cpu
    result.mergeOverPlainWall = plainTime.wall / mergeTime.wall
    result.mergeRowsPerSecond = Double(changed) / mergeTime.wall
    result.sealOverPlainInsert =
      (Double(changed) / sealTime.cpu) / (Double(changed) / plainTime.cpu)
    let csv = finals.reduce(0) { $0 + compressedCSV($1) }
    result.bytesPerRow = Double(bytes) / Double(changed)
    result.bytesOverCSV = Double(bytes) / Double(csv)
    try plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    let captured = try RawConnection(centre.path)
    try captured.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    result.centreFileOverPlain = Double(fileSize(centre.path)) / Double(fileSize(plainPath))
    log("merge: \(result.mergeOverPlainCPU) of plain, \(Int(result.mergeRowsPerSecond)) rows/s")
    try verify(centre, finals, &result)
  }

  /// Compares the merged rows with what the writes come to, and counts what concurrent edits
  /// became.
  private func verify(
    _ centre: Replica, _ finals: [[(table: Int, key: [BenchValue], row: [BenchValue]?)]],
    _ result: inout Result
  ) throws {
    let plannedKeys = Set(workload.planned.map(\.key))
    let connection = try RawConnection(centre.path)
    var expectedCounts = [0, 0, 0]
    var live: [Set<[BenchValue]>] = [[], [], []]
    for (table, row) in workload.base {
      live[table].insert(Array(row.prefix(Workload.keys[table].count)))
    }
    for rows in finals {
      for (table, key, row) in rows {
        if row == nil { live[table].remove(key) } else { live[table].insert(key) }
      }
    }
    for table in 0..<3 {
      expectedCounts[table] = live[table].count
      let found = try connection.integer("SELECT count(*) FROM \(Workload.tables[table])")
      result.rowsWrong += abs(Int(found) - expectedCounts[table])
    }
    for rows in finals {
      for (table, key, row) in rows {
        guard let row, table != 1 || !plannedKeys.contains(key[0]) else { continue }
        try connection.execute("BEGIN")
        let condition = (Workload.keys[table] + Workload.columns[table]).map { "\($0) IS ?" }
          .joined(separator: " AND ")
        try connection.run("CREATE TEMP TABLE IF NOT EXISTS found(n)", [])
        try connection.run(
          "INSERT INTO found SELECT 1 FROM \(Workload.tables[table]) WHERE \(condition)", row)
        try connection.execute("COMMIT")
      }
    }
    let compared = finals.joined().filter {
      $0.row != nil && !($0.table == 1 && plannedKeys.contains($0.key[0]))
    }.count
    result.rowsWrong += compared - Int(try connection.integer("SELECT count(*) FROM temp.found"))
    let conflicts = try centre.conflicts(openOnly: true)
    result.sameColumnPlanned = workload.planned.filter(\.sameColumn).count
    result.sameColumnReported = conflicts.count
    var emails: [BenchValue: BenchValue] = [:]
    for office in workload.operations {
      for operation in office where operation.columns == [7] && operation.table == 1 {
        emails[operation.key[0]] = operation.written[0]
      }
    }
    for (key, same) in workload.planned where !same {
      guard let email = emails[key] else { continue }
      try connection.run(
        "INSERT INTO found SELECT 2 FROM participant WHERE id IS ? AND email IS ?", [key, email])
    }
    result.otherColumnLost =
      workload.planned.filter { !$0.sameColumn }.count
      - Int(try connection.integer("SELECT count(*) FROM temp.found WHERE n = 2"))
  }

  private func fresh(from centre: Replica, _ result: inout Result) throws {
    let target = try replica("fresh")
    let snapshot = folder.file("snapshot.sqlite")
    let (_, time) = try Measurement.of {
      try centre.writeSnapshot(to: snapshot)
      try target.loadSnapshot(from: snapshot)
    }
    guard try target.digests().tables == centre.digests().tables else {
      result.rowsWrong += 1
      return
    }
    let copy = try RawConnection(folder.file("copy.sqlite"))
    try copy.execute(Workload.ddl)
    try copy.execute("ATTACH '\(folder.file("plain-centre.sqlite"))' AS source")
    let (_, plain) = try Measurement.of {
      try copy.execute("BEGIN")
      for table in Workload.tables {
        try copy.execute("INSERT INTO main.\(table) SELECT * FROM source.\(table) ORDER BY rowid")
      }
      try copy.execute("COMMIT")
    }
    result.freshOverRowCopyCPU = time.cpu / plain.cpu
    result.freshOverRowCopyWall = time.wall / plain.wall
    log("fresh replica: \(result.freshOverRowCopyWall) of a row copy")
  }

  private func fileSize(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// The size of the rows as CSV under zstd -19.
  private func compressedCSV(_ rows: [(table: Int, key: [BenchValue], row: [BenchValue]?)]) -> Int {
    var csv: [UInt8] = []
    for table in 0..<3 {
      for (_, key, row) in rows.filter({ $0.table == table }) {
        for (index, value) in (row ?? key + [.text("D")]).enumerated() {
          if index > 0 { csv.append(UInt8(ascii: ",")) }
          switch value {
          case .null: break
          case .integer(let integer): csv += Array("\(integer)".utf8)
          case .real(let real): csv += Array("\(real)".utf8)
          case .text(let bytes): csv += bytes
          }
        }
        csv += [13, 10]
      }
    }
    var target = [UInt8](repeating: 0, count: ZSTD_compressBound(csv.count))
    return ZSTD_compress(&target, target.count, csv, csv.count, 19)
  }
}
