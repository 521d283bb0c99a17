public import Foundation
import GRDB
import TestSupport

/// What a trial with real programs found.
public struct TrialFailure: Error, CustomStringConvertible {
  /// What was wrong, and how to repeat it.
  public let description: String
}

/// Offices and a centre as real programs over loopback HTTP, which are killed at random moments.
///
/// The seed decides what is killed and after how long; how far the program had come by then, the
/// machine decides, so a run is not repeated exactly.
public final class KillTrial {
  private let programs: URL
  private let scenario: URL
  private let folder: TemporaryFolder
  private let seed: UInt64
  private var random: SeededGenerator
  private let offices: [String]
  private var server: Process?
  private var address = ""
  /// What was written by plain SQL: the ids of participants, by replica.
  private var written: Set<String> = []
  /// How often each thing was killed before it had ended.
  public private(set) var kills: [String: Int] = [:]

  /// A centre and `count` enrolled replicas.
  ///
  /// - Parameters:
  ///   - programs: The folder with `quipu` and `quipu-central`.
  ///   - scenario: The folder with the files that offices import.
  public init(seed: UInt64, offices count: Int, programs: URL, scenario: URL) throws {
    self.seed = seed
    self.programs = programs
    self.scenario = scenario
    random = SeededGenerator(seed: seed)
    folder = try TemporaryFolder()
    offices = (0..<count).map { "replica\($0)" }
    try expect(quipuCentral(["init", "--replica", path("central")]), [0])
    try startServer()
    let names = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]
    for (index, office) in offices.enumerated() {
      let name = names[index % names.count]
      try expect(quipu(office, ["init", "--office", name]), [0])
      let code = try quipuCentral(["enroll", "--replica", path("central"), "--office", name])
      let word = code.output.split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
      try expect(quipu(office, ["enroll", "--central", address, "--code", word]), [0])
    }
  }

  deinit {
    if let server { kill(server.processIdentifier, SIGKILL) }
  }

  /// Writes, imports and syncs, killing something each time.
  ///
  /// - Parameter progress: Called after each round.
  public func run(rounds: Int, progress: (Int, [String: Int]) -> Void = { _, _ in }) throws {
    for round in 0..<rounds {
      let office = random.pick(offices)
      try write(office, round: round)
      switch random.below(5) {
      case 0:
        try run(office, importing(office), killedAfter: random.below(400), as: "import")
      case 1, 2:
        try run(office, ["sync"], killedAfter: random.below(250), as: "sync")
      default:
        let sync = try start("quipu", ["--replica", path(office), "sync", "--json"])
        pause(random.below(200))
        killServer()
        pause(random.below(50))
        try startServer(again: true)
        sync.waitUntilExit()
      }
      progress(round + 1, kills)
    }
    try settle()
  }

  /// All replicas sync at once, again and again, while the centre is killed and started.
  public func crowd(restarts: Int) throws {
    for office in offices {
      for round in 0..<20 { try write(office, round: round) }
    }
    for _ in 0..<restarts {
      let syncs = try offices.map { try start("quipu", ["--replica", path($0), "sync", "--json"]) }
      pause(50 + random.below(400))
      killServer()
      try startServer(again: true)
      for sync in syncs { sync.waitUntilExit() }
    }
    try settle()
  }

  // MARK: - The end

  /// Everything is done again without kills; then all must be equal and whole, nothing missing,
  /// nothing twice.
  private func settle() throws {
    var imported: [String: (sessions: Int, attendances: Int)] = [:]
    for office in offices {
      try expect(quipu(office, importing(office)), [0, 3])
      let name = try officeName(office)
      if imported[name] == nil { imported[name] = try control(name) }
    }
    for _ in 0..<2 {
      for office in offices { try expect(quipu(office, ["sync", "--json"]), [0, 3]) }
    }
    let digests = try quipu("central", ["digest", "--json"]).output
    for office in offices {
      guard try quipu(office, ["digest", "--json"]).output == digests else {
        throw failure("\(office) differs from the centre")
      }
      let status = try quipu(office, ["status", "--json"]).output
      guard status.contains("\"unsent\": 0") else { throw failure("\(office): \(status)") }
    }
    for office in offices + ["central"] {
      try expect(quipu(office, ["check"]), [0])
      let database = try DatabaseQueue(path: path(office))
      let (ids, sessions, attendances, twice) = try database.read { db in
        (
          try Set(String.fetchAll(db, sql: "SELECT id FROM participant WHERE notes = 'trial'")),
          try Int.fetchOne(db, sql: "SELECT count(*) FROM training_session") ?? 0,
          try Int.fetchOne(db, sql: "SELECT count(*) FROM attendance") ?? 0,
          try Int.fetchOne(
            db,
            sql: """
              SELECT count(*) FROM (SELECT 1 FROM participant WHERE document_number IS NOT NULL
              GROUP BY document_type, document_number HAVING count(*) > 1)
              """) ?? 0
        )
      }
      try database.close()
      guard ids == written else {
        throw failure(
          "\(office) lacks \(written.subtracting(ids).count) rows and has \(ids.subtracting(written).count) too many"
        )
      }
      let expected = imported.values.reduce((0, 0)) { ($0.0 + $1.sessions, $0.1 + $1.attendances) }
      guard (sessions, attendances) == expected, twice == 0 else {
        throw failure(
          "\(office) has \(sessions) sessions and \(attendances) attendances instead of \(expected), and \(twice) documents twice"
        )
      }
    }
  }

  /// What the files come to where nothing was killed.
  private func control(_ name: String) throws -> (sessions: Int, attendances: Int) {
    if !FileManager.default.fileExists(atPath: path("control-\(name)")) {
      try expect(quipu("control-\(name)", ["init", "--office", name]), [0])
    }
    try expect(quipu("control-\(name)", importing(name: name)), [0, 3])
    let database = try DatabaseQueue(path: path("control-\(name)"))
    return try database.read { db in
      (
        try Int.fetchOne(db, sql: "SELECT count(*) FROM training_session") ?? 0,
        try Int.fetchOne(db, sql: "SELECT count(*) FROM attendance") ?? 0
      )
    }
  }

  // MARK: - Parts

  private func path(_ name: String) -> String {
    folder.file("\(name).sqlite")
  }

  private func officeName(_ replica: String) throws -> String {
    let names = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]
    return names[(offices.firstIndex(of: replica) ?? 0) % names.count]
  }

  private func importing(_ office: String) throws -> [String] {
    importing(name: try officeName(office))
  }

  private func importing(name: String) -> [String] {
    // Rejected rows are written beside the files: each office reads a copy.
    let copy = folder.file(name)
    if !FileManager.default.fileExists(atPath: copy) {
      try? FileManager.default.copyItem(
        at: scenario.appending(path: name), to: URL(filePath: copy))
    }
    return ["import", "\(copy)/sesiones.csv", "\(copy)/asistencia.csv"]
  }

  /// Rows that some other program writes.
  private func write(_ office: String, round: Int) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(20)
    let database = try DatabaseQueue(path: path(office), configuration: configuration)
    let ids = (0..<3).map { "\(office)-\(round)-\($0)-\(random.next())" }
    try database.write { db in
      for id in ids {
        try db.execute(
          sql: """
            INSERT INTO participant(id, paternal_surname, given_names, notes)
            VALUES (?, 'Quispe', 'Rosa', 'trial')
            """, arguments: [id])
      }
    }
    try database.close()
    written.formUnion(ids)
  }

  private func run(
    _ office: String, _ arguments: [String], killedAfter milliseconds: Int, as kind: String
  ) throws {
    let process = try start("quipu", ["--replica", path(office)] + arguments)
    pause(milliseconds)
    if process.isRunning {
      kill(process.processIdentifier, SIGKILL)
      kills[kind, default: 0] += 1
    }
    process.waitUntilExit()
  }

  private func killServer() {
    guard let server else { return }
    kill(server.processIdentifier, SIGKILL)
    server.waitUntilExit()
    kills["centre", default: 0] += 1
    self.server = nil
  }

  private func startServer(again: Bool = false) throws {
    let port = again ? address.split(separator: ":").last.map(String.init) ?? "0" : "0"
    for _ in 0..<50 {
      let output = folder.file("central.out")
      try Data().write(to: URL(filePath: output))
      let process = try start(
        "quipu-central", ["serve", "--replica", path("central"), "--listen", "127.0.0.1:\(port)"],
        output: output)
      while process.isRunning {
        let text = try String(contentsOf: URL(filePath: output), encoding: .utf8)
        if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Listening on ") }) {
          address = String(line.dropFirst("Listening on ".count))
          server = process
          return
        }
        pause(20)
      }
      // The port of the one that was killed may be taken for a moment.
      pause(100)
    }
    throw failure("the centre does not start again")
  }

  private func pause(_ milliseconds: Int) {
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
  }

  private func start(
    _ program: String, _ arguments: [String], output: String? = nil
  ) throws
    -> Process
  {
    let process = Process()
    process.executableURL = programs.appending(path: program)
    process.arguments = arguments
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput =
      try output.map { try FileHandle(forWritingTo: URL(filePath: $0)) } ?? FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func quipu(
    _ replica: String, _ arguments: [String]
  ) throws -> (
    status: Int32, output: String
  ) {
    try OtherProgram.run(
      programs.appending(path: "quipu").path(), ["--replica", path(replica)] + arguments)
  }

  private func quipuCentral(_ arguments: [String]) throws -> (status: Int32, output: String) {
    try OtherProgram.run(programs.appending(path: "quipu-central").path(), arguments)
  }

  private func expect(_ outcome: (status: Int32, output: String), _ allowed: [Int32]) throws {
    guard allowed.contains(outcome.status) else {
      throw failure("a program ended with \(outcome.status): \(outcome.output)")
    }
  }

  private func failure(_ what: String) -> TrialFailure {
    TrialFailure(
      description: "\(what)\nseed \(seed), \(offices.count) replicas, kills \(kills)")
  }
}
