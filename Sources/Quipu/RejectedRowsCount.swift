import Replica

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// How many rows of each imported file were not taken at its last import, for `quipu status`.
///
/// Kept as one setting of the replica. A file with the rejected rows of another, corrected and imported,
/// counts in its place.
struct RejectedRowsCount {
  static let suffix = ".rejected.csv"
  private static let setting = "rejected_rows"

  private var byFile: [String: Int]

  init(_ replica: Replica) throws {
    let text = try replica.setting(Self.setting) ?? "{}"
    byFile = (try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8))) ?? [:]
  }

  var total: Int {
    byFile.values.reduce(0, +)
  }

  /// The files whose rejected rows still wait.
  var files: [String] {
    byFile.keys.sorted().map { $0 + Self.suffix }
  }

  /// Takes in what the import of a file left.
  mutating func note(_ count: Int, file: String) {
    var path = URL(filePath: file).standardizedFileURL.path()
    while path.hasSuffix(Self.suffix) { path.removeLast(Self.suffix.count) }
    byFile[path] = count == 0 ? nil : count
  }

  func save(_ replica: Replica) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let text = String(decoding: try encoder.encode(byFile), as: UTF8.self)
    try replica.set(Self.setting, byFile.isEmpty ? nil : text)
  }
}
