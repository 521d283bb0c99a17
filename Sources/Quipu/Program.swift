import ArgumentParser
import Trainings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Parses, runs, and turns what happened into words and an exit status.
@main
enum Program {
  static func main() async {
    // A reader that goes away shows as a failed write, never as a signal in the middle of the work.
    signal(SIGPIPE, SIG_IGN)
    exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    let isJSON = arguments.prefix { $0 != "--" }.contains("--json")
    do {
      var command = try Quipu.parseAsRoot(
        ArgumentOrder.arranged(arguments, groups: Quipu.groups))
      guard let subcommand = command as? any Subcommand else {
        try command.run()
        return .done
      }
      return try await subcommand.run(Invocation(subcommand.options))
    } catch {
      return report(error, isJSON: isJSON)
    }
  }

  private static func report(_ error: any Error, isJSON: Bool) -> ExitStatus {
    let console = Console(progress: false)
    let parserCode = Quipu.exitCode(for: error)
    if parserCode == .success {
      // Help, the version, a completion script.
      try? console.print(ParserWords.worded(Quipu.fullMessage(for: error), in: .ofProcess))
      return .done
    }
    let failure: Failure
    if parserCode == .validationFailure {
      if !isJSON { console.note(ParserWords.worded(Quipu.fullMessage(for: error), in: .ofProcess)) }
      failure = Failure(
        code: "usage", message: ParserWords.worded(Quipu.message(for: error), in: .ofProcess),
        hint: Language.ofProcess.pick("Vea «quipu --help».", "See “quipu --help”."), status: .usage)
    } else {
      failure = Failure(error, language: .ofProcess)
      if !isJSON {
        console.note(
          "quipu: " + failure.message + (failure.hint.isEmpty ? "" : "\n  \(failure.hint)"))
      }
    }
    if isJSON { console.note(failure.json) }
    return failure.status
  }
}
