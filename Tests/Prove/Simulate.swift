import ArgumentParser
import Simulation

/// Worlds of offices and a centre, decided by seeds.
struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Simulates offices and a centre with faults, one world a seed.")

  @Option(help: "One seed, whose whole history is printed.")
  var seed: UInt64?

  @Option(help: "The first seed.")
  var from: UInt64 = 1

  @Option(help: "How many seeds.")
  var seeds: UInt64 = 100

  @Option(help: "Steps of each world.")
  var steps = 120

  @Flag(help: "Print the hash of each history and nothing else.")
  var trace = false

  @Flag(help: "Also writes that no trigger sees.")
  var bypasses = false

  @Flag(help: "Also long partitions and messages that arrive in part.")
  var storms = false

  @Flag(help: "The centre keeps personal values to their readers, now and then.")
  var reserved = false

  @Flag(help: "Go on after a failure.")
  var goOn = false

  func run() throws {
    if let seed {
      let world = try World(seed: seed, bypasses: bypasses, storms: storms, reserved: reserved)
      defer { if !trace { print(world.events.joined(separator: "\n")) } }
      print(try world.run(steps: steps))
      return
    }
    var progress = Progress(total: Int(seeds))
    var tally: [String: Int] = [:]
    var failures: [UInt64] = []
    for seed in from..<from + seeds {
      let world = try World(seed: seed, bypasses: bypasses, storms: storms, reserved: reserved)
      do {
        let hash = try world.run(steps: steps)
        if trace { print("\(seed) \(hash)") }
      } catch let failure as SimulationFailure {
        print("\n\(failure)")
        failures.append(seed)
        guard goOn else { throw ExitCode.failure }
      }
      tally.merge(world.tally) { $0 + $1 }
      if !trace { progress.step("\(failures.count) failures") }
    }
    guard !trace else { return }
    print()
    for (kind, count) in tally.sorted(by: { $0.key < $1.key }) { print("\(kind) \(count)") }
    if !failures.isEmpty {
      print("failed: \(failures)")
      throw ExitCode.failure
    }
  }
}
