import Foundation
import Simulation
import TestSupport
import Testing

@Suite("Simulation")
struct SimulationTests {
  /// Seeds that found something once; what, is told in Documentation/Simulation.md.
  private static let regressions: [UInt64] = [
    1, 2, 4, 7, 8, 10, 13, 19, 32, 47, 20085, 20227, 20266, 30059, 30283, 30360, 60026, 30452,
    40183,
    50194, 50906,
    276_920_296, 3_582_966_056, 4_051_427_636,
  ]

  /// Seeds drawn from the commit, so that every change is tried on worlds of its own.
  private static let drawn: [UInt64] = {
    let commit =
      ProcessInfo.processInfo.environment["QUIPU_COMMIT"]
      ?? (try? OtherProgram.run("git", ["-C", folder, "rev-parse", "HEAD"]))?.output ?? ""
    guard let seed = UInt64(commit.prefix(12), radix: 16) else { return [] }
    var random = SeededGenerator(seed: seed)
    return (0..<16).map { _ in random.next() >> 32 }
  }()

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().path

  @Test(
    "what was written is shown, overwritten by who saw it, or listed, on every replica alike",
    arguments: Array(101...124) + regressions)
  func convergence(seed: UInt64) throws {
    try World(seed: seed).run(steps: 120)
  }

  /// A failure here is a finding, not an accident of this commit: its seed goes to the regressions.
  @Test("worlds that nobody has seen before are held to the same", arguments: drawn)
  func unseen(seed: UInt64) throws {
    try World(seed: seed).run(steps: 120)
  }

  @Test(
    "also where nodes are out of reach for long and messages arrive in part", arguments: 201...206)
  func storms(seed: UInt64) throws {
    try World(seed: seed, storms: true).run(steps: 120)
  }

  @Test(
    "also where the centre keeps personal values to their readers",
    arguments: [1, 5, 8, 11, 13, 18, 1001, 1002] as [UInt64])
  func reserved(seed: UInt64) throws {
    try World(seed: seed, reserved: true).run(steps: 120)
  }

  @Test(
    "also where somebody writes without the triggers",
    arguments: [6, 8, 23, 45, 59, 189, 261] as [UInt64])
  func bypasses(seed: UInt64) throws {
    try World(seed: seed, bypasses: true).run(steps: 120)
  }

  @Test("the same seed makes the same history in another process", arguments: [7, 8] as [UInt64])
  func determinism(seed: UInt64) throws {
    let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "Prove").path()
    let (status, output) = try OtherProgram.run(
      program, ["simulate", "--from", "\(seed)", "--seeds", "1", "--steps", "80", "--trace"])
    #expect(status == 0)
    let here = try World(seed: seed).run(steps: 80)
    #expect(output == "\(seed) \(here)\n")
    #expect(try World(seed: seed + 1).run(steps: 80) != here)
  }

  @Test(
    "what other programs write by any statement is what the log tells",
    arguments: CaptureTrial.Writer.allCases, 1...6 as ClosedRange<UInt64>)
  func capture(writer: CaptureTrial.Writer, seed: UInt64) throws {
    var trial = CaptureTrial(seed: seed, writer: writer)
    #expect(try trial.run() > 50)
  }
}
