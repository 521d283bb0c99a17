import ArgumentParser
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import Trainings

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `quipu bundle`: changes carried by hand, where there is no line.
struct BundleCommand: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "bundle",
      abstract: Language.ofProcess.pick(
        "Lleva cambios en un archivo, donde no hay línea.",
        "Carries changes in a file, where there is no line."),
      discussion: Language.ofProcess.pick(
        """
        El archivo va cifrado para quien lo recibe y firmado por quien lo hace. Se puede importar varias \
        veces y en cualquier orden, también junto con la sincronización por red. Lo que se llevó cuenta \
        como enviado cuando vuelve el recibo de la central.
        """,
        """
        The file is sealed for whom it is made and signed by who makes it. It can be imported several \
        times and in any order, beside syncing over the network too. What was carried counts as sent when \
        the centre's receipt comes back.
        """),
      subcommands: [BundleCommandExport.self, BundleCommandImport.self, BundleCommandReceipt.self])
  }
}

/// Who is at the other end of a bundle.
struct BundleParties {
  let invocation: Invocation
  let replica: Replica
  let export: BundleExport

  init(_ invocation: Invocation, _ replica: Replica) {
    self.invocation = invocation
    self.replica = replica
    export = BundleExport(replica, keys: Self.keys(invocation), now: { Invocation.now() })
  }

  static func keys(_ invocation: Invocation) -> FileSigningKeys {
    FileSigningKeys(file: CredentialFile(besideReplica: invocation.replicaPath))
  }

  /// Those named; else the centre, or at the centre everybody who may sync.
  func recipients(_ names: [String]) throws -> [NodeFacts] {
    let isCentre = try replica.identity().office == "central"
    if isCentre { try notePositions() }
    var found: [NodeFacts] = []
    if !names.isEmpty {
      for name in names { found += try export.recipients(named: name) }
    } else if isCentre {
      found = try export.known()
    } else {
      found = try export.recipients(named: "central")
    }
    var seen: Set<NodeID> = []
    let wanted = try found.filter { node in
      try seen.insert(node.id).inserted && !(isCentre && isRevoked(node.id))
    }
    guard !wanted.isEmpty else {
      throw BundleError.unknownRecipient(names.joined(separator: ", "))
    }
    return wanted
  }

  /// What nodes said at their last hello, which only the central node's own tables hold.
  private func notePositions() throws {
    let said = try replica.read { db in
      guard try db.tableExists("central_node_position") else { return [Row]() }
      return try Row.fetchAll(db, sql: "SELECT node, knowledge FROM central_node_position")
    }
    for row in said {
      guard let node = NodeID(bytes: row["node"] as Data),
        let knowledge = try? Knowledge(decoding: Array(row["knowledge"] as Data))
      else { continue }
      try replica.notePeer(node, has: knowledge)
    }
  }

  /// Whether this is the centre and has revoked every credential of the node.
  func isRevoked(_ node: NodeID) throws -> Bool {
    try replica.read { db in
      guard try db.tableExists("central_node_access") else { return false }
      return try Bool.fetchOne(
        db,
        sql: """
          SELECT count(*) > 0 AND count(*) = count(revoked_at) FROM central_node_access
          WHERE node = ?
          """, arguments: [Data(node.bytes)]) ?? false
    }
  }

  static func document(_ party: BundleHeader.Party) -> JSONValue {
    .object([("office", .string(party.office)), ("node", .string(party.node.description))])
  }

  func document(_ report: BundleExport.Report) -> JSONValue {
    .object([
      ("files", .array(report.files.map { .string($0) })),
      ("to", .array(report.recipients.map(Self.document))),
      ("changesets", .integer(report.changesets)), ("changes", .integer(report.changes)),
      ("bytes", .integer(report.bytes)),
    ])
  }
}

/// What the commands on bundles say.
struct BundleTexts {
  let language: Language

