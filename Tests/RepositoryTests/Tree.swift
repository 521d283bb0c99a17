import Foundation

/// The files of this repository that people write.
enum Tree {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  private static let folders = [
    "Sources", "Schema", "ServerStub", "Tests", "Benchmarks", "Documentation", "Examples",
  ]

  /// Paths of all files with one of these endings, relative to the root, in order.
  static func files(endingIn endings: [String]) throws -> [String] {
    var found = try FileManager.default.contentsOfDirectory(atPath: root)
    for folder in folders {
      let inside = FileManager.default.enumerator(atPath: "\(root)/\(folder)")
      while let path = inside?.nextObject() as? String { found.append("\(folder)/\(path)") }
    }
    return found.filter { path in endings.contains { path.hasSuffix(".\($0)") } }.sorted()
  }

  /// The text of a file.
  static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(fileURLWithPath: "\(root)/\(path)"), encoding: .utf8)
  }

  /// Whether there is a file or folder.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(root)/\(path)")
  }

  /// The lines of a file with their numbers, from 1.
  static func lines(_ path: String) throws -> [(number: Int, text: Substring)] {
    try text(path).split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      ($0.offset + 1, $0.element)
    }
  }
}
