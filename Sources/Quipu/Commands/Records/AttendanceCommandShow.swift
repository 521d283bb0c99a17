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

  @OptionGroup var named: AttendanceArguments

  @OptionGroup var documents: DocumentsFlag

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entries = try replica.read { db in
      try Attendances.list(
        session: named.session, participant: named.participant, office: office,
        unmasked: documents.areShown, in: db)
    }
    guard let entry = entries.first else { throw TrainingsError(.unknownAttendance) }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}