  func progress(_ done: Int, _ total: Int) -> String {
    language.pick("\(done) de \(total) cambios", "\(done) of \(total) changes")
  }

  private func offices(_ parties: [BundleHeader.Party]) -> String {
    Set(parties.map(\.office)).sorted().joined(separator: ", ")
  }

  private func size(_ bytes: Int) -> String {
    bytes < 10_000
      ? "\(bytes) B" : bytes < 10_000_000 ? "\(bytes / 1000) kB" : "\(bytes / 1_000_000) MB"
  }

  func exported(_ report: BundleExport.Report) -> String {
    let files = report.files.joined(separator: ", ")
    let to = offices(report.recipients)
    if report.changesets == 0 {
      return language.pick(
        "No hay cambios nuevos para \(to); \(files) lleva solo el recibo.",
        "There are no new changes for \(to); \(files) carries only the receipt.")
    }
    return language.pick(
      """
      Paquete hecho: \(files) (\(report.changes) cambios, \(size(report.bytes))), para \(to).
      Llévelo e impórtelo allá con «quipu bundle import». Cuenta como enviado cuando vuelva el recibo.
      """,
      """
      Bundle made: \(files) (\(report.changes) changes, \(size(report.bytes))), for \(to).
      Carry it and import it there with “quipu bundle import”. It counts as sent when the receipt comes back.
      """)
  }

  func receipt(_ report: BundleExport.Report) -> String {
    language.pick(
      "Recibo hecho: \(report.files[0]), para \(offices(report.recipients)).",
      "Receipt made: \(report.files[0]), for \(offices(report.recipients)).")
  }

  func imported(_ file: String, _ report: BundleImport.Report) -> String {
    let header = report.header
    let origin =
      "\(header.from.office), \(LocalTime.minute(header.at * 1000))"
      + (header.parts > 1
        ? language.pick(
          ", parte \(header.part) de \(header.parts)", ", part \(header.part) of \(header.parts)")
        : "")
    var lines: [String] = []
    if header.changesets == 0 {
      lines.append(
        language.pick("\(file) (\(origin)): un recibo.", "\(file) (\(origin)): a receipt."))
    } else if report.merge.changes == 0, report.merge.held == 0, report.unknownAuthors == 0 {
      lines.append(
        language.pick(
          "\(file) (\(origin)): todo lo que trae ya estaba aquí.",
          "\(file) (\(origin)): all that it brings was here already."))
    } else {
      lines.append(
        language.pick(
          "\(file) (\(origin)): \(report.merge.changes) cambios nuevos.",
          "\(file) (\(origin)): \(report.merge.changes) new changes."))
    }
    if report.acknowledged > 0 {
      lines.append(
        language.pick(
          "La central confirma que recibió \(report.acknowledged) cambios de esta réplica.",
          "The centre confirms that it received \(report.acknowledged) changes of this replica."))
    }
    if report.merge.held > 0 {
      lines.append(
        language.pick(
          "Una parte espera a otra que falta todavía; impórtela también.",
          "Some of it waits for another part that is missing yet; import that too."))
    }
    if report.merge.conflictsOpened > 0 {
      lines.append(
        language.pick(
          "Conflictos nuevos: \(report.merge.conflictsOpened). Véalos con «quipu conflicts list».",
          "New conflicts: \(report.merge.conflictsOpened). See “quipu conflicts list”."))
    }
    if report.merge.quarantined > 0 {
      lines.append(
        language.pick(
          "En cuarentena: \(report.merge.quarantined) cambios que no se pudieron aplicar todavía.",
          "In quarantine: \(report.merge.quarantined) changes that could not be applied yet."))
    }
    if report.unknownAuthors > 0 {
      lines.append(
        language.pick(
          "\(report.unknownAuthors) cambios son de nodos que aquí no se conocen y quedaron fuera. "
            + "Sincronice, o importe un paquete de la central, y después este otra vez.",
          "\(report.unknownAuthors) changes are of nodes not known here and were left out. "
            + "Sync, or import a bundle of the centre, and then this one again."))
    }
    if report.newIdentity != nil {
      lines.append(
        language.pick(
          "Esta réplica fue restaurada o copiada: tomó una identidad nueva y no perdió ningún cambio.",
          "This replica was restored or copied: it took a new identity and lost no change."))
    }
    return lines.joined(separator: "\n")
  }
}

