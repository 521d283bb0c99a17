internal import ArgumentParser
internal import CentralNode
internal import Foundation
internal import Replica

/// Says what offices may write and read: `quipu-central scope`.
struct Scope: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: say(
      "Muestra y decide qué escribe y qué lee cada oficina.",
      "See and decide what each office may write and read."),
    discussion: say(
      """
      Mientras nada se restrinja aquí, cada oficina lee y escribe todo. Lo que una oficina escribe fuera de \
      su alcance queda en cuarentena, en la central y en la oficina, con la causa; se aplica cuando la \
      restricción se levanta. De los datos personales que se reservan, una oficina recibe los de quienes \
      capacitó o registró; de los demás recibe sus asistencias y notas sin nombre ni documento.
      """,
      """
      Unless something is restricted here, every office reads and writes everything. What an office writes \
      out of its scope is put aside in quarantine, at the centre and at its author, with the reason; it is \
      applied when the restriction is lifted. Of personal values that are reserved an office gets those of \
      persons whom it trained or registered; of others, attendances and scores without name or document.
      """),
    subcommands: [
      ScopeList.self, ScopeRestrict.self, ScopeOpen.self, ScopeReserve.self, ScopeDisclose.self,
    ],
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

  private struct Reading: Encodable {
    var table: String
    var reserved: Bool
  }

  private struct Document: Encodable {
    var tables: [Entry]
    var withheld: Int
    var reading: [Reading]
  }

  @OptionGroup var options: CentralOptions
  @Flag(help: help("Un documento JSON.", "Print one JSON document.")) var json = false

  func run() async throws {
    let replica = try options.open().replica
    let restricted = try Set(replica.restricted())
    let reserved = try Set(replica.reserved())
    let document = Document(
      tables: try replica.ownedTables().map {
        Entry(table: $0.table, with: $0.with, restricted: restricted.contains($0.table))
      },
      withheld: try replica.withheld().count,
      reading: try replica.reservableTables().map {
        Reading(table: $0, reserved: reserved.contains($0))
      })
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
    for entry in document.reading {
      print(
        "\(entry.table), \(say("sus datos personales: los leen", "its personal values: read by")) "
          + (entry.reserved
            ? say(
              "las oficinas que capacitaron o registraron a la persona, y la central",
              "the offices that trained or registered the person, and the centre")
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

/// Keeps personal values to their readers: `quipu-central scope reserve`.
struct ScopeReserve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reserve",
    abstract: say(
      "Da los datos personales de una tabla solo a las oficinas que capacitaron o registraron a la persona.",
      "Give a table's personal values to those offices alone that trained or registered the person."
    ),
    discussion: say(
      """
      Vale para lo que las oficinas reciben desde ahora: lo que ya tienen, lo conservan. Una oficina que \
      capacita a la persona recibe sus datos en la misma sincronización. Mientras rija, las réplicas nuevas \
      leen el registro entero, que no se compacta, y no hay paquetes de oficina a oficina.
      """,
      """
      It holds for what offices receive from now on: what they have, they keep. An office that trains the \
      person gets the values in the same sync. While it holds, new replicas read the whole log, which is not \
      compacted, and there are no bundles from office to office.
      """))

  @OptionGroup var options: CentralOptions
  @Argument(help: help("La tabla, p. ej. participant.", "The table, e.g. participant."))
  var table: String

  func run() async throws {
    let (node, replica) = try options.open()
    try Self.check(table, replica)
    guard try node.horizon() == 0 else {
      throw Failure(
        code: "log_compacted",
        message: say(
          "el registro de esta central ya se compactó: una oficina nueva recibiría una copia con todo",
          "this centre's log was compacted: a new office would get a snapshot with everything"),
        hint: say(
          "los datos personales no se pueden reservar aquí; nada cambió",
          "personal values cannot be reserved here; nothing was changed"))
    }
    try node.reserve(Array(Set(replica.reserved()).union([table])))
    print(
      say(
        "Los datos personales de \(table) se dan solo a las oficinas que capacitaron o registraron a la persona",
        "The personal values of \(table) are given to those offices alone that trained or registered the person"
      ))
  }

  static func check(_ table: String, _ replica: Replica) throws {
    let known = try replica.reservableTables()
    guard known.contains(table) else {
      throw Failure(
        code: "unknown_table",
        message: say(
          "«\(table)» no tiene datos personales que se puedan reservar",
          "\"\(table)\" has no personal values that can be reserved"),
        hint: say(
          "una de: \(known.joined(separator: ", "))", "one of: \(known.joined(separator: ", "))"),
        status: 2)
    }
  }
}

/// Gives personal values to every office again: `quipu-central scope disclose`.
struct ScopeDisclose: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose",
    abstract: say(
      "Todas las oficinas leen otra vez los datos personales de una tabla.",
      "Let every office read a table's personal values again."))

  @OptionGroup var options: CentralOptions
  @Argument(help: help("La tabla, p. ej. participant.", "The table, e.g. participant."))
  var table: String

  func run() async throws {
    let (node, replica) = try options.open()
    try ScopeReserve.check(table, replica)
    try node.reserve(Array(Set(replica.reserved()).subtracting([table])))
    print(
      say(
        "Todas las oficinas leen los datos personales de \(table); los reciben en su próxima sincronización",
        "Every office may read the personal values of \(table); they get them at their next sync"))
  }
}
