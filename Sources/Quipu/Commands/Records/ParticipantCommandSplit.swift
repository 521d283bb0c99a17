import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu participant split`: makes two persons of one row.
struct ParticipantCommandSplit: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "split",
      abstract: Language.ofProcess.pick(
        "Hace dos personas de un registro.", "Makes two persons of one record."))
  }

  @OptionGroup var named: ParticipantArgument

  @Option(
    name: .customLong("session"),
    help: help(
      "Una sesión a la que vino la otra persona; se puede repetir.",
      "A session that the other person came to; may be repeated.", valueName: "session"))
  var sessions: [String] = []

  @OptionGroup var fields: ParticipantFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entry = try replica.write { db in
      let id = try Participants.split(
        named.participant, sessions: sessions, fields.values, office: office,
        at: instant(Invocation.now()), in: db, environment: .system)
      return try Participants.show(id, in: db)
    }
    try invocation.print(
      RecordOutput.document(entry), text: texts.added(entry["id"].description))
    return .done
  }
}
