internal import ArgumentParser
internal import CentralNode

/// Makes a central node: `quipu-central init`.
struct Initialize: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: say("Crea una central nueva.", "Make a new central node."))

  @OptionGroup var options: CentralOptions
  @Option(help: help("Cómo llamarla.", "What to call it.")) var label: String?

  func run() async throws {
    _ = try options.create(label: label)
    print(
      say(
        "La central está lista en \(options.replica)",
        "A central node is ready at \(options.replica)"))
  }
}
