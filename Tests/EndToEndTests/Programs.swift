import Foundation

/// What a program left when it ended.
struct Outcome: Sendable {
  var status: Int32
  var output: String
  var errors: String

  /// Standard output as a JSON document; it must be one and nothing else.
  func document<Document: Decodable>(_ type: Document.Type = Document.self) throws -> Document {
    try JSONDecoder().decode(type, from: Data(output.utf8))
  }

  /// The last line on standard error as an error of JSON mode.
  func problem() throws -> Problem {
    let line = errors.split(separator: "\n").last ?? ""
    return try JSONDecoder().decode(Problem.self, from: Data(line.utf8))
  }
}

/// An error in JSON mode.
struct Problem: Decodable {
  var code: String
  var message: String
  var hint: String
}

/// Runs the programs that were built beside the tests, as a user would.
enum Programs {
  /// Where the built programs are: the folder of the running test program.
  static let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()

  static var scenario: URL {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Examples/scenario").standardizedFileURL
  }

  /// Seconds after which a run counts as hung: far beyond any, even where the machine is busy.
  private static let patience = "120"

  @discardableResult
  static func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    in folder: URL? = nil
  ) throws -> Outcome {
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let (output, errors) = (scratch.appending(path: "out"), scratch.appending(path: "err"))
    for file in [output, errors] { try Data().write(to: file) }

    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = [patience, resolved(program)] + arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
      "HOME": scratch.path(), "LANG": "C.UTF-8",
    ].merging(environment) { $1 }
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    // Files, since a full pipe would stop a program that nobody reads.
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  static func resolved(_ program: String) -> String {
    let built = folder.appending(path: program).path()
    return FileManager.default.fileExists(atPath: built) ? built : "/usr/bin/env"
  }
}
