import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu participant list`: participants by surname.
struct ParticipantCommandList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Lista los participantes.", "Lists participants."))
  }

  @Option(
    help: help(
      "Parte de un nombre, sin importar tildes ni mayúsculas.",
      "Part of a name, without regard to tildes and capitals.", valueName: "text"))
  var search: String?

  @OptionGroup var documents: DocumentsFlag

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let entries = try invocation.openReplica().read { db in
      try Participants.list(search: search, unmasked: documents.areShown, in: db)
    }
    try invocation.print(
      .array(entries.map(RecordOutput.document)), text: Self.table(entries, invocation.language))
    return .done
  }

  private static func table(_ entries: [RecordEntry], _ language: Language) -> String {
    var grid = TextTable(
      language == .spanish
        ? ["Nombre", "Documento", "Institución", "Cargo", "Asistencias", "Identificador"]
        : ["Name", "Document", "Institution", "Role", "Attendances", "Identifier"])
    for entry in entries {
      grid.add(
        [RecordOutput.name(entry), RecordOutput.identityDocument(entry)]
          + ["institution_code", "role_code", "attendances", "id"].map { entry[$0].description })
    }
    return grid.text + RecordTexts(language: language).count(entries.count)
  }
}
