import Foundation
import TestSupport

/// Measures the engine against plain SQLite in one run.
///
/// `benchmarks [sync|large] [--size N] [--rounds N]` prints JSON lines on standard output and
/// progress on standard error.
@main
enum Benchmarks {
  static func main() throws {
    let arguments = CommandLine.arguments
    func number(_ name: String, _ fallback: Int) -> Int {
      guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else {
        return fallback
      }
      return Int(arguments[index + 1]) ?? fallback
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    func emit(_ value: some Encodable) throws {
      print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
    let log: (String) -> Void = { FileHandle.standardError.write(Data(($0 + "\n").utf8)) }
    if !arguments.contains("large") {
      for _ in 0..<number("--rounds", 1) {
        let folder = try TemporaryFolder()
        try emit(try SyncBenchmark(size: number("--size", 100_000), folder: folder, log: log).run())
      }
    }
    if arguments.contains("large") {
      try emit(
        try LargeBenchmark(rows: number("--size", 1_000_000), folder: TemporaryFolder()).run())
    }
  }
}
