import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu attendance delete`: deletes an attendance.
struct AttendanceCommandDelete: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: Language.ofProcess.pick(
        "Borra una asistencia.", "Deletes an attendance."))
  }

  @Argument(
    help: help(
      "La sesión: su código, oficina/código o identificador.",
      "The session: its code, office/code or identifier.", valueName: "session"))
  var session: String

  @Argument(
    help: help(
      "La persona: su documento o identificador.", "The person: document or identifier.",
      valueName: "participant"))
  var participant: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    try replica.write { db in
      try Attendances.delete(session: session, participant: participant, office: office, in: db)
    }
    try invocation.print(
      .object([("deleted", .array([.string(session), .string(participant)]))]), text: texts.deleted)
    return .done
  }
}
