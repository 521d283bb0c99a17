import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu conflicts list`: open conflicts; in JSON all of them, open ones first.
struct ConflictsList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick("Lista los conflictos.", "Lists conflicts."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let (conflicts, labels) = try invocation.openReplica().read { db in
      let conflicts = try Replica.conflicts(db, openOnly: !invocation.isJSON)
      return (conflicts, try ConflictLabels(db, invocation.isJSON ? [] : conflicts))
    }
    try invocation.print(
      .array(conflicts.map(ConflictOutput.document)),
      text: ConflictTexts(language: invocation.language).list(conflicts, labels))
    return .done
  }
}
