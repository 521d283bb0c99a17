import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu session edit`: changes a session.
struct SessionCommandEdit: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "edit",
      abstract: Language.ofProcess.pick(
        "Cambia una sesión.", "Edits a session."))
  }

  @OptionGroup var named: SessionArgument

  @OptionGroup var fields: SessionFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let office = try replica.identity().office
    let isChanged = try replica.write { db in
      try Sessions.edit(named.session, fields.values, office: office, in: db)
    }
    try invocation.print(
      .object([("changed", .bool(isChanged))]), text: texts.edited(isChanged))
    return .done
  }
}
