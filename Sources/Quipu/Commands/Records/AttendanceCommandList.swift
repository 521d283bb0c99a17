import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu attendance list`: who came to which session.
struct AttendanceCommandList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Lista las asistencias.", "Lists attendances."))
  }

  @Option(help: help("Solo las de una sesión.", "One session's only.", valueName: "session"))
  var session: String?

  @Option(
    help: help("Solo las de una persona.", "One person's only.", valueName: "participant"))
  var participant: String?

  @OptionGroup var documents: DocumentsFlag

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let office = try replica.identity().office
    let entries = try replica.read { db in
      try Attendances.list(
        session: session, participant: participant, office: office, unmasked: documents.areShown,
        in: db)
    }
    try invocation.print(
      .array(entries.map(RecordOutput.document)), text: Self.table(entries, invocation.language))
    return .done
  }

  private static func table(_ entries: [RecordEntry], _ language: Language) -> String {
    var grid = TextTable(
      language == .spanish
        ? ["Sesión", "Inicio", "Nombre", "Documento", "Cargo", "Entrada", "Salida"]
        : ["Session", "Start", "Name", "Document", "Role", "Entry", "Exit"])
    for entry in entries {
      grid.add(
        [entry["session_code"].description, entry["starts_on"].description]
          + [RecordOutput.name(entry), RecordOutput.identityDocument(entry)]
          + ["role_code", "pre_score", "post_score"].map { entry[$0].description })
    }
    return grid.text + RecordTexts(language: language).count(entries.count)
  }
}
