import ArgumentParser

/// Runs what the tests run in small, for as long as one likes.
@main
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Prove", abstract: "Proves the engine's promises, or finds where they break.",
    subcommands: [Simulate.self, Capture.self, Decode.self, Kill.self])
}
