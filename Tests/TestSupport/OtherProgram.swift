import Foundation

/// Another program, run to its end.
public enum OtherProgram {
  /// Runs a program that is found on the path.
  ///
  /// - Parameter input: What it reads.
  /// - Returns: How it ended, and what it wrote on both of its outputs.
  public static func run(
    _ name: String, _ arguments: [String], input: String = ""
  ) throws -> (status: Int32, output: String) {
    let folder = try TemporaryFolder()
    // Files, since a full pipe would stop a program that nobody reads.
    let (given, written) = (folder.file("in"), folder.file("out"))
    try Data(input.utf8).write(to: URL(filePath: given))
    try Data().write(to: URL(filePath: written))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: given))
    let output = try FileHandle(forWritingTo: URL(filePath: written))
    process.standardOutput = output
    process.standardError = output
    try process.run()
    process.waitUntilExit()
    return (
      process.terminationStatus,
      String(decoding: try Data(contentsOf: URL(filePath: written)), as: UTF8.self)
    )
  }
}
