import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu import list`: the imports of this machine.
struct ImportList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Las importaciones de este equipo, la última primero.",
        "The imports of this machine, the last one first."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let records = try invocation.openReplica().read { try ImportHistory.list(in: $0) }
    try invocation.print(
      .array(records.map(document)), text: table(records, invocation.language))
    return .done
  }

  private func document(_ record: ImportRecord) -> JSONValue {
    .object([
      ("number", .integer(record.number)), ("kind", .string(record.kind.rawValue)),
      ("office", .string(record.office)), ("file", .string(record.file)),
      ("takenAt", .string(record.takenAt)), ("read", .integer(record.read)),
      ("inserted", .integer(record.inserted)), ("updated", .integer(record.updated)),
      ("unchanged", .integer(record.unchanged)), ("rejected", .integer(record.rejected)),
      ("undoneAt", .optional(record.undoneAt)), ("pending", .integer(record.pending)),
    ])
  }

  private func table(_ records: [ImportRecord], _ language: Language) -> String {
    guard !records.isEmpty else {
      return language.pick(
        "Todavía no se importó nada en este equipo.", "Nothing has been imported on this machine.")
    }
    var table = TextTable([
      language.pick("N.º", "No."), language.pick("fecha", "when"), language.pick("archivo", "file"),
      language.pick("nuevas", "new"), language.pick("actualizadas", "updated"),
      language.pick("rechazadas", "rejected"), "",
    ])
    for record in records {
      let state =
        record.undoneAt == nil
        ? record.pending == 0 ? language.pick("ya no se puede deshacer", "too old to undo") : ""
        : record.pending == 0
          ? language.pick("deshecha", "undone")
          : language.pick("deshecha en parte", "partly undone")
      table.add([
        "\(record.number)", LocalTime.minute(iso: record.takenAt), record.file,
        "\(record.inserted)",
        "\(record.updated)", "\(record.rejected)", state,
      ])
    }
    return table.text
  }
}
