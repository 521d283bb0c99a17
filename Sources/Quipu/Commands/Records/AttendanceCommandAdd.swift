import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu attendance add`: somebody came to a session.
struct AttendanceCommandAdd: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "add",
      abstract: Language.ofProcess.pick(
        "Añade una asistencia.", "Adds an attendance."))
  }

  @OptionGroup var named: AttendanceArguments

  @OptionGroup var fields: AttendanceFields

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entries = try replica.write { db in
      try Attendances.add(
        session: named.session, participant: named.participant, fields.values, office: office,
        in: db)
      return try Attendances.list(
        session: named.session, participant: named.participant, office: office, in: db)
    }
    try invocation.print(
      entries.first.map(RecordOutput.document) ?? .null,
      text: texts.added("\(named.session), \(named.participant)"))
    return .done
  }
}
