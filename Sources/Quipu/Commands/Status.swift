import ArgumentParser
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Trainings

/// `quipu status`: where the replica stands.
struct Status: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "status",
      abstract: Language.ofProcess.pick(
        "Muestra en qué estado está la réplica.", "Shows where the replica stands."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let state = try ReplicaState(invocation.openReplica())
    try invocation.print(state.document, text: Texts(language: invocation.language).report(state))
    return .done
  }
}

/// What `quipu status` says, in values.
struct ReplicaState {
  let node: String
  let office: String
  let label: String?
  let unsent: Int
  let rejected: Int
  let conflicts: Int
  let quarantined: Int
  let held: Int
  /// Own changes that are in a bundle for the centre and wait for its receipt.
  let carried: Int
  let lastReceipt: Int64?
  let lastSync: Int64?
  let verified: Bool?
  let clockOffsetMilliseconds: Int64?
  let schemaVersion: Int
  /// What was out of the ordinary at the last sync.
  let events: [SyncEvent]

  init(_ replica: Replica) throws {
    let identity = try replica.identity()
    let counts = try replica.counts()
    node = identity.id.description
    office = identity.office
    label = identity.label
    // What the centre writes has nowhere to go: it is where the others send theirs.
    unsent = identity.office == "central" ? 0 : counts.unsent
    rejected = try RejectedRowsCount(replica).total
    conflicts = counts.conflicts
    quarantined = counts.quarantined
    held = counts.held
    carried = try replica.carriedChanges()
    lastReceipt = try replica.setting(BundleSettings.receiptAt).flatMap { Int64($0) }
    lastSync = try replica.setting(SyncSettings.lastSync).flatMap { Int64($0) }
    verified = try replica.setting(SyncSettings.verified).flatMap { Bool($0) }
    clockOffsetMilliseconds = counts.clockOffsetMilliseconds
    schemaVersion = replica.schemaVersion
    events = try (replica.setting(SyncSettings.lastEvents) ?? "").split(separator: ",").compactMap {
      SyncEvent(rawValue: String($0))
    }
  }

  var document: JSONValue {
    .object([
      ("node", .string(node)), ("office", .string(office)), ("label", .optional(label)),
      ("unsent", .integer(unsent)), ("rejected", .integer(rejected)),
      ("conflicts", .integer(conflicts)), ("quarantined", .integer(quarantined)),
      ("carried", .integer(carried)), ("lastReceipt", .optional(lastReceipt.map(instant))),
      ("lastSync", .optional(lastSync.map(instant))),
      ("verified", verified.map { .bool($0) } ?? .null),
      (
        "clockOffsetSeconds",
        clockOffsetMilliseconds.map { .number(Double($0) / 1000) } ?? .null
      ),
      ("schemaVersion", .integer(schemaVersion)),
      ("lastSyncEvents", .array(events.map { .string($0.rawValue) })),
    ])
  }
}

extension Status {
  struct Texts {
    let language: Language

    func report(_ state: ReplicaState) -> String {
      var lines = [
        language.pick("Oficina:         ", "Office:        ") + state.office
          + (state.label.map { " (\($0))" } ?? ""),
        language.pick("Nodo:            ", "Node:          ") + state.node,
        language.pick("Por enviar:      ", "To send:       ") + changes(state.unsent),
        language.pick("Sincronizada:    ", "Last sync:     ") + lastSync(state),
      ]
      if state.carried > 0 {
        lines.insert(
          language.pick(
            "                 de ellos \(changes(state.carried)) en un paquete, sin recibo todavía",
            "               \(changes(state.carried)) of them in a bundle, without a receipt yet"),
          at: 3)
      }
      if let receipt = state.lastReceipt {
        lines.append(
          language.pick("Último recibo:   ", "Last receipt:  ") + LocalTime.minute(receipt))
      }
      if state.rejected > 0 {
        lines.append(
          language.pick(
            "Rechazadas:      \(state.rejected) filas de archivos importados, por corregir",
            "Rejected:      \(state.rejected) rows of imported files, to be corrected"))
      }
      if state.conflicts > 0 {
        lines.append(
          language.pick(
            "Conflictos:      \(state.conflicts) abiertos; véalos con «quipu conflicts list»",
            "Conflicts:     \(state.conflicts) open; see “quipu conflicts list”"))
      }
      if state.quarantined > 0 {
        lines.append(
          language.pick(
            "En cuarentena:   \(changes(state.quarantined)) que no se pudieron aplicar todavía; "
              + "véalos con «quipu quarantine»",
            "Quarantined:   \(changes(state.quarantined)) that could not be applied yet; "
              + "see “quipu quarantine”"))
      }
      if state.held > 0 {
        lines.append(
          language.pick(
            "En espera:       \(state.held) envíos a los que les falta otro anterior",
            "Held:          \(state.held) changesets that wait for an earlier one"))
      }
      if let offset = state.clockOffsetMilliseconds, abs(offset) >= 60_000 {
        lines.append(clock(Int(offset / 1000)))
      }
      lines += state.events.map {
        language.pick("Última vez:      ", "Last time:     ") + $0.words(language)
      }
      return lines.joined(separator: "\n")
    }

    private func changes(_ count: Int) -> String {
      language.pick(
        count == 1 ? "1 cambio" : "\(count) cambios", count == 1 ? "1 change" : "\(count) changes")
    }

    private func lastSync(_ state: ReplicaState) -> String {
      guard let lastSync = state.lastSync else { return language.pick("nunca", "never") }
      let proof =
        switch state.verified {
        case true?: language.pick("; idéntica a la central", "; identical to the centre")
        case false?: language.pick("; distinta de la central", "; differs from the centre")
        case nil: ""
        }
      return LocalTime.minute(lastSync) + proof
    }

    private func clock(_ seconds: Int) -> String {
      let minutes = abs(seconds) / 60
      return seconds > 0
        ? language.pick(
          "Reloj:           esta máquina está atrasada \(minutes) minutos; ajústelo",
          "Clock:         this machine is \(minutes) minutes slow; set it")
        : language.pick(
          "Reloj:           esta máquina está adelantada \(minutes) minutos; ajústelo",
          "Clock:         this machine is \(minutes) minutes fast; set it")
    }
  }
}
