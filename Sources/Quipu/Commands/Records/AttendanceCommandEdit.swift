import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu attendance edit`: changes an attendance.
struct AttendanceCommandEdit: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "edit",
      abstract: Language.ofProcess.pick(
        "Cambia una asistencia.", "Edits an attendance."))
  }

  @OptionGroup var named: AttendanceArguments

  @OptionGroup var fields: AttendanceFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard !fields.values.isEmpty else { throw Failure.usage(texts.nothingGiven) }
    let office = try replica.identity().office
    let isChanged = try replica.write { db in
      try Attendances.edit(
        session: named.session, participant: named.participant, fields.values, office: office,
        in: db)
    }
    try invocation.print(
      .object([("changed", .bool(isChanged))]), text: texts.edited(isChanged))
    return .done
  }
}
