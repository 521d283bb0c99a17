import Foundation
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Trainings

/// What a look at a replica's surroundings finds, each with its remedy: what `quipu check` says beside
/// the state of the file itself.
struct Finding: Equatable {
  /// A name for programs; never changes.
  var code: String
  /// What was found.
  var message: String
  /// What to do.
  var remedy: String
  /// Whether it waits for somebody, and the program ends with status 3.
  var needsPerson = false

  var document: JSONValue {
    .object([
      ("code", .string(code)), ("message", .string(message)), ("remedy", .string(remedy)),
      ("needsPerson", .bool(needsPerson)),
    ])
  }
}

/// What the findings follow from.
struct Surroundings {
  var now: Int64
  var isCentral: Bool
  var isEnrolled: Bool
  /// Whether the key that signs this replica's changes is there.
  var hasKey: Bool
  var counts: ReplicaCounts
  /// Why changes are in quarantine.
  var quarantineReasons: Set<QuarantineReason>
  var carried: Int
  var lastSync: Int64?
  var verified: Bool?
  var lastBackup: Int64?
  var databaseBytes: Int64
  var freeBytes: Int64?
  /// Permissions of the credential's file; nil where there is none.
  var credentialMode: Int?

  init(_ replica: Replica, now: Int64) throws {
    self.now = now
    isCentral = try replica.identity().office == "central"
    let credential = CredentialFile(besideReplica: replica.path)
    isEnrolled = try credential.load().enrolment != nil
    hasKey =
      try FileSigningKeys(file: credential).publicKey(
        of: replica.identity().id, creating: false) != nil
    counts = try replica.counts()
    quarantineReasons = try counts.quarantined > 0 ? Set(replica.quarantine().map(\.reason)) : []
    carried = try replica.carriedChanges()
    lastSync = try replica.setting(SyncSettings.lastSync).flatMap { Int64($0) }
    verified = try replica.setting(SyncSettings.verified).flatMap { Bool($0) }
    lastBackup = try replica.setting(Replica.lastBackup).flatMap { Int64($0) }
    let file = try? FileManager.default.attributesOfItem(atPath: replica.path)
    databaseBytes = (file?[.size] as? NSNumber)?.int64Value ?? 0
    let folder = URL(filePath: replica.path).deletingLastPathComponent().path()
    let disk = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    freeBytes = (disk?[.systemFreeSize] as? NSNumber)?.int64Value
    let secret = try? FileManager.default.attributesOfItem(atPath: credential.path)
    credentialMode = (secret?[.posixPermissions] as? NSNumber)?.intValue
  }

  private static let day: Int64 = 86_400_000

  func findings(_ language: Language) -> [Finding] {
    var found: [Finding] = []
    func add(
      _ code: String, _ spanish: (String, String), _ english: (String, String), _ needsPerson: Bool
    ) {
      let (message, remedy) = language == .spanish ? spanish : english
      found.append(
        Finding(code: code, message: message, remedy: remedy, needsPerson: needsPerson))
    }
    if let mode = credentialMode, mode & 0o077 != 0 {
      let octal = String(mode & 0o777, radix: 8)
      add(
        "credential_mode",
        (
          "Otros usuarios de esta máquina pueden leer la credencial (modo \(octal)).",
          "Ejecute: chmod 600 en el archivo .credential que está junto a la réplica."
        ),
        (
          "Other users of this machine can read the credential (mode \(octal)).",
          "Run chmod 600 on the .credential file beside the replica."
        ), true)
    }
    if !hasKey {
      add(
        "no_key",
        (
          "Falta la clave con que esta réplica firma: el archivo .credential no está junto a ella.",
          isCentral
            ? "Ponga de nuevo el archivo .credential de la copia; sin él las oficinas no aceptan lo que la central escriba."
            : "Si el archivo está en otra parte, póngalo de nuevo; si se perdió, pida un código e inscríbase otra vez: nada de lo escrito se pierde."
        ),
        (
          "The key that signs for this replica is missing: the .credential file is not beside it.",
          isCentral
            ? "Put the .credential file back from the backup; without it offices refuse what the centre writes."
            : "If the file is elsewhere, put it back; if it is lost, ask for a code and enroll again: nothing that was written is lost."
        ), true)
    }
    if counts.quarantined > 0 { addQuarantine(add) }
    if counts.held > 0 {
      add(
        "held",
        (
          "\(counts.held) envíos esperan a otro anterior que no ha llegado.",
          "Sincronice, o importe la parte del paquete que falta."
        ),
        (
          "\(counts.held) changesets wait for an earlier one that has not arrived.",
          "Sync, or import the part of the bundle that is missing."
        ), true)
    }
    if counts.conflicts > 0 {
      add(
        "conflicts",
        ("Hay \(counts.conflicts) conflictos abiertos.", "Decídalos: quipu conflicts list."),
        ("There are \(counts.conflicts) open conflicts.", "Decide them: quipu conflicts list."),
        false)
    }
    if let offset = counts.clockOffsetMilliseconds, abs(offset) >= 60_000 {
      add(
        "clock",
        (
          "El reloj de esta máquina difiere \(abs(offset) / 60_000) minutos del de la central.",
          "Ajústelo: timedatectl set-ntp true."
        ),
        (
          "This machine's clock differs from the centre's by \(abs(offset) / 60_000) minutes.",
          "Set it: timedatectl set-ntp true."
        ), false)
    }
    if !isCentral { addSync(add) }
    addDisk(add)
    return found
  }

