import GRDB
import Indicators
import Replica
import SyncProtocol
import SyncTransport
import Trainings

extension Failure {
  /// Words for what another module threw.
  init(_ error: any Error, language: Language) {
    switch error {
    case let failure as Failure:
      self = failure
    case let error as ReplicaError:
      self.init(error, language: language)
    case let error as TrainingsError:
      self.init(
        code: error.code, message: error.message(in: language), hint: error.hint(in: language))
    case let error as PersonDecision.Failure:
      self.init(
        code: "unknown_participant", message: error.message(spanish: language == .spanish),
        hint: language.pick(
          "Vea «quipu participant list» y «quipu duplicates list».",
          "See “quipu participant list” and “quipu duplicates list”."))
    case let error as BundleError:
      self.init(error, language: language)
    case let error as PeriodClosing.Failure:
      self.init(error, language: language)
    case let error as CredentialError:
      self.init(
        code: "credential",
        message: language.pick(error.spanishMessage, error.description))
    case let error as DatabaseError:
      self.init(error, language: language)
    case let error as SyncError:
      let isSpanish = language == .spanish
      self.init(
        code: error.code, message: isSpanish ? error.spanishMessage : error.description,
        hint: isSpanish ? error.spanishHint : error.hint,
        status: ExitStatus(rawValue: error.exitCode) ?? .failed)
    default:
      self.init(code: "failed", message: "\(error)")
    }
  }

  private init(_ error: ReplicaError, language: Language) {
    let isSpanish = language == .spanish
    self.init(
      code: error.code, message: isSpanish ? error.spanishMessage : error.description,
      hint: isSpanish ? error.spanishHint : error.hint)
    switch error.reason {
    case .notAReplica, .damaged: status = .damaged
    default: status = .failed
    }
  }

  /// SQLite's own complaints, which name tables and columns, never values.
  private init(_ error: DatabaseError, language: Language) {
    let detail = error.message ?? "\(error.resultCode)"
    switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self.init(
        code: "replica_damaged",
        message: language.pick(
          "la réplica está dañada: \(detail)", "the replica is damaged: \(detail)"),
        hint: language.pick(
          "Conserve el archivo dañado y restaure una copia de seguridad a su lado.",
          "Keep the damaged file and restore a backup beside it."),
        status: .damaged)
    case _ where error.meansFullDisk:
      self.init(
        code: "disk_full",
        message: language.pick(
          "el disco no admite más: está lleno, o hay un límite al tamaño de los archivos; "
            + "lo ya guardado está intacto",
          "the disk takes no more: it is full, or the size of files is limited; "
            + "what was saved before is unharmed"),
        hint: language.pick(
          "Libere espacio y repita la orden.", "Free some space and repeat the command."))
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM:
      self.init(
        code: "replica_read_only",
        message: language.pick(
          "no se puede escribir en la réplica: \(detail)",
          "the replica cannot be written: \(detail)"),
        hint: language.pick(
          "Revise los permisos del archivo y de su carpeta.",
          "Check the permissions of the file and its folder."))
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        code: "replica_busy",
        message: language.pick(
          "otro programa tiene la réplica ocupada", "another program keeps the replica busy"),
        hint: language.pick(
          "Cierre el otro programa, o espere, y repita la orden.",
          "Close the other program, or wait, and repeat the command."))
    case .SQLITE_CONSTRAINT:
      self.init(
        code: "constraint",
        message: language.pick(
          "la tabla no admite ese valor: \(detail)",
          "the table does not admit that value: \(detail)"),
        hint: language.pick("Corrija el valor.", "Correct the value."))
    default:
      self.init(
        code: "database",
        message: language.pick("SQLite no pudo: \(detail)", "SQLite could not: \(detail)"))
    }
  }
}
