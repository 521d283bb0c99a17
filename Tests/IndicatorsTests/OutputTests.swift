import Foundation
import GRDB
import Indicators
import Testing

@Suite("Output of the indicators")
struct OutputTests {
  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map(String.init)
  }

  @Test("CSV differs between languages in the status alone")
  func languages() throws {
    let table = try Fixture().table()
    let spanish = lines(table.csv(spanish: true))
    let english = lines(table.csv(spanish: false))
    #expect(spanish.count == 87)
    #expect(spanish[0] == english[0])
    for (mine, theirs) in zip(spanish, english).dropFirst() {
      let a = mine.split(separator: ",", omittingEmptySubsequences: false)
      let b = theirs.split(separator: ",", omittingEmptySubsequences: false)
      #expect(a.count == 10)
      for column in a.indices where column != 6 { #expect(a[column] == b[column]) }
    }
  }

  @Test(
    "numbers have up to four decimals and whole ones none",
    arguments: [
      (20.86684, "20.8668"), (20.159, "20.159"), (5, "5"), (-2.5, "-2.5"), (-0.00001, "0"),
      (1350, "1350"), (0.1, "0.1"), (3.00004, "3"), (2.00005, "2.0001"),
    ])
  func decimals(value: Double, text: String) throws {
    let fixture = try Fixture()
    try fixture.write("UPDATE measurement SET value = ? WHERE indicator_id = 'R-1.1.1.1'", [value])
    let line = try lines(fixture.table().csv(spanish: true)).first { $0.hasPrefix("R-1.1.1.1,") }
    #expect(line?.split(separator: ",")[2] == text[...])
  }

  @Test("JSON says the same as CSV, with null for what is absent")
  func json() throws {
    let table = try Fixture().table()
    let data = Data(try table.json(spanish: true).utf8)
    let objects = try #require(
      JSONSerialization.jsonObject(with: data) as? [[String: Any]])
    #expect(objects.map { $0["indicator"] as? String } == table.values.map(\.id))
    for (object, value) in zip(objects, table.values) {
      #expect(object["value"] as? Double == value.value)
      #expect(object["state"] as? String == value.state.rawValue)
      #expect(object["progress"] as? Int == value.progress)
      for key in ["value", "target", "progress", "persons", "attendances", "coverage"] {
        #expect(object[key] != nil, "\(key) is there, null or not")
      }
    }
  }

  @Test("a group that was not recorded is a part of its own, the last")
  func notRecorded() throws {
    let fixture = try Fixture()
    try fixture.session("s", department: nil, indicators: ["P-1.2.1.3"])
    try fixture.session("t", department: "Puno", indicators: ["P-1.2.1.3"])
    try fixture.participant("a")
    try fixture.attendance("s", "a")
    try fixture.attendance("t", "a")
    let table = try fixture.table(by: .department)
    let csv = lines(table.csv(spanish: false)).filter { $0.hasPrefix("P-1.2.1.3") }
    #expect(
      csv == [
        "P-1.2.1.3,product,1,number,100,1,In progress,1,2,,,",
        "P-1.2.1.3,product,1,number,,,,1,1,,department,Puno",
        "P-1.2.1.3,product,1,number,,,,1,1,,department,not recorded",
      ])
    #expect(table.notes(spanish: true).contains { $0.hasPrefix("Una persona puede estar") })
  }

  @Test("columns of the terminal's table are aligned")
  func text() throws {
    let rows = try lines(Fixture().table().text(spanish: true, nameWidth: 0)).dropFirst()
    let column = try #require(rows.first?.range(of: "Estado")).lowerBound
    let offset = try #require(rows.first).distance(from: rows[1].startIndex, to: column)
    for row in rows.dropFirst() {
      #expect(row.dropFirst(offset - 1).first == " ")
      #expect(row.dropFirst(offset).first != " ")
    }
  }

  @Test("the page stands by itself and escapes what it shows")
  func html() throws {
    let fixture = try Fixture()
    try fixture.write("UPDATE indicator SET name_es = '<b>&' WHERE id = 'P-1.1.1.1'")
    let page = try fixture.table().html(spanish: true)
    #expect(page.contains("&lt;b&gt;&amp;"))
    #expect(!page.contains("<b>"))
    #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("href="))
  }
}
