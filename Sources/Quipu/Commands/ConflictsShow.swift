import ArgumentParser
import Replica
import Trainings

/// `quipu conflicts show`: one conflict.
struct ConflictsShow: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick("Muestra un conflicto.", "Shows one conflict."))
  }

  @Argument(help: help("El conflicto.", "The conflict.", valueName: "id"))
  var id: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    guard let conflict = try invocation.openReplica().conflicts(id: id).first else {
      throw ReplicaError(.unknownConflict(id))
    }
    try invocation.print(
      ConflictOutput.document(conflict),
      text: ConflictTexts(language: invocation.language).describe(conflict))
    return .done
  }
}
