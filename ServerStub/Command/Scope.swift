internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import Replica

/// Says what offices may write: `quipu-central scope`.
struct Scope: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "See and decide which rows only their own office and the centre may write.",
    discussion: """
      Unless something is restricted here, every office reads and writes everything. What an office writes \
      out of its scope is put aside in quarantine, at the centre and at its author, with the reason; it is \
      applied when the restriction is lifted.
      """,
    subcommands: [ScopeList.self, ScopeRestrict.self, ScopeOpen.self],
    defaultSubcommand: ScopeList.self)
}

/// Shows what can be restricted and what is: `quipu-central scope list`.
struct ScopeList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "What can be restricted, what is, and how many changes wait.")

  private struct Entry: Encodable {
    var table: String
    var with: [String]
    var restricted: Bool
  }

  private struct Document: Encodable {
    var tables: [Entry]
    var withheld: Int
  }

  @OptionGroup var options: CentralOptions
  @Flag(help: "Print one JSON document.") var json = false

  func run() async throws {
    let replica = try options.open().replica
    let restricted = try Set(replica.restricted())
    let document = Document(
      tables: try replica.ownedTables().map {
        Entry(table: $0.table, with: $0.with, restricted: restricted.contains($0.table))
      },
      withheld: try replica.withheld().count)
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(document), as: UTF8.self))
      return
    }
    for entry in document.tables {
      let with = entry.with.isEmpty ? "" : " (with \(entry.with.joined(separator: ", ")))"
      print(
        "\(entry.table)\(with): written by "
          + (entry.restricted ? "its own office and the centre" : "every office"))
    }
    print("\(document.withheld) changes wait because they are out of scope")
  }
}

/// Restricts: `quipu-central scope restrict`.
struct ScopeRestrict: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restrict",
    abstract: "Keep the writing of a table's rows to their own office and the centre.",
    discussion: "What belongs to such a row, as attendances do to a session, is restricted with it."
  )

  @OptionGroup var options: CentralOptions
  @Argument(help: "The table, e.g. training_session.") var table: String

  func run() async throws {
    let replica = try options.open().replica
    let (tables, _) = try ScopeOpen.tables(table, replica)
    _ = try replica.restrict(to: Array(Set(replica.restricted()).union(tables)))
    print("Only their own office and the centre may write: \(tables.joined(separator: ", "))")
  }
}

/// Lifts a restriction: `quipu-central scope open`.
struct ScopeOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Let every office write a table's rows again; what waited is applied.")

  @OptionGroup var options: CentralOptions
  @Argument(help: "The table, e.g. training_session.") var table: String

  func run() async throws {
    let replica = try options.open().replica
    let (tables, _) = try Self.tables(table, replica)
    let freed = try replica.restrict(to: Array(Set(replica.restricted()).subtracting(tables)))
    print(
      "Every office may write: \(tables.joined(separator: ", ")); "
        + "\(freed) changes that waited were applied")
  }

  /// The table with those that belong to it.
  static func tables(_ name: String, _ replica: Replica) throws -> ([String], known: [String]) {
    let owned = try replica.ownedTables()
    guard let found = owned.first(where: { $0.table == name }) else {
      throw Failure(
        code: "unknown_table", message: "the rows of \"\(name)\" belong to no office",
        hint: "one of: \(owned.map(\.table).joined(separator: ", "))", status: 2)
    }
    return ([found.table] + found.with, owned.map(\.table))
  }
}
