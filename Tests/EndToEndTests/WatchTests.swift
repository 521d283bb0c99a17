import Foundation
import Testing

/// What a person sees of a program that runs for long.
@Suite("Watching", .serialized)
struct WatchTests {
  @Test(
    "sync --watch outlives a restart of the centre, sends what came meanwhile, ends on a signal")
  func restart() throws {
    let workplace = try Workplace()
    try workplace.startServer()
    let port = workplace.port
    try workplace.makeOffice("cusco")
    try workplace.enroll("cusco")
    let output = workplace.path("watch.out")
    try Data().write(to: URL(filePath: output))
    let process = Process()
    process.executableURL = URL(filePath: Programs.resolved("quipu"))
    process.arguments = [
      "--replica", workplace.path("cusco.sqlite"), "sync", "--watch", "--interval", "1", "--json",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
    func lines() throws -> [SyncDocument] {
      try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n").map {
        try JSONDecoder().decode(SyncDocument.self, from: Data($0.utf8))
      }
    }
    func wait(_ what: String, _ condition: () throws -> Bool) throws {
      for _ in 0..<600 {
        if try condition() { return }
        try #require(process.isRunning, "the watch ended while waiting for \(what)")
        Thread.sleep(forTimeInterval: 0.1)
      }
      Issue.record("waited a minute for \(what)")
    }
    try wait("a first sync") { try !lines().isEmpty }
    workplace.stopServer()
    try workplace.quipu(
      "cusco", "participant", "add", "--paternal-surname", "Quispe", "--given-names", "Ana")
    try workplace.startServer(port: port)
    try wait("what was written meanwhile") { try lines().contains { $0.pushed == 1 } }
    let status = try workplace.quipu("cusco", "status", "--json").document(StatusDocument.self)
    #expect(status.unsent == 0 && status.verified == true)
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  @Test("progress is drawn on one line of a terminal, wiped at the end, and never into a file")
  func progress() throws {
    let workplace = try Workplace()
    try workplace.makeOffice("lima")
    let words = [
      Programs.resolved("quipu"), "--replica", workplace.path("lima.sqlite"), "import",
      "lima/sesiones.csv", "lima/asistencia.csv",
    ]
    let quoted = words.map { "'\($0)'" }.joined(separator: " ")
    let drawn = try Programs.run(
      "env", ["script", "-qec", quoted, "/dev/null"], in: workplace.folder)
    let start = try #require(drawn.output.range(of: "\r\u{1b}[K"))
    #expect(drawn.output[start.upperBound...].contains("\r\u{1b}[K"))
    let piped = try workplace.quipu("lima", "import", "lima/sesiones.csv", "lima/asistencia.csv")
    #expect(!piped.errors.contains("\u{1b}") && !piped.output.contains("\u{1b}"))
  }
}
