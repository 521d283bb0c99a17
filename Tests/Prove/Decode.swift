import ArgumentParser
import Foundation
import TestSupport

/// Damaged messages and changesets.
struct Decode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads damaged messages and changesets: refused or read, never anything else.")

  @Option(help: "The first seed.")
  var from: UInt64 = 1

  @Option(help: "How many cases.")
  var cases = 1_000_000

  func run() throws {
    let perSeed = 500
    var progress = Progress(total: (cases + perSeed - 1) / perSeed)
    var (refused, read) = (0, 0)
    for seed in from..<from + UInt64((cases + perSeed - 1) / perSeed) {
      var fuzz = ChangesetFuzz(seed: seed)
      do {
        try fuzz.run(perSeed)
      } catch {
        print(
          "\nseed \(seed): \(error)\nrepeat with: swift run Prove decode --from \(seed) --cases 1")
        throw ExitCode.failure
      }
      refused += fuzz.tally.refused
      read += fuzz.tally.read
      progress.step("\(refused) refused, \(read) read, \(Self.peakMegabytes) MB at most")
    }
    print()
    guard Self.peakMegabytes < 1024 else {
      print("reading took \(Self.peakMegabytes) MB of memory")
      throw ExitCode.failure
    }
  }

  private static var peakMegabytes: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }
}
