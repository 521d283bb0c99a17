import Foundation
import Simulation
import Testing

@Suite("Simulation")
struct SimulationTests {
  private static var seeds: [UInt64] {
    if let seed = ProcessInfo.processInfo.environment["QUIPU_SEED"].flatMap({ UInt64($0) }) {
      return [seed]
    }
    let count = ProcessInfo.processInfo.environment["QUIPU_SEEDS"].flatMap { UInt64($0) } ?? 40
    return Array(1...count)
  }

  @Test("replicas converge to the oracle's rows and conflicts", arguments: seeds)
  func convergence(seed: UInt64) throws {
    try World(seed: seed).run(steps: 120)
  }

  @Test("the same seed makes the same history", arguments: [7, 8] as [UInt64])
  func determinism(seed: UInt64) throws {
    #expect(try World(seed: seed).run(steps: 80) == World(seed: seed).run(steps: 80))
  }
}
