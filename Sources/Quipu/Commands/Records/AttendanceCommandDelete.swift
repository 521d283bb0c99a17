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

  @OptionGroup var named: AttendanceArguments

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    try replica.write { db in
      try Attendances.delete(
        session: named.session, participant: named.participant, office: office, in: db)
    }
    try invocation.print(
      .object([("deleted", .array([.string(named.session), .string(named.participant)]))]),
      text: texts.deleted)
    return .done
  }
}
