public import GRDB
public import Replica
import SyncModel

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// Closing a period: from then on its report says what it said on that day.
///
/// The row of `period_close` syncs with the whole data set in it, so every replica can print the
/// closed report again. Only the centre closes: two closings of one period would contradict each
/// other.
public enum PeriodClosing {
  /// Why a period was not closed or opened.
  public enum Failure: Error, Hashable, Sendable {
    /// This replica belongs to an office.
    case notAtCentre(office: String)
    /// It was closed before, at an ISO instant if that is known.
    case alreadyClosed(String, at: String?)
    /// It is open.
    case notClosed(String)
    /// The cut-off is a day that has not passed.
    case stillRunning(String, until: String)
    /// What the row keeps cannot be read by this program.
    case unreadable(String)
    /// Somebody writes all the time, so that no instant could be kept.
    case busy
  }

  /// Closes a period with what the records say now.
  ///
  /// - Parameters:
  ///   - cutOff: The last day that counts, ISO; nil for the period's last day.
  ///   - by: Who closes, as they name themselves.
  ///   - at: The present instant.
  /// - Throws: ``Failure``; then nothing was written.
  public static func close(
    _ replica: Replica, period: Period, cutOff: String? = nil, by: String?, at: Date
  ) throws -> QuarterReport {
    try checkCentre(replica)
    let last = cutOff ?? period.lastDay
    guard last < QuarterReport.instant(at).prefix(10) else {
      throw Failure.stillRunning(period.description, until: last)
    }
    // What is kept must be exactly what the log holds up to a number: nothing may stand unsealed.
    for _ in 0..<5 {
      try replica.seal()
      let report = try replica.write { db -> QuarterReport? in
        guard try !Replica.hasUnsealedWrites(db) else { return nil }
        if let row = try row(db, period) {
          throw Failure.alreadyClosed(period.description, at: row["closed_at"])
        }
        var report = try QuarterReport.compute(
          replica, db, period: period, cutOff: cutOff, madeAt: at)
        let sequence = try Replica.lastLogNumber(db)
        report.closing = QuarterReport.Closing(
          closedAt: report.madeAt, closedBy: by, centralSequence: sequence)
        try db.execute(
          sql: """
            INSERT INTO period_close
              (period, cut_off, central_sequence, definitions_version, closed_by, closed_at, result)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [
            period.description, report.span.cutOff, sequence, report.definitionsVersion, by,
            report.madeAt, Data(try ReportArchive.pack(report)),
          ])
        return report
      }
      if let report {
        try replica.seal()
        return report
      }
    }
    throw Failure.busy
  }

  /// Opens a closed period again, so that it can be closed with what is known now.
  ///
  /// What it said stays in the history of the row.
  public static func reopen(_ replica: Replica, period: Period) throws {
    try checkCentre(replica)
    try replica.write { db in
      guard try row(db, period) != nil else { throw Failure.notClosed(period.description) }
      try db.execute(
        sql: "DELETE FROM period_close WHERE period = ?", arguments: [period.description])
    }
    try replica.seal()
  }

  /// The report that a closed period keeps; nil where it is open, or was closed by a program that
  /// kept none.
  public static func load(_ db: Database, period: Period) throws -> QuarterReport? {
    guard let row = try row(db, period), let bytes: Data = row["result"] else { return nil }
    do {
      return try ReportArchive.unpack([UInt8](bytes))
    } catch {
      throw Failure.unreadable(period.description)
    }
  }

  /// What should be settled before closing: nothing of it prevents it.
  public static func open(
    in report: QuarterReport, _ locale: ReportLocale
  ) -> [String] {
    var lines: [String] = []
    for office in report.offices where office.code != "central" {
      let name = office.name.text(locale)
      if let sync = office.lastSync, sync.prefix(10) <= report.span.cutOff {
        lines.append(
          locale.pick(
            "\(name) sincronizó por última vez el \(locale.date(sync)), antes del fin del periodo",
            "\(name) last synced on \(locale.date(sync)), before the end of the period"))
      } else if office.lastSync == nil, office.lastWrite == nil {
        lines.append(
          locale.pick("no ha llegado nada de \(name)", "nothing of \(name) has arrived"))
      }
      if let unsent = office.unsent, unsent > 0 {
        lines.append(
          locale.pick(
            "\(name) declaró \(locale.number(unsent)) cambios sin enviar",
            "\(name) declared \(locale.number(unsent)) unsent changes"))
      }
    }
    let doubts = report.doubts
    if doubts.openConflicts > 0 {
      lines.append(
        locale.pick(
          "conflictos abiertos: \(locale.number(doubts.openConflicts)), de ellos "
            + "\(locale.number(doubts.disputedScores)) de puntajes (quipu conflicts list)",
          "open conflicts: \(locale.number(doubts.openConflicts)), of them "
            + "\(locale.number(doubts.disputedScores)) about scores (quipu conflicts list)"))
    }
    if doubts.duplicateDocuments > 0 {
      lines.append(
        locale.pick(
          "documentos repetidos sin decidir: \(locale.number(doubts.duplicateDocuments)) (quipu duplicates list)",
          "repeated documents without a decision: \(locale.number(doubts.duplicateDocuments)) (quipu duplicates list)"
        ))
    }
    if doubts.quarantined > 0 {
      lines.append(
        locale.pick(
          "cambios en cuarentena: \(locale.number(doubts.quarantined)) (quipu status)",
          "changes in quarantine: \(locale.number(doubts.quarantined)) (quipu status)"))
    }
    let overdue = report.sessions.count { $0.status == "planned" || $0.status == nil }
    if overdue > 0 {
      lines.append(
        locale.pick(
          "sesiones del periodo que siguen programadas o sin estado: \(locale.number(overdue)) (quipu report quality)",
          "sessions of the period still planned or without a status: \(locale.number(overdue)) (quipu report quality)"
        ))
    }
    return lines
  }

  private static func row(_ db: Database, _ period: Period) throws -> Row? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM period_close WHERE period = ?", arguments: [period.description])
  }

  private static func checkCentre(_ replica: Replica) throws {
    let office = try replica.identity().office
    guard office == "central" else { throw Failure.notAtCentre(office: office) }
  }
}

extension PeriodClosing.Failure: CustomStringConvertible {
  /// The sentence in English.
  public var description: String { message(.english) }

  /// A name for programs; never changes.
  public var code: String {
    switch self {
    case .notAtCentre: "not_at_centre"
    case .alreadyClosed: "period_closed"
    case .notClosed: "period_open"
    case .stillRunning: "period_running"
    case .unreadable: "period_unreadable"
    case .busy: "replica_busy"
    }
  }

  /// What went wrong.
  public func message(_ locale: ReportLocale) -> String {
    switch self {
    case .notAtCentre(let office):
      locale.pick(
        "solo la central cierra periodos; esta réplica es de la oficina «\(office)»",
        "only the centre closes periods; this replica belongs to the office \"\(office)\"")
    case .alreadyClosed(let period, let at):
      locale.pick(
        "el periodo \(period) ya está cerrado\(at.map { " desde el \(locale.instant($0))" } ?? "")",
        "the period \(period) is closed already\(at.map { ", since \(locale.instant($0))" } ?? "")")
    case .notClosed(let period):
      locale.pick("el periodo \(period) no está cerrado", "the period \(period) is not closed")
    case .stillRunning(let period, let until):
      locale.pick(
        "el periodo \(period) no ha terminado: cuenta hasta el \(locale.date(until))",
        "the period \(period) has not ended: it counts until \(locale.date(until))")
    case .unreadable(let period):
      locale.pick(
        "este programa no puede leer lo que guarda el cierre de \(period)",
        "this program cannot read what the closing of \(period) keeps")
    case .busy:
      locale.pick(
        "otro programa escribe sin parar en la réplica", "another program keeps writing the replica"
      )
    }
  }

  /// What to do next.
  public func hint(_ locale: ReportLocale) -> String {
    switch self {
    case .notAtCentre:
      locale.pick(
        "Ejecute la orden con la base de la central: quipu --replica central.sqlite report close …",
        "Run it on the centre's database: quipu --replica central.sqlite report close …")
    case .alreadyClosed(let period, _):
      locale.pick(
        "Lo que llegó después: quipu report adjustments --period \(period). "
          + "Para cerrarlo otra vez: quipu report reopen --period \(period).",
        "What arrived since: quipu report adjustments --period \(period). "
          + "To close it again: quipu report reopen --period \(period).")
    case .notClosed(let period):
      locale.pick(
        "Ciérrelo con: quipu report close --period \(period).",
        "Close it with: quipu report close --period \(period).")
    case .stillRunning:
      locale.pick(
        "Espere a que termine, o dé un corte anterior con --cut-off.",
        "Wait until it ends, or give an earlier --cut-off.")
    case .unreadable:
      locale.pick("Actualice el programa.", "Update the program.")
    case .busy:
      locale.pick("Repita la orden.", "Repeat the command.")
    }
  }
}
