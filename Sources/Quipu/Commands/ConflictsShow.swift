import ArgumentParser
import GRDB
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
    let (conflict, labels) = try invocation.openReplica().read { db in
      guard let conflict = try Replica.conflicts(db, id: id).first else {
        throw ReplicaError(.unknownConflict(id))
      }
      return (conflict, try ConflictLabels(db, [conflict]))
    }
    try invocation.print(
      ConflictOutput.document(conflict),
      text: ConflictTexts(language: invocation.language).details(conflict, labels))
    return .done
  }
}
