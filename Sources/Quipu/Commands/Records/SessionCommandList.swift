import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu session list`: sessions in order of time.
struct SessionCommandList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Lista las sesiones.", "Lists sessions."))
  }

  @Option(help: help("Solo las de una oficina.", "One office's only.", valueName: "office"))
  var office: String?

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let entries = try invocation.openReplica().read { db in
      try Sessions.list(office: office, in: db)
    }
    try invocation.print(
      .array(entries.map(RecordOutput.document)), text: Self.table(entries, invocation.language))
    return .done
  }

  private static func table(_ entries: [RecordEntry], _ language: Language) -> String {
    var grid = TextTable(
      language == .spanish
        ? ["Oficina", "Código", "Inicio", "Estado", "Asistencias", "Título"]
        : ["Office", "Code", "Start", "Status", "Attendances", "Title"])
    for entry in entries {
      grid.add(
        ["office_code", "code", "starts_on", "status", "attendances", "title"].map {
          entry[$0].description
        })
    }
    return grid.text + RecordTexts(language: language).count(entries.count)
  }
}
