internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import SyncModel

/// Shows and ends credentials: `quipu-central nodes`.
struct Nodes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Muestra quién puede sincronizar, y le pone fin.", "See who may sync, and end it."),
    subcommands: [NodesList.self, NodesRevoke.self, NodesLapse.self, NodesResume.self],
    defaultSubcommand: NodesList.self)
}

/// Shows credentials: `quipu-central nodes list`.
struct NodesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: say("Todas las credenciales que se dieron.", "All credentials that were given."))

  private struct Entry: Encodable {
    var node: String
    var office: String
    var label: String?
    var issued: String
    var lastSeen: String?
    var revoked: String?
    var logNumber: Int64?
    var erasure: Int64?
    var lapsed: String?
  }

  @OptionGroup var options: CentralOptions
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

  func run() async throws {
    let register = try options.open().node.register
    let positions = try register.positions()
    let entries = try register.all().map {
      Entry(
        node: $0.node.description, office: $0.office, label: $0.label,
        issued: Self.time($0.issuedAt), lastSeen: $0.lastSeenAt.map(Self.time),
        revoked: $0.revokedAt.map(Self.time), logNumber: positions[$0.node]?.logNumber,
        erasure: positions[$0.node]?.erasure,
        lapsed: positions[$0.node]?.lapsedAt.map(Self.time))
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(entries), as: UTF8.self))
      return
    }
    for entry in entries {
      let state =
        entry.revoked.map { say("revocada \($0)", "revoked \($0)") } ?? entry.lastSeen.map {
          say("vista \($0)", "seen \($0)")
        } ?? say("nunca vista", "never seen")
      let lapsed =
        entry.lapsed.map { say("  no se la espera desde \($0)", "  not waited for since \($0)") }
        ?? ""
      print(
        "\(entry.node)  \(entry.office)  \(entry.label ?? "-")  \(say("dada", "issued")) \(entry.issued)  \(state)"
          + lapsed)
    }
  }

  static func time(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
  }
}

/// Ends a credential: `quipu-central nodes revoke`.
struct NodesRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: say(
      "Rechaza la credencial de un nodo desde su próxima llamada.",
      "Refuse a node's credential from its next call on."),
    discussion: say(
      "Lo que el nodo envió queda. Puede inscribirse otra vez con un código nuevo.",
      "What the node has sent stays. It can enrol again with a new code."))

  @OptionGroup var options: CentralOptions
  @Argument(
    help: help(
      "El nodo, o las primeras cifras que lo distingan.",
      "The node, or as many of its first digits as tell it apart.")) var node: String

  func run() async throws {
    let register = try options.open().node.register
    let only = try register.node(beginningWith: node, replica: options.replica)
    _ = try register.revoke(only)
    print(say("Revocado \(only)", "Revoked \(only)"))
  }
}

/// Gives up waiting for a node: `quipu-central nodes lapse`.
struct NodesLapse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lapse",
    abstract: say(
      "La compactación deja de esperar a un nodo que lleva mucho tiempo callado.",
      "Let compaction not wait for a node that has been silent for long."),
    discussion: say(
      "Puede volver: envía lo que no había enviado y baja de nuevo el contenido; nada se pierde.",
      "It may come back: it sends what it has not sent and takes the content anew; nothing is lost."
    )
  )

  @OptionGroup var options: CentralOptions
  @Argument(
    help: help(
      "El nodo, o las primeras cifras que lo distingan.",
      "The node, or as many of its first digits as tell it apart.")) var node: String

  func run() async throws {
    let register = try options.open().node.register
    let only = try register.node(beginningWith: node, replica: options.replica)
    _ = try register.setLapsed(only, true)
    print(say("La compactación no espera a \(only)", "Compaction does not wait for \(only)"))
  }
}

/// Waits for a node again: `quipu-central nodes resume`.
struct NodesResume: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: say(
      "La compactación espera otra vez a un nodo.", "Let compaction wait for a node again."))

  @OptionGroup var options: CentralOptions
  @Argument(
    help: help(
      "El nodo, o las primeras cifras que lo distingan.",
      "The node, or as many of its first digits as tell it apart.")) var node: String

  func run() async throws {
    let register = try options.open().node.register
    let only = try register.node(beginningWith: node, replica: options.replica)
    _ = try register.setLapsed(only, false)
    print(say("La compactación espera a \(only)", "Compaction waits for \(only)"))
  }
}

extension AccessRegister {
  /// The one node with a good credential whose identity begins so.
  func node(beginningWith digits: String, replica path: String) throws -> NodeID {
    let found = try Set(all().filter { $0.revokedAt == nil }.map(\.node))
      .filter { !digits.isEmpty && $0.description.hasPrefix(digits.lowercased()) }
    guard let only = found.first, found.count == 1 else {
      throw Failure(
        code: "unknown_node",
        message: say(
          "\(found.count) nodos con credencial vigente empiezan por «\(digits)»",
          "\(found.count) nodes with a good credential begin with \"\(digits)\""),
        hint: say(
          "vea: quipu-central nodes list --replica \(path)",
          "see: quipu-central nodes list --replica \(path)"))
    }
    return only
  }
}
