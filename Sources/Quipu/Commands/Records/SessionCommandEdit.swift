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

  @Argument(
    help: help(
      "La sesión: su código, oficina/código o identificador.",
      "The session: its code, office/code or identifier.", valueName: "session"))
  var session: String

  @OptionGroup var fields: SessionFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let office = try replica.identity().office
    let isChanged = try replica.write { db in
      try Sessions.edit(session, fields.values, office: office, in: db)
    }
    try invocation.print(
      .object([("changed", .bool(isChanged))]), text: texts.edited(isChanged))
    return .done
  }
}
