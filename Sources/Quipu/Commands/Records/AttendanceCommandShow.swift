import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu attendance show`: one attendance.
struct AttendanceCommandShow: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick(
        "Muestra una asistencia.", "Shows one attendance."))
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

  @Flag(help: help("Muestra los documentos completos.", "Shows documents in full."))
  var documents = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entries = try replica.read { db in
      try Attendances.list(
        session: session, participant: participant, office: office, unmasked: documents, in: db)
    }
    guard let entry = entries.first else { throw TrainingsError(.unknownAttendance) }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}
