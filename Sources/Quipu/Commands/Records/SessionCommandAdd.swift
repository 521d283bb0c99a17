import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu session add`: a new session.
struct SessionCommandAdd: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add",
      abstract: Language.ofProcess.pick(
        "Añade una sesión.", "Adds a session."))
  }

  @Option(
    help: help(
      "La oficina; si no, la de esta réplica.", "The office; else this replica's.",
      valueName: "office"))
  var office: String?

  @OptionGroup var fields: SessionFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let owner = try office ?? replica.identity().office
    let entry = try replica.write { db in
      let id = try Sessions.add(
        fields.values, office: owner, in: db, environment: .system)
      return try Sessions.show(id, office: owner, in: db)
    }
    try invocation.print(
      RecordOutput.document(entry), text: texts.added(entry["id"].description))
    return .done
  }
}
