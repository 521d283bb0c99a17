import TestSupport
import Testing

@testable import Benchmarks

/// The small sizes, so that what is measured cannot rot; nothing here looks at a clock.
@Suite("Benchmarks at their small size")
struct SmallBenchmarkTests {
  @Test("the five offices' work merges without a wrong row, a lost edit or an unreported conflict")
  func sync() throws {
    let result = try SyncBenchmark(size: 4000, folder: TemporaryFolder(), log: { _ in }).run()
    #expect(result.rowsWrong == 0)
    #expect(result.sameColumnPlanned > 0)
    #expect(result.sameColumnReported == result.sameColumnPlanned)
    #expect(result.otherColumnLost == 0)
    #expect(result.bytesOverCSV < 1.2)
    #expect(result.officeFileOverPlain < 1.7)
  }

  @Test("the same seed makes the same result")
  func digest() throws {
    let first = try SyncBenchmark(size: 4000, folder: TemporaryFolder(), log: { _ in }).run()
    let second = try SyncBenchmark(size: 4000, folder: TemporaryFolder(), log: { _ in }).run()
    #expect(first.digest == second.digest)
    #expect(first.changedRows == second.changedRows)
  }

  @Test("one changed row costs a few hundred bytes")
  func oneRow() throws {
    let small = try LargeBenchmark(rows: 2000, folder: TemporaryFolder()).run()
    #expect(small.oneRowBytes > 0)
    #expect(small.oneRowBytes < 800)
  }

  @Test("of invented doubles most are proposed, and most of what is proposed are doubles")
  func duplicates() throws {
    let result = try DuplicateBenchmark(persons: 4000).run()
    let middle = try #require(result.quality.first { $0.atLeast == 0.5 })
    #expect(result.doubles > 100)
    #expect(middle.precision > 0.9)
    #expect(middle.recall > 0.8)
    // Who asks for more certainty gets fewer and better proposals.
    for (less, more) in zip(result.quality, result.quality.dropFirst()) {
      #expect(more.proposed <= less.proposed && more.recall <= less.recall)
    }
  }

  @Test("an attendance file is taken in whole, and the second time nothing changes")
  func attendance() throws {
    let result = try ImportBenchmark(rows: 2000, folder: TemporaryFolder()).run()
    #expect(result.inserted == 2000)
    #expect(result.rejected == 0)
    #expect(result.againUnchanged == 2000)
  }
}
