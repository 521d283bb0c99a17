internal import Foundation
internal import Replica
internal import SyncProtocol
internal import SyncTransport
internal import WebPages

/// Syncing with the centre: the button, how far it has come, and what came of it, in plain words.
struct SyncPages: Sendable {
  let office: Office

  func add(to routes: WebRoutes) {
    routes.get("sync") { try show($0) }
    routes.post("sync", roles: Permission.sync, limit: 4096) { request in
      office.sync.start()
      return .redirect("/sync")
    }
  }

  private func show(_ request: PageRequest) throws -> PageResponse {
    let say = request.say
    let standing = try office.standing()
    var data: [String: Any] = [
      "maySync": request.user.has(Permission.sync), "unsent": say.format.number(standing.unsent),
      "proof": standing.proof(say, now: request.now), "isGood": standing.isGood,
      "conflicts": standing.conflicts, "quarantined": standing.quarantined,
      "hasConflicts": standing.conflicts > 0, "hasQuarantined": standing.quarantined > 0,
      "lastSync": standing.lastSync.map { say.format.instant($0) } ?? say("nunca", "never"),
    ]
    if let offset = standing.clockOffset, abs(offset) >= 60_000 {
      let minutes = say.format.number(Int(abs(offset) / 60_000))
      data["clock"] =
        offset > 0
        ? say(
          "El reloj de esta máquina está atrasado \(minutes) minutos; ajústelo.",
          "This machine's clock is \(minutes) minutes slow; set it.")
        : say(
          "El reloj de esta máquina está adelantado \(minutes) minutos; ajústelo.",
          "This machine's clock is \(minutes) minutes fast; set it.")
    }
    var refresh: Int?
    switch office.sync.current {
    case .idle: data["idle"] = true
    case .running(let since, let progress):
      refresh = 1
      let seconds = max(0, (request.now - since) / 1000)
      var line = say("Sincronizando desde hace \(seconds) s", "Syncing for \(seconds) s")
      if let progress {
        line += say(
          ": enviados \(progress.report.pushed), recibidos \(progress.report.pulled)",
          ": sent \(progress.report.pushed), received \(progress.report.pulled)")
        if progress.failures > 0 {
          line += say(
            "; la línea se cortó \(progress.failures) veces, sigo",
            "; the line broke \(progress.failures) times, going on")
        }
      }
      data["running"] = line + "…"
    case .done(let at, let report):
      data["done"] = Self.words(report, say, at: at)
    case .failed(let at, let error):
      let (message, hint) = Self.words(error, say)
      data["failed"] = ["message": message, "hint": hint, "at": say.format.instant(at)]
    }
    var page = request.page("sync", title: say("Sincronizar", "Sync"), data)
    page.refresh = refresh
    return page
  }

  private static func words(_ report: SyncReport, _ say: Wording, at: Int64) -> [String: Any] {
    var lines = [
      say(
        "Enviados: \(report.pushed) cambios. Recibidos: \(report.pulled).",
        "Sent: \(report.pushed) changes. Received: \(report.pulled).")
    ]
    if report.conflicts > 0 {
      lines.append(
        say(
          "Hay \(report.conflicts) conflictos nuevos que decidir.",
          "There are \(report.conflicts) new conflicts to decide."))
    }
    if report.quarantined > 0 {
      lines.append(
        say(
          "\(report.quarantined) cambios esperan en cuarentena: no se pudieron aplicar todavía.",
          "\(report.quarantined) changes wait in quarantine: they could not be applied yet."))
    }
    var data: [String: Any] = ["at": say.format.instant(at), "lines": lines]
    switch report.verified {
    case true?:
      data["verified"] = say(
        "Comprobado: esta réplica y la central son idénticas.",
        "Verified: this replica and the centre are identical.")
    case false?:
      data["different"] = say(
        "Esta réplica y la central difieren. Sincronice otra vez y, si sigue así, avise a la central.",
        "This replica and the centre differ. Sync again and, if it stays so, tell the centre.")
    case nil:
      data["unproved"] = say(
        "No se pudo comparar: alguien envió algo mientras tanto. Sincronice otra vez para comprobarlo.",
        "They could not be compared: somebody sent something meanwhile. Sync again to prove it.")
    }
    return data
  }

  private static func words(_ error: any Error, _ say: Wording) -> (message: String, hint: String) {
    guard let error = error as? SyncError else {
      return (
        say("La sincronización falló.", "The sync failed."),
        say(
          "No se perdió nada. Pruebe otra vez; si se repite, avise a quien administra el sistema.",
          "Nothing is lost. Try again; if it happens again, tell whoever administers the system.")
      )
    }
    switch error {
    case .notEnrolled:
      return (
        say(
          "Esta réplica no está inscrita en ninguna central.",
          "This replica is not enrolled at a centre."),
        say(
          "Quien administra el sistema pide un código a la central y ejecuta: quipu enroll --central URL --code CÓDIGO",
          "Whoever administers the system asks the centre for a code and runs: quipu enroll --central URL --code CODE"
        )
      )
    case .unreachable, .interrupted:
      return (
        say("No se pudo llegar a la central.", "The centre could not be reached."),
        say(
          "No se perdió nada: todo sigue aquí y se enviará cuando haya mejor línea.",
          "Nothing is lost: everything is still here and will be sent when the line is better.")
      )
    case .refused(let problem):
      return (
        say("La central no lo aceptó: \(problem.detail)", "The centre refused: \(problem.detail)"),
        problem.hint
      )
    case .busy:
      return (
        say("Otro programa ya está sincronizando.", "Another program is syncing already."),
        say("Espere a que termine.", "Wait until it is done.")
      )
    default:
      return (
        say(
          "La sincronización falló: \(error.description)", "The sync failed: \(error.description)"),
        say("No se perdió nada.", "Nothing is lost.")
      )
    }
  }
}
