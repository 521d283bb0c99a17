import Foundation
import GRDB
import Schema
import Testing

@Suite("Migrations")
struct MigrationTests {
  @Test("every file of Schema/SQL is listed once, with its content")
  func listed() throws {
    let migrations = Migrations.engine + Migrations.trainings
    let listed =
      migrations.map { ("\($0.name).sql", $0.sql) } + CentralTables.files
    #expect(try SchemaFolder.files("SQL") == listed.map(\.0).sorted())
    for (file, sql) in listed {
      #expect(
        try sql == String(decoding: SchemaFolder.bytes("SQL/\(file)"), as: UTF8.self), "\(file)")
    }
  }

  @Test("migrations have names of their own and are numbered in the order in which they apply")
  func numbered() {
    let lists = [Migrations.engine, Migrations.trainings]
    for list in lists { #expect(list.map(\.version) == Set(list.map(\.version)).sorted()) }
    #expect(lists.first?.first?.version == 1)
    let names = lists.joined().map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test("the central node's tables can be made twice, and are the ones named")
  func central() throws {
    let queue = try SchemaFolder.freshDatabase()
    try queue.write { db in
      try db.execute(sql: CentralTables.sql)
      let found = try String.fetchAll(
        db,
        sql:
          "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'central_%' ORDER BY 1"
      )
      #expect(found == CentralTables.names.sorted())
    }
  }

  @Test("catalog files are listed once, with their content")
  func catalogs() throws {
    let listed = CatalogFiles.all
    #expect(try SchemaFolder.files("Catalog") == listed.map { "\($0.table).csv" }.sorted())
    for (table, bytes) in listed {
      #expect(try bytes == SchemaFolder.bytes("Catalog/\(table).csv"), "\(table)")
    }
  }
}
