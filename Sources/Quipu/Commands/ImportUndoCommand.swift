import ArgumentParser
import GRDB
import Replica
import Trainings

/// `quipu import undo`: takes imports back, each as a whole.
struct ImportUndoCommand: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "undo",
      abstract: Language.ofProcess.pick(
        "Deshace importaciones enteras.", "Takes imports back as a whole."),
      discussion: Language.ofProcess.pick(
        """
        Lo que la importación escribió y nadie tocó vuelve a como estaba; lo que alguien cambió después se \
        queda y se lista. Después se puede importar el archivo otra vez.
        """,
        """
        What the import wrote and nobody has touched is put back; what somebody changed since stays and is \
        listed. The file can then be imported again.
        """))
  }

  @Argument(
    help: help(
      "Los números, como en «quipu import list».", "The numbers, as in “quipu import list”.",
      valueName: "number"))
  var numbers: [Int]

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    // The last one first: it may have built on those before.
    let ordered = Set(numbers).sorted(by: >)
    let (reports, labels) = try replica.write { db in
      let reports = try ordered.map { try ImportUndo.run($0, in: db) }
      return (reports, try RowLabels(db, reports.flatMap(\.kept).map { ($0.table, $0.key) }))
    }
    try invocation.print(
      reports.count == 1
        ? document(reports[0], labels) : .array(reports.map { document($0, labels) }),
      text: reports.map { text($0, labels, invocation.language) }.joined(separator: "\n"))
    return reports.allSatisfy { $0.kept.isEmpty } ? .done : .needsPerson
  }

  private func document(_ report: UndoReport, _ labels: RowLabels) -> JSONValue {
    .object([
      ("number", .integer(report.number)), ("deleted", .integer(report.deleted)),
      ("restored", .integer(report.restored)),
      ("kept", .array(report.kept.map { document($0, labels) })),
    ])
  }

  private func document(_ kept: UndoReport.Kept, _ labels: RowLabels) -> JSONValue {
    let parts = kept.key.map { JSONValue.string($0) }
    return .object([
      ("table", .string(kept.table)), ("key", parts.count == 1 ? parts[0] : .array(parts)),
      ("column", .optional(kept.column)), ("reason", .string(kept.reason.rawValue)),
      ("label", .optional(labels.label(kept.table, kept.key))),
    ])
  }

  private func text(_ report: UndoReport, _ labels: RowLabels, _ language: Language) -> String {
    let line = language.pick(
      "Importación \(report.number): \(report.deleted) filas borradas, \(report.restored) valores "
        + "como antes, \(report.kept.count) se quedan",
      "Import \(report.number): \(report.deleted) rows deleted, \(report.restored) values as before, "
        + "\(report.kept.count) stay")
    let kept = report.kept.map { kept in
      let label = labels.label(kept.table, kept.key) ?? kept.key.joined(separator: " ")
      let place = ([kept.table, label] + (kept.column.map { [$0] } ?? [])).joined(separator: ", ")
      return "  \(place): \(reason(kept.reason, language))"
    }
    return ([line] + kept).joined(separator: "\n")
  }

  private func reason(_ reason: UndoReport.Kept.Reason, _ language: Language) -> String {
    switch reason {
    case .edited: language.pick("alguien lo cambió después", "somebody changed it since")
    case .referred: language.pick("otros registros lo usan", "other records use it")
    case .disputed:
      language.pick(
        "está en conflicto; vea «quipu conflicts»", "it is in conflict; see “quipu conflicts”")
    }
  }
}
