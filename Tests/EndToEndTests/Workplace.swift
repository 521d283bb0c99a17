import Foundation
import Testing

/// A folder with a centre and offices, gone when the test ends.
final class Workplace {
  static let offices = ["lima", "cusco", "loreto", "madre_de_dios", "puno"]

  let folder: URL
  private var server: Process?
  private(set) var central = ""

  /// A workplace in a new folder, or in the one that is named.
  init(in folder: URL? = nil) throws {
    self.folder =
      folder
      ?? FileManager.default.temporaryDirectory.appending(path: "quipu-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
  }

  deinit {
    stopServer()
    try? FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String {
    folder.appending(path: name).path()
  }

  /// Runs `quipu` on the replica of that name.
  @discardableResult
  func quipu(
    _ name: String, _ arguments: String..., environment: [String: String] = [:]
  ) throws
    -> Outcome
  {
    try Programs.run(
      "quipu", ["--replica", path("\(name).sqlite")] + arguments, environment: environment,
      in: folder)
  }

  /// Makes a centre and starts its server on a free port, or on `port` again.
  func startServer(port: Int = 0) throws {
    if !FileManager.default.fileExists(atPath: path("central.sqlite")) {
      let made = try Programs.run("quipu-central", ["init", "--replica", path("central.sqlite")])
      try #require(made.status == 0, "\(made.errors)")
    }
    let output = folder.appending(path: "central.out")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = Programs.folder.appending(path: "quipu-central")
    process.arguments = [
      "serve", "--replica", path("central.sqlite"), "--listen", "127.0.0.1:\(port)",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    server = process
    for _ in 0..<300 {
      let text = try String(contentsOf: output, encoding: .utf8)
      if let line = text.split(separator: "\n").first(where: { $0.hasPrefix("Listening on ") }) {
        central = String(line.dropFirst("Listening on ".count))
        return
      }
      try #require(process.isRunning, "quipu-central serve ended before it listened")
      Thread.sleep(forTimeInterval: 0.1)
    }
    Issue.record("quipu-central serve did not listen within 30 s")
  }

  func stopServer() {
    guard let server, server.isRunning else { return }
    server.terminate()
    server.waitUntilExit()
    self.server = nil
  }

  var port: Int {
    central.split(separator: ":").last.flatMap { Int($0) } ?? 0
  }

  /// Makes an office's replica; with its files where it is one of the scenario's.
  func makeOffice(_ office: String, named name: String? = nil) throws {
    let made = try quipu(name ?? office, "init", "--office", office)
    try #require(made.status == 0, "\(made.errors)")
    let files = Programs.scenario.appending(path: office)
    let copy = folder.appending(path: office)
    if !FileManager.default.fileExists(atPath: copy.path()) {
      try FileManager.default.copyItem(at: files, to: copy)
    }
  }

  /// What the centre answers to a request without a credential.
  func get(_ path: String) throws -> (status: Int, text: String) {
    let outcome = try Programs.run(
      "env", ["curl", "-s", "-w", "%{http_code}", "http://127.0.0.1:\(port)\(path)"])
    return (Int(outcome.output.suffix(3)) ?? 0, String(outcome.output.dropLast(3)))
  }

  /// Exchanges a one-time code of the centre for a credential of the replica, which may lie elsewhere.
  func enroll(_ office: String, named name: String? = nil, at place: Workplace? = nil) throws {
    let code = try Programs.run(
      "quipu-central",
      ["enroll", "--replica", path("central.sqlite"), "--office", office])
    let word = try #require(code.output.split(whereSeparator: \.isWhitespace).last)
    let enrolled = try (place ?? self).quipu(
      name ?? office, "enroll", "--central", central, "--code", String(word))
    try #require(enrolled.status == 0, "\(enrolled.errors)")
  }

  func importFiles(_ office: String, named name: String? = nil) throws -> Outcome {
    // Attendance first: the program puts the files in order itself.
    try quipu(
      name ?? office, "import", "\(office)/asistencia.csv", "\(office)/sesiones.csv",
      "\(office)/entregables.csv", "--json")
  }

  @discardableResult
  func sync(_ name: String) throws -> Outcome {
    let outcome = try quipu(name, "sync", "--json")
    try #require([0, 3].contains(outcome.status), "\(outcome.errors)")
    return outcome
  }

  func digests(_ name: String) throws -> [String: DigestDocument.Table] {
    try quipu(name, "digest", "--json").document(DigestDocument.self).tables
  }

  /// Runs Python's SQLite on a replica: a writer that knows nothing of us.
  func python(_ name: String, _ statements: String) throws {
    let script = """
      import sqlite3, sys
      connection = sqlite3.connect(sys.argv[1])
      connection.executescript(sys.argv[2])
      connection.commit()
      """
    let outcome = try Programs.run(
      "env", ["python3", "-c", script, path("\(name).sqlite"), statements])
    try #require(outcome.status == 0, "\(outcome.errors)")
  }
}