  private typealias Add = (String, (String, String), (String, String), Bool) -> Void

  private func addQuarantine(_ add: Add) {
    let message = (
      counts.quarantined == 1
        ? "1 cambio espera en cuarentena." : "\(counts.quarantined) cambios esperan en cuarentena.",
      counts.quarantined == 1
        ? "1 change waits in quarantine." : "\(counts.quarantined) changes wait in quarantine."
    )
    let remedy: (String, String) =
      if quarantineReasons == [.scope] {
        (
          "Son de registros que solo su propia oficina puede cambiar: que lo haga ella, o que la central lo permita (quipu-central scope).",
          "They are of records that only their own office may change: let that office change them, or the centre allow it (quipu-central scope)."
        )
      } else if isCentral {
        (
          "Suele bastar con actualizar la central; si siguen ahí, vea cuáles son en la página Cuarentena.",
          "Upgrading the central node is usually enough; if they stay, see which they are on the page Quarantine."
        )
      } else {
        (
          "Suele bastar con actualizar este programa; si siguen ahí, avise a la central.",
          "Upgrading this program is usually enough; if they stay, tell the centre."
        )
      }
    add("quarantine", (message.0, remedy.0), (message.1, remedy.1), true)
  }

  private func addSync(_ add: Add) {
    if !isEnrolled {
      add(
        "not_enrolled",
        (
          "Esta réplica no está inscrita en la central: sus datos están solo aquí.",
          "Pida un código a la central: quipu enroll --central URL --code CÓDIGO."
        ),
        (
          "This replica is not enrolled with the centre: its data are here alone.",
          "Ask the centre for a code: quipu enroll --central URL --code CODE."
        ), false)
    } else if lastSync == nil || now - (lastSync ?? 0) > 7 * Self.day, counts.unsent > 0 {
      let days = lastSync.map { (now - $0) / Self.day }
      add(
        "old_sync",
        (
          (days.map { "La última sincronización fue hace \($0) días" } ?? "Nunca se ha sincronizado")
            + " y hay \(counts.unsent) cambios por enviar"
            + (carried > 0 ? ", \(carried) de ellos en un paquete sin recibo." : "."),
          "Sincronice (quipu sync) o lleve un paquete (quipu bundle export)."
        ),
        (
          (days.map { "The last sync was \($0) days ago" } ?? "It was never synced")
            + " and \(counts.unsent) changes are to be sent"
            + (carried > 0 ? ", \(carried) of them in a bundle without a receipt." : "."),
          "Sync (quipu sync) or carry a bundle (quipu bundle export)."
        ), false)
    }
    if verified == false {
      add(
        "differs",
        (
          "En la última sincronización esta réplica y la central diferían.",
          "Sincronice otra vez; si sigue así, avise a la central."
        ),
        (
          "At the last sync this replica and the centre differed.",
          "Sync again; if it stays so, tell the centre."
        ), true)
    }
  }

  private func addDisk(_ add: Add) {
    // A backup, a migration and the log of a large import each need room for a copy.
    if let freeBytes, freeBytes < max(3 * databaseBytes, 200_000_000) {
      let megabytes = freeBytes / 1_000_000
      add(
        "disk_space",
        (
          "Quedan \(megabytes) MB libres en el disco de la réplica.",
          "Libere espacio; las copias viejas (.before-….sqlite) se pueden llevar a otro disco."
        ),
        (
          "\(megabytes) MB are free on the replica's disk.",
          "Free some space; old copies (.before-….sqlite) can be moved to another disk."
        ), false)
    }
    if lastBackup.map({ now - $0 > 7 * Self.day }) ?? true {
      let days = lastBackup.map { (now - $0) / Self.day }
      add(
        "backup_age",
        (
          days.map { "La última copia de seguridad tiene \($0) días." }
            ?? "De esta réplica no se ha hecho ninguna copia de seguridad.",
          "Haga una: quipu backup rotate CARPETA, en otro disco."
        ),
        (
          days.map { "The last backup is \($0) days old." }
            ?? "No backup was made of this replica.",
          "Make one: quipu backup rotate FOLDER, on another disk."
        ), false)
    }
  }
}

extension [Finding] {
  /// The document of the check with these in it.
  func added(to document: JSONValue) -> JSONValue {
    guard case .object(let members) = document else { return document }
    return .object(members + [("findings", .array(map(\.document)))])
  }

  /// A line for each, and its remedy below.
  var text: String {
    map { "\n• \($0.message)\n  \($0.remedy)" }.joined()
  }
}
