import ArgumentParser
import Replica
import SyncModel
import Trainings

/// `quipu digest`: the content in numbers, equal on equal replicas.
struct Digest: Subcommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "digest",
      abstract: Language.ofProcess.pick(
        "Resume cada tabla en un número, igual en réplicas iguales.",
        "Sums each table up in a number, equal on equal replicas."))
  }

  @OptionGroup var options: GlobalOptions

  func run(_ invocation: Invocation) async throws -> ExitStatus {
    let replica = try invocation.openReplica()
    // Digests are of what is sealed, and must be of what stands in the rows.
    try replica.audit()
    let tables = try replica.digests().tables
    let members: [(key: String, value: JSONValue)] = tables.map { table in
      (
        table.table,
        .object([("rows", .integer(table.rowCount)), ("digest", .string(table.digest))])
      )
    }
    var grid = TextTable(
      invocation.language == .spanish
        ? ["Tabla", "Filas", "Resumen"] : ["Table", "Rows", "Digest"])
    for table in tables { grid.add([table.table, "\(table.rowCount)", table.digest]) }
    try invocation.print(.object([("tables", .object(members))]), text: grid.text)
    return .done
  }
}
