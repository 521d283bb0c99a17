import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu session show`: one session.
struct SessionCommandShow: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "show",
      abstract: Language.ofProcess.pick(
        "Muestra una sesión.", "Shows one session."))
  }

  @OptionGroup var named: SessionArgument

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entry = try replica.read { db in try Sessions.show(named.session, office: office, in: db) }
    try invocation.print(RecordOutput.document(entry), text: RecordOutput.text(entry))
    return .done
  }
}
