import Foundation
import Replica
import SyncModel
import SyncProtocol
import TestSupport

/// What must not grow with the database: one changed row, and the memory of a large sync.
struct LargeBenchmark {
  struct Result: Codable {
    var rows = 0
    var oneRowMilliseconds = 0.0
    var oneRowBytes = 0
    var peakMemoryMiB = 0.0
    var sealSeconds = 0.0
    var receiveSeconds = 0.0
  }

  let rows: Int
  let folder: TemporaryFolder

  private func replica(_ name: String, seed: UInt64) throws -> Replica {
    try Replica.create(
      at: folder.file(name), office: name, label: nil, schema: Workload.schema,
      environment: .measured(seed: seed))
  }

  func run() throws -> Result {
    var result = Result(rows: rows)
    let office = try replica("large-office", seed: 11)
    let centre = try replica("large-centre", seed: 12)
    var keys: [BenchValue] = []
    do {
      let connection = try RawConnection(office.path)
      var builder = WorkloadBuilder(seed: 7)
      try connection.execute("BEGIN")
      for index in 0..<rows {
        let row = builder.participant(region: index % 5)
        if index % 1000 == 0 {
          keys.append(row[0])
          try connection.execute("COMMIT; BEGIN")
        }
        try connection.run(Workload.insertSQL(1), row)
      }
      try connection.execute("COMMIT")
    }
    result.sealSeconds = try Measurement.of { try office.seal() }.1.wall
    try centre.learn([office.identity()])
    var after: Int64 = 0
    result.receiveSeconds = try Measurement.of {
      while true {
        let page = try office.ownChangesets(after: after, maxBytes: 4 << 20)
        if page.isEmpty { break }
        _ = try centre.receive(page)
        after += Int64(page.count)
      }
    }.1.wall
    result.peakMemoryMiB = Measurement.peakMemory

    let connection = try RawConnection(office.path)
    var times: [Double] = []
    for (index, key) in keys.prefix(401).enumerated() {
      try connection.run(Workload.updateSQL(1, [8]), [.text("9\(index)"), key])
      let (_, time) = try Measurement.of {
        try office.seal()
        let page = try office.ownChangesets(after: after, maxBytes: 4 << 20)
        result.oneRowBytes = page.reduce(0) { $0 + $1.size }
        _ = try centre.receive(page)
        after += Int64(page.count)
      }
      if index > 0 { times.append(time.wall * 1000) }
    }
    result.oneRowMilliseconds = median(times)
    return result
  }
}
