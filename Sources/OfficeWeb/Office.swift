internal import Foundation
internal import GRDB
internal import Replica
internal import SyncModel
internal import SyncTransport
internal import Trainings
internal import WebPages

/// What every page of an office stands on.
struct Office: Sendable {
  let replica: Replica
  /// The code of the office whose replica this is.
  let code: String
  let environment: TrainingsEnvironment
  let sync: SyncJob
  let decisions: Decisions
  let duplicates: DuplicateCache
  let kept: KeptValues

  /// Where the replica stands, for the line on every page.
  func standing() throws -> Standing {
    let counts = try kept.value("counts") { db in try Replica.counts(db) }
    let reopened = try replica.read { db in try ReopenedDecision.all(db).count }
    return Standing(
      unsent: code == "central" ? 0 : counts.unsent, conflicts: counts.conflicts + reopened,
      quarantined: counts.quarantined,
      lastSync: try replica.setting(SyncSettings.lastSync).flatMap { Int64($0) },
      verified: try replica.setting(SyncSettings.verified).flatMap { Bool($0) },
      clockOffset: counts.clockOffsetMilliseconds)
  }

  /// The row numbers of all participants by name, as they were at `at`.
  func participantOrder() throws -> KeptValues.Known<[Int64]> {
    try kept.recent("participants") { db in
      var names: [(key: String, row: Int64)] = []
      let rows = try Row.fetchCursor(
        db,
        sql: "SELECT rowid, paternal_surname, maternal_surname, given_names FROM participant")
      while let row = try rows.next() {
        names.append(
          (
            PersonName.sortKey(paternal: row[1], maternal: row[2] ?? "", given: row[3]), row[0]
          ))
      }
      return names.sorted { $0 < $1 }.map(\.row)
    }
  }

  /// What surrounds every page.
  func chrome(_ request: PageRequest) throws -> WebSite.Chrome {
    let standing = try standing()
    let name = try replica.read { db in try RecordWords(db, request.say).officeTitle(code) }
    return WebSite.Chrome(
      name: "Quipu · \(name)",
      links: [
        .init("/", request.pick("Hoy", "Today")),
        .init("/sessions", request.pick("Sesiones", "Sessions")),
        .init("/participants", request.pick("Participantes", "Participants")),
        request.user.has(Permission.enter)
          ? .init("/import", request.pick("Importar", "Import")) : nil,
        .init("/quality", request.pick("Por completar", "To complete")),
        .init("/conflicts", request.pick("Conflictos", "Conflicts"), count: standing.conflicts),
        .init("/sync", request.pick("Sincronizar", "Sync")),
      ].compactMap(\.self),
      status: (standing.line(request.say, now: request.now), "/sync", standing.isGood))
  }
}

/// Where a replica stands with its centre.
struct Standing: Sendable {
  /// Changes that the centre has not acknowledged.
  var unsent: Int
  var conflicts: Int
  var quarantined: Int
  var lastSync: Int64?
  /// What the last comparison of digests came to.
  var verified: Bool?
  /// Central clock less this machine's, in milliseconds.
  var clockOffset: Int64?

  /// Whether everything is with the centre and was proved equal.
  var isGood: Bool { unsent == 0 && verified == true }

  /// `Todo enviado · idéntica a la central, hace 3 h`.
  func line(_ say: Wording, now: Int64) -> String {
    let sent =
      unsent == 0
      ? say("Todo enviado", "Everything sent")
      : say.count(
        unsent, (one: "cambio por enviar", many: "cambios por enviar"),
        (one: "change to send", many: "changes to send"))
    return "\(sent) · \(proof(say, now: now))"
  }

  /// What is known of the equality with the centre, and since when.
  func proof(_ say: Wording, now: Int64) -> String {
    guard let lastSync else {
      return say("nunca se ha sincronizado", "never synced")
    }
    let ago = say.ago(lastSync, now: now)
    switch verified {
    case true?:
      return unsent == 0
        ? say("comprobado igual a la central \(ago)", "proved equal to the centre \(ago)")
        : say(
          "igual a la central \(ago), antes de estos cambios",
          "equal to the centre \(ago), before these changes")
    case false?: return say("distinta de la central \(ago)", "differed from the centre \(ago)")
    case nil: return say("última sincronización \(ago)", "last sync \(ago)")
    }
  }
}

extension String {
  /// The text as one part of a path.
  var pathPart: String {
    addingPercentEncoding(withAllowedCharacters: Self.partCharacters) ?? ""
  }

  private static let partCharacters = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}

extension DatabaseValue {
  /// The value as a form shows it: empty for NULL, `14.5`, `14`.
  var formText: String {
    switch storage {
    case .null, .blob: ""
    case .int64(let number): "\(number)"
    case .double(let number): RecordEntry.Value.number(number).description
    case .string(let text): text
    }
  }
}
