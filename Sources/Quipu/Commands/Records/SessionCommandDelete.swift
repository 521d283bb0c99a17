import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu session delete`: deletes a session.
struct SessionCommandDelete: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "delete",
      abstract: Language.ofProcess.pick(
        "Borra una sesión.", "Deletes a session."))
  }

  @OptionGroup var named: SessionArgument

  @Flag(help: help("Borra también sus asistencias.", "Deletes its attendances too."))
  var cascade = false

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = RecordTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    try replica.write { db in
      try Sessions.delete(named.session, office: office, cascade: cascade, in: db)
    }
    try invocation.print(.object([("deleted", .string(named.session))]), text: texts.deleted)
    return .done
  }
}
