internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import SyncModel

/// Shows and ends credentials: `quipu-central nodes`.
struct Nodes: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See who may sync, and end it.",
    subcommands: [NodesList.self, NodesRevoke.self], defaultSubcommand: NodesList.self)
}

/// Shows credentials: `quipu-central nodes list`.
struct NodesList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "All credentials that were given.")

  private struct Entry: Encodable {
    var node: String
    var office: String
    var label: String?
    var issued: String
    var lastSeen: String?
    var revoked: String?
  }

  @OptionGroup var options: CentralOptions
  @Flag(help: "Print one JSON document.") var json = false

  func run() async throws {
    let entries = try options.open().node.register.all().map {
      Entry(
        node: $0.node.description, office: $0.office, label: $0.label,
        issued: Self.time($0.issuedAt), lastSeen: $0.lastSeenAt.map(Self.time),
        revoked: $0.revokedAt.map(Self.time))
    }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(entries), as: UTF8.self))
      return
    }
    for entry in entries {
      let state =
        entry.revoked.map { "revoked \($0)" } ?? entry.lastSeen.map { "seen \($0)" } ?? "never seen"
      print(
        "\(entry.node)  \(entry.office)  \(entry.label ?? "-")  issued \(entry.issued)  \(state)")
    }
  }

  private static func time(_ milliseconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
  }
}

/// Ends a credential: `quipu-central nodes revoke`.
struct NodesRevoke: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Refuse a node's credential from its next call on.",
    discussion: "What the node has sent stays. It can enrol again with a new code.")

  @OptionGroup var options: CentralOptions
  @Argument(help: "The node, or as many of its first digits as tell it apart.") var node: String

  func run() async throws {
    let register = try options.open().node.register
    let found = try Set(register.all().filter { $0.revokedAt == nil }.map(\.node))
      .filter { !node.isEmpty && $0.description.hasPrefix(node.lowercased()) }
    guard let only = found.first, found.count == 1 else {
      throw Failure(
        code: "unknown_node",
        message: "\(found.count) nodes with a good credential begin with \"\(node)\"",
        hint: "see: quipu-central nodes list --replica \(options.replica)")
    }
    _ = try register.revoke(only)
    print("Revoked \(only)")
  }
}
