import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu conflicts resolve`: a person's decision.
struct ConflictsResolve: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "resolve",
      abstract: Language.ofProcess.pick(
        "Decide un conflicto; la decisión llega a todas las oficinas.",
        "Decides a conflict; the decision reaches every office."))
  }

  @Argument(help: help("El conflicto.", "The conflict.", valueName: "id"))
  var id: String

  @Option(
    parsing: .unconditional,
    help: help(
      "current (lo que se muestra), other (lo que se le opone) o un valor; vacío deja la celda sin valor.",
      "current (what is shown), other (what stands against it) or a value; empty leaves the cell without one.",
      valueName: "current|other|value"))
  var keep: String

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let texts = ConflictTexts(language: invocation.language)
    let replica = try invocation.openReplica()
    guard let conflict = try replica.conflicts(id: id).first else {
      throw ReplicaError(.unknownConflict(id))
    }
    guard conflict.isOpen else { throw ReplicaError(.conflictClosed(id)) }
    try replica.decide(id, decision(conflict, in: replica, texts))
    let after = try replica.conflicts(id: id).first ?? conflict
    try invocation.print(ConflictOutput.document(after), text: texts.resolved(id))
    return .done
  }

  private func decision(
    _ conflict: ReplicaConflict, in replica: Replica, _ texts: ConflictTexts
  ) throws -> ConflictDecision {
    switch keep {
    case "current": return .current
    case "other": return .other
    default:
      guard let column = conflict.column else {
        throw Failure(code: "cannot_decide", message: texts.noValue(id))
      }
      if keep.isEmpty { return .value(.null) }
      let type = try replica.read { db in
        try TableShape(db, table: conflict.table).columns.first { $0.name == column }?.type
          ?? "TEXT"
      }
      switch type {
      case "INTEGER":
        guard let integer = Int64(keep) else {
          throw Failure(code: "invalid_value", message: texts.badValue(column, type))
        }
        return .value(.integer(integer))
      case "REAL":
        let text = String(keep.map { $0 == "," ? "." : $0 })
        guard let real = Double(text), real.isFinite else {
          throw Failure(code: "invalid_value", message: texts.badValue(column, type))
        }
        return .value(.real(real))
      default: return .value(.text(keep))
      }
    }
  }
}
