import Foundation
import Spreadsheet
import Testing

@Suite("Written workbooks")
struct WorkbookTests {
  static let sample: Workbook = {
    var sheet = Worksheet("Avance 2020T2")
    sheet.merge("Avance de los indicadores", row: 0, columns: 0...4)
    let table = SheetTable(
      name: "avance", row: 2,
      columns: [
        .init("Indicador"), .init("Valor"), .init("Meta"), .init("Avance"), .init("Fecha"),
      ],
      rows: [
        [
          .text("P-1.2.1.1"), .integer(268), .integer(350), .percentage(0.7657),
          .date("2020-06-30"),
        ],
        [.text("=1+1"), .number(21.2121), .blank, .percentage(1), .date("1904-02-29")],
      ])
    sheet.add(table)
    sheet.layOut(0...0, ColumnLayout(width: 24))
    sheet.layOut(1...1, ColumnLayout(width: 12, style: .text))
    sheet.frozenRows = 3
    sheet.print = PrintSetup(
      isLandscape: true, fitsWidth: true, repeatedRows: 3, footer: "&L&D&RPágina &P de &N")
    sheet.validate(
      rows: 3...99, columns: 1...1,
      Validation(.list(["sí", "no"]), inputTitle: "Culminó", inputMessage: "Elija de la lista."))
    sheet.validate(
      rows: 3...99, columns: 2...2,
      Validation(.listIn(table.range(ofColumn: 0, sheet: sheet.name)), errorMessage: "No está."))
    sheet.validate(
      rows: 3...99, columns: 4...4, Validation(.date("2010-01-01"..."2099-12-31")))
    sheet.note("Un número de cada persona.", row: 2, column: 1)
    let series = Chart.Series(
      name: "Valor", categories: table.range(ofColumn: 0, sheet: sheet.name),
      values: table.range(ofColumn: 1, sheet: sheet.name), color: 0x1f4e79)
    for (index, kind) in [Chart.Kind.bar, .column, .line, .doughnut, .stackedBar, .stackedColumn]
      .enumerated()
    {
      var chart = Chart(kind, title: "Valores", series: [series], row: 6 + index * 16, column: 0)
      chart.summary = "Valores de dos indicadores"
      chart.hasLabels = true
      sheet.add(chart)
    }
    var lists = Worksheet("Listas")
    lists.isHidden = true
    lists.set([.text("uno"), .boolean(true)], row: 0)
    var workbook = Workbook(
      properties: DocumentProperties(
        title: "Avance", author: "Quipu", created: Date(timeIntervalSince1970: 1_593_475_200)),
      sheets: [sheet, lists])
    workbook.names["numeros"] = CellRange(sheet: "Listas", rows: 0...0, columns: 0...1)
    return workbook
  }()

  @Test("the same workbook gives the same bytes")
  func sameBytes() throws {
    let bytes = try Self.sample.bytes()
    #expect(bytes.starts(with: [0x50, 0x4b, 0x03, 0x04]))
    #expect(try Self.sample.bytes() == bytes)
    var later = Self.sample
    later.properties.created += 1
    #expect(try later.bytes() != bytes)
  }

  @Test("what Excel would refuse is an error before there is a file")
  func refusals() throws {
    func refused(_ change: (inout Workbook) -> Void) -> Bool {
      var workbook = Self.sample
      change(&workbook)
      let path = FileManager.default.temporaryDirectory
        .appending(path: "refused-\(UUID().uuidString).xlsx").path
      do {
        try workbook.write(to: path)
        return false
      } catch {
        return error is SpreadsheetError && !FileManager.default.fileExists(atPath: path)
      }
    }
    #expect(refused { $0.sheets = [] })
    #expect(refused { $0.sheets.append(Worksheet("listas")) })
    #expect(refused { $0.sheets.append(Worksheet("a/b")) })
    #expect(refused { $0.sheets.append(Worksheet("")) })
    #expect(refused { $0.sheets.append(Worksheet(String(repeating: "x", count: 32))) })
    #expect(refused { $0.sheets[1].set(.number(.nan), row: 0, column: 0) })
    #expect(refused { $0.sheets[1].set(.date("2020-13-01"), row: 0, column: 0) })
    #expect(
      refused { $0.sheets[1].set(.text(String(repeating: "x", count: 40_000)), row: 0, column: 0) })
    #expect(refused { $0.sheets[1].set(.integer(1), row: 1_048_576, column: 0) })
    #expect(
      refused { $0.sheets[1].add(SheetTable(name: "AVANCE", columns: [.init("a")], rows: [])) })
    #expect(
      refused {
        $0.sheets[1].add(SheetTable(name: "t", columns: [.init("a"), .init("A")], rows: []))
      })
    #expect(
      refused {
        $0.sheets[1].add(
          SheetTable(name: "t", columns: [.init("a")], rows: [[.integer(1), .integer(2)]]))
      })
    #expect(
      refused {
        $0.sheets[1].validate(
          rows: 0...1, columns: 0...0, Validation(.list([String(repeating: "x", count: 256)])))
      })
  }

  @Test("columns are named as in sheets")
  func letters() {
    #expect(
      [0, 25, 26, 51, 52, 701, 702, 16383].map(CellRange.letters) == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD",
      ])
    #expect(
      CellRange(sheet: "D'or", rows: 0...9, columns: 1...2).reference == "'D''or'!$B$1:$C$10")
  }
}
