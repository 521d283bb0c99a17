internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import Replica

/// Says what offices may write: `quipu-central scope`.
struct Scope: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Muestra y decide qué filas escriben solo su propia oficina y la central.",
      "See and decide which rows only their own office and the centre may write."),
    discussion: say(
      """
      Mientras nada se restrinja aquí, cada oficina lee y escribe todo. Lo que una oficina escribe fuera de \
      su alcance queda en cuarentena, en la central y en la oficina, con la causa; se aplica cuando la \
      restricción se levanta.
      """,
      """
      Unless something is restricted here, every office reads and writes everything. What an office writes \
      out of its scope is put aside in quarantine, at the centre and at its author, with the reason; it is \
      applied when the restriction is lifted.
      """),
    subcommands: [ScopeList.self, ScopeRestrict.self, ScopeOpen.self],
    defaultSubcommand: ScopeList.self)
}

/// Shows what can be restricted and what is: `quipu-central scope list`.
struct ScopeList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: say(
      "Qué se puede restringir, qué lo está, y cuántos cambios esperan.",
      "What can be restricted, what is, and how many changes wait."))

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
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

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
      let with =
        entry.with.isEmpty ? "" : " (\(say("con", "with")) \(entry.with.joined(separator: ", ")))"
      print(
        "\(entry.table)\(with): \(say("la escriben", "written by")) "
          + (entry.restricted
            ? say("su propia oficina y la central", "its own office and the centre")
            : say("todas las oficinas", "every office")))
    }
    print(
      say(
        "\(document.withheld) cambios esperan porque están fuera de su alcance",
        "\(document.withheld) changes wait because they are out of scope"))
  }
}

/// Restricts: `quipu-central scope restrict`.
struct ScopeRestrict: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restrict",
    abstract: say(
      "Reserva la escritura de las filas de una tabla a su propia oficina y a la central.",
      "Keep the writing of a table's rows to their own office and the centre."),
    discussion: say(
      "Lo que pertenece a esa fila, como las asistencias a una sesión, se restringe con ella.",
      "What belongs to such a row, as attendances do to a session, is restricted with it.")
  )

  @OptionGroup var options: CentralOptions
  @Argument(help: help("La tabla, p. ej. training_session.", "The table, e.g. training_session."))
  var table: String

  func run() async throws {
    let replica = try options.open().replica
    let (tables, _) = try ScopeOpen.tables(table, replica)
    _ = try replica.restrict(to: Array(Set(replica.restricted()).union(tables)))
    print(
      say(
        "Solo su propia oficina y la central pueden escribir: \(tables.joined(separator: ", "))",
        "Only their own office and the centre may write: \(tables.joined(separator: ", "))"))
  }
}

/// Lifts a restriction: `quipu-central scope open`.
struct ScopeOpen: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: say(
      "Todas las oficinas escriben otra vez las filas de una tabla; lo que esperaba se aplica.",
      "Let every office write a table's rows again; what waited is applied."))

  @OptionGroup var options: CentralOptions
  @Argument(help: help("La tabla, p. ej. training_session.", "The table, e.g. training_session."))
  var table: String

  func run() async throws {
    let replica = try options.open().replica
    let (tables, _) = try Self.tables(table, replica)
    let freed = try replica.restrict(to: Array(Set(replica.restricted()).subtracting(tables)))
    let names = tables.joined(separator: ", ")
    print(
      say(
        "Todas las oficinas pueden escribir: \(names); se aplicaron \(freed) cambios que esperaban",
        "Every office may write: \(names); \(freed) changes that waited were applied"))
  }

  /// The table with those that belong to it.
  static func tables(_ name: String, _ replica: Replica) throws -> ([String], known: [String]) {
    let owned = try replica.ownedTables()
    guard let found = owned.first(where: { $0.table == name }) else {
      throw Failure(
        code: "unknown_table",
        message: say(
          "las filas de «\(name)» no pertenecen a ninguna oficina",
          "the rows of \"\(name)\" belong to no office"),
        hint: say(
          "una de: \(owned.map(\.table).joined(separator: ", "))",
          "one of: \(owned.map(\.table).joined(separator: ", "))"), status: 2)
    }
    return ([found.table] + found.with, owned.map(\.table))
  }
}
