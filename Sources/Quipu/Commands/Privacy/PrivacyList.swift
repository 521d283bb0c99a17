import ArgumentParser
import GRDB
import Replica
import SyncModel
import Trainings

/// `quipu privacy list`: erasures, and who has carried them out.
struct PrivacyList: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "list",
      abstract: Language.ofProcess.pick(
        "Muestra los borrados ordenados y qué réplicas los confirmaron.",
        "Shows the erasures that were ordered, and which replicas confirmed them."))
  }

  @OptionGroup var options: GlobalOptions

  private struct Confirmation {
    var node: String
    var office: String
    var done: Int64
    /// Whether nobody waits for it any more: it has another identity now, or was away for too long.
    var isLapsed: Bool
  }

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    let language = invocation.language
    let erasures = try replica.erasures()
    let nodes = try replica.read { db -> [Confirmation]? in
      guard try db.tableExists("central_node_position") else { return nil }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT lower(hex(a.node)), a.office, coalesce(max(p.erasure), 0),
            max(p.lapsed_at) IS NOT NULL
          FROM central_node_access a LEFT JOIN central_node_position p ON p.node = a.node
          WHERE a.revoked_at IS NULL GROUP BY 1, 2 ORDER BY 2, 1
          """
      ).map { Confirmation(node: $0[0], office: $0[1], done: $0[2], isLapsed: $0[3]) }
    }
    try invocation.print(
      .array(erasures.map { Self.document($0.number, $0.at, nodes) }),
      text: erasures.isEmpty
        ? language.pick("No se ha ordenado ningún borrado.", "No erasure has been ordered.")
        : erasures.map { Self.text(language, $0.number, $0.at, nodes) }.joined(separator: "\n"))
    return .done
  }

  private static func document(
    _ number: Int64, _ at: String, _ nodes: [Confirmation]?
  )
    -> JSONValue
  {
    func list(_ isWanted: (Confirmation) -> Bool) -> JSONValue {
      guard let nodes else { return .null }
      return .array(
        nodes.filter(isWanted).map { node -> JSONValue in
          .object([
            ("office", .string(node.office)), ("node", .string(node.node)),
            ("lapsed", .bool(node.isLapsed)),
          ])
        })
    }
    return .object([
      ("erasure", .integer(number)), ("at", .string(at)),
      ("confirmed", list { $0.done >= number }), ("pending", list { $0.done < number }),
    ])
  }

  private static func text(
    _ language: Language, _ number: Int64, _ at: String, _ nodes: [Confirmation]?
  ) -> String {
    let head = language.pick("Borrado \(number), \(at)", "Erasure \(number), \(at)")
    guard let nodes else { return head }
    func list(_ isWanted: (Confirmation) -> Bool) -> String {
      let lapsed = language.pick(" (ya no se usa)", " (no longer in use)")
      let names = nodes.filter(isWanted).map {
        "\($0.office) \($0.node.prefix(8))\($0.isLapsed ? lapsed : "")"
      }
      return names.isEmpty ? "–" : names.joined(separator: ", ")
    }
    let (done, pending) = (list { $0.done >= number }, list { $0.done < number })
    return head
      + language.pick(
        "\n  confirmado por: \(done)\n  falta: \(pending)",
        "\n  confirmed by: \(done)\n  pending: \(pending)")
  }
}
