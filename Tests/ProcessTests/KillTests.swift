import Foundation
import ProcessTrials
import Testing

/// In small; `Prove kill` runs hundreds.
@Suite("Programs that are killed", .serialized)
struct KillTests {
  private static let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent()
  private static let scenario = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/scenario").standardizedFileURL

  @Test(
    "lose nothing, write nothing twice, and end equal: sync, import and the centre killed at random moments"
  )
  func kills() throws {
    let trial = try KillTrial(
      seed: 1, offices: 2, programs: Self.programs, scenario: Self.scenario)
    try trial.run(rounds: 12)
    #expect(trial.kills.values.reduce(0, +) > 3)
  }

  @Test("ten replicas sync at once while the centre is killed and started again, and end equal")
  func crowd() throws {
    let trial = try KillTrial(
      seed: 2, offices: 10, programs: Self.programs, scenario: Self.scenario)
    try trial.crowd(restarts: 2)
  }
}
