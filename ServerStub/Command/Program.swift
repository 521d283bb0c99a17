internal import ArgumentParser
internal import Foundation

/// The central node's program: `quipu-central`.
@main
struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "quipu-central",
    abstract: say(
      "El nodo con el que sincronizan las oficinas.", "The node that offices sync with."),
    subcommands: [
      Initialize.self, Enroll.self, Serve.self, Nodes.self, Scope.self, Compact.self, User.self,
    ])

  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard let failure = Failure(error) else { exit(withError: error) }
      failure.print(asJSON: CommandLine.arguments.contains("--json"))
      Foundation.exit(failure.status)
    }
  }
}