extension Failure {
  /// Words for what is wrong with a bundle.
  init(_ error: BundleError, language: Language) {
    let isSpanish = language == .spanish
    var status = ExitStatus.failed
    if case .revoked = error { status = .refused }
    if case .partTooSmall = error { status = .usage }
    self.init(
      code: error.code, message: isSpanish ? error.spanishMessage : error.description,
      hint: isSpanish ? error.spanishHint : error.hint, status: status)
  }
}

/// The same sentences for an office.
extension BundleError {
  var spanishMessage: String {
    switch self {
    case .notABundle: "este archivo no es un paquete"
    case .newerFormat(let found):
      "este paquete es del formato \(found), que este programa no conoce"
    case .damaged: "el paquete está dañado o incompleto"
    case .notForUs(let offices): "el paquete es para otros: \(offices.joined(separator: ", "))"
    case .ownBundle: "este paquete lo hizo esta misma réplica"
    case .unknownSender(let office, let node):
      "el paquete dice venir de \(office), nodo \(node), que aquí no se conoce"
    case .forged(let node): "el paquete no lleva la firma del nodo \(node), a quien nombra"
    case .revoked(let node): "la credencial del nodo \(node) fue revocada"
    case .unknownRecipient(let name): "no hay otro nodo «\(name)» cuya clave se conozca aquí"
    case .partTooSmall(let least): "aquí ninguna parte puede tener menos de \(least) bytes"
    case .compacted(let changes):
      "\(changes) cambios que le faltan al destinatario ya no están en el registro"
    case .readingReserved:
      "los datos personales solo se dan a las oficinas que capacitaron a la persona"
    case .exists(let path): "ya hay un archivo en «\(path)»"
    case .inaccessible(let path, let reason): "«\(path)»: \(Self.spanish(reason))"
    }
  }

  var spanishHint: String {
    switch self {
    case .notABundle:
      "Indique un archivo hecho con «quipu bundle export» o «receipt»; no se cambió nada."
    case .newerFormat: "Actualice este programa; no se cambió nada."
    case .damaged: "Copie otra vez el archivo desde donde se hizo; no se cambió nada."
    case .notForUs: "Pida uno hecho con --to y su oficina; no se cambió nada."
    case .ownBundle: "Llévelo a quienes va dirigido; no se cambió nada."
    case .unknownSender:
      "Sincronice, o importe un paquete de la central, y después este otra vez; no se cambió nada."
    case .forged: "No confíe en él; pregunte a quien debió hacerlo; no se cambió nada."
    case .revoked: "Si la réplica está en buenas manos, inscríbala otra vez; no se cambió nada."
    case .unknownRecipient:
      "Sincronice, o importe un paquete de la central: así se sabe quiénes hay."
    case .partTooSmall: "Indique un --split más grande."
    case .compacted:
      "El destinatario debe sincronizar una vez por red; después sirven los paquetes."
    case .readingReserved:
      "Una oficina hace paquetes solo para la central, y la central uno para cada oficina."
    case .exists: "Elija otro nombre, o aparte el archivo que hay; no se cambió nada."
    case .inaccessible: "Revise la ruta y los permisos."
    }
  }

  private static func spanish(_ reason: String) -> String {
    switch reason {
    case "there is no such file": "no existe"
    case "it cannot be read": "no se puede leer"
    case "it cannot be written": "no se puede escribir"
    case "the disk takes no more": "el disco no admite más"
    default: reason
    }
  }
}
