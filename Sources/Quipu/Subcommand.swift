import ArgumentParser

/// A command that does something, as opposed to one that only groups others.
protocol Subcommand: ParsableCommand {
  var options: GlobalOptions { get }

  /// Does it.
  func run(_ invocation: Invocation) async throws -> ExitStatus
}
