import ArgumentParser
import Foundation
import ProcessTrials

/// Real programs, killed.
struct Kill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Kills quipu and quipu-central at random moments.",
    discussion: "Needs both programs beside this one: swift build first.")

  @Option(help: "What decides who is killed when.")
  var seed: UInt64 = 1

  @Option(help: "Kills, about.")
  var rounds = 300

  @Option(help: "Replicas.")
  var offices = 3

  @Option(help: "The folder with the files that offices import.")
  var scenario = "Examples/scenario"

  func run() throws {
    let programs = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    let trial = try KillTrial(
      seed: seed, offices: offices, programs: programs, scenario: URL(filePath: scenario))
    var progress = Progress(total: rounds)
    do {
      try trial.run(rounds: rounds) { _, kills in
        progress.step(
          kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
      }
      try trial.crowd(restarts: 3)
    } catch let failure as TrialFailure {
      print("\n\(failure)")
      throw ExitCode.failure
    }
    print("\nnothing lost, nothing twice, all equal")
  }
}
