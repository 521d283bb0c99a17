import Foundation
import TestSupport

/// Measures the engine against plain SQLite in one run.
///
/// `Benchmarks [sync|large|import|indicators|duplicates] [--size N] [--rounds N]` prints JSON lines on
/// standard output and progress on standard error.
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
    switch arguments.dropFirst().first ?? "sync" {
    case "large":
      let rows = number("--size", 1_000_000)
      try emit(try LargeBenchmark(rows: rows, folder: TemporaryFolder()).run())
    case "duplicates":
      try emit(try DuplicateBenchmark(persons: number("--size", 100_000)).run())
    case "import":
      let rows = number("--size", 100_000)
      try emit(try ImportBenchmark(rows: rows, folder: TemporaryFolder()).run())
    case "indicators":
      let rows = number("--size", 1_000_000)
      try emit(try IndicatorBenchmark(rows: rows, folder: TemporaryFolder()).run())
    default:
      for _ in 0..<number("--rounds", 1) {
        let folder = try TemporaryFolder()
        let size = number("--size", 100_000)
        try emit(try SyncBenchmark(size: size, folder: folder, log: log).run())
      }
    }
  }
}
