import GRDB
import Schema
import Testing

@testable import Trainings

@Suite("The catalogs")
struct CatalogTests {
  @Test("every row of every file is loaded")
  func rows() throws {
    let record = try emptyRecord()
    for (table, bytes) in CatalogFiles.all {
      var text = DelimitedText(bytes, separator: UInt8(ascii: ","))
      var cells: [DelimitedText.Cell] = []
      var count = -1
      while text.next(into: &cells) != nil { count += 1 }
      #expect(try record.texts("SELECT COUNT(*) FROM \(table)") == ["\(count)"], "\(table)")
    }
    #expect(try record.texts("PRAGMA foreign_key_check") == [])
  }

  @Test("headers that differ from the columns find their place")
  func columns() throws {
    let record = try emptyRecord()
    #expect(
      try record.texts("SELECT parent, activity_code FROM product WHERE code = '1.1.1'")
        == ["1|1.1"])
    #expect(
      try record.texts("SELECT inei_department FROM office WHERE code = 'cusco'") == ["08"])
    #expect(
      try record.texts("SELECT parent FROM activity WHERE code = '1.1'") == ["1"])
  }

  @Test("every indicator has its target, and those that are not computed their measurement")
  func indicators() throws {
    let record = try emptyRecord()
    #expect(
      try record.texts("SELECT COUNT(*), MIN(valid_from) FROM indicator_target")
        == ["86|2018-01-01"])
    #expect(
      try record.texts(
        "SELECT indicator_id, value, state FROM measurement WHERE indicator_id IN "
          + "('P-1.1.1.1', 'R-1.1.1.1', 'R-1.1.2.1', 'R-1.2.1.1', 'R-1.2.1.2') "
          + "AND period = '2020T2' ORDER BY 1")
        == ["R-1.1.1.1|45|number", "R-1.1.2.1||not_due", "R-1.2.1.1||unknown"])
  }
}
