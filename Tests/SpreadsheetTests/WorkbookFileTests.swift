import CMiniZip
import Foundation
import Testing

@testable import Spreadsheet

/// A ZIP file of parts, without compression unless asked for.
func archive(_ parts: [(name: String, bytes: [UInt8])], level: Int32 = 0) throws -> [UInt8] {
  let file = FileManager.default.temporaryDirectory
    .appending(path: "parts-\(UUID().uuidString).zip")
  defer { try? FileManager.default.removeItem(at: file) }
  let zip = try #require(zipOpen64(file.path, APPEND_STATUS_CREATE))
  for part in parts {
    var info = zip_fileinfo()
    #expect(
      zipOpenNewFileInZip(
        zip, part.name, &info, nil, 0, nil, 0, nil, level == 0 ? 0 : Z_DEFLATED, level) == ZIP_OK)
    #expect(zipWriteInFileInZip(zip, part.bytes, UInt32(part.bytes.count)) == ZIP_OK)
    zipCloseFileInZip(zip)
  }
  zipClose(zip, nil)
  return [UInt8](try Data(contentsOf: file))
}

/// The least that Excel opens, around the XML of one sheet.
func workbook(
  sheet: String, strings: String = "", styles: String = "", properties: String = "",
  target: String = "worksheets/sheet1.xml", level: Int32 = 0
) throws -> [UInt8] {
  let relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  func part(_ name: String, _ xml: String) -> (name: String, bytes: [UInt8]) {
    (name, Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(xml)".utf8))
  }
  return try archive(
    [
      part(
        "_rels/.rels",
        "<Relationships><Relationship Id='r1' Type='\(relation)/officeDocument' "
          + "Target='xl/workbook.xml'/></Relationships>"),
      part(
        "xl/workbook.xml",
        "<workbook>\(properties)<sheets><sheet name='Hoja &amp; 1' sheetId='1' r:id='r1'/></sheets>"
          + "</workbook>"),
      part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships><Relationship Id='r1' Type='\(relation)/worksheet' Target='\(target)'/>"
          + "<Relationship Id='r2' Type='\(relation)/sharedStrings' Target='sharedStrings.xml'/>"
          + "<Relationship Id='r3' Type='\(relation)/styles' Target='/xl/styles.xml'/>"
          + "</Relationships>"),
      part("xl/worksheets/sheet1.xml", sheet),
      part("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
      part("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>"),
    ], level: level)
}

@Suite("Workbooks that were written elsewhere")
struct WorkbookFileTests {
  private func rows(_ bytes: [UInt8], sheet: Int = 0) throws -> [String] {
    let file = try WorkbookFile(bytes)
    return try file.content(of: file.sheets[sheet]).rows.map { row in
      "\(row.number)\(row.isHidden ? " hidden" : ""): "
        + row.cells.map { "\(CellRange.letters($0.column))=\($0.text)" }.joined(separator: " ")
    }
  }

  private func reason(_ bytes: [UInt8]) -> SpreadsheetError.Reason? {
    do {
      _ = try rows(bytes)
      return nil
    } catch {
      return (error as? SpreadsheetError)?.reason
    }
  }

  private func data(_ rows: String, after: String = "") -> String {
    "<worksheet><sheetData>\(rows)</sheetData>\(after)</worksheet>"
  }

  @Test("what this module writes it reads")
  func ownFiles() throws {
    let bytes = try WorkbookTests.sample.bytes()
    let file = try WorkbookFile(bytes)
    #expect(file.sheets.map(\.name) == ["Avance 2020T2", "Listas"])
    #expect(file.sheets.map(\.isHidden) == [false, true])
    #expect(
      try rows(bytes) == [
        "1: A=Avance de los indicadores", "3: A=Indicador B=Valor C=Meta D=Avance E=Fecha",
        "4: A=P-1.2.1.1 B=268 C=350 D=0.7657 E=2020-06-30",
        "5: A==1+1 B=21.2121 D=1 E=1904-02-29",
      ])
    #expect(try rows(bytes, sheet: 1) == ["1: A=uno B=sí"])
  }

  @Test("texts come from shared, inline and computed strings, with their own characters")
  func texts() throws {
    let sheet = data(
      """
      <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c t="s"><v>2</v></c>\
      <c r="E2" t="inlineStr"><is><r><t>a </t></r><r><t>b&#241;</t></r><rPh><t>x</t></rPh></is></c></row>
      <row><c t="str"><f>"a&amp;b"</f><v>a&amp;b</v></c><c t="b"><v>1</v></c><c t="b"><v>0</v></c>\
      <c t="e"><v>#N/A</v></c><c s="3"/><c t="s"><v>99</v></c><c t="d"><v>2019-05-14T00:00:00</v></c></row>
      <x:row xmlns:x="y" r="9" hidden="1"><x:c r="AB9"><x:v>1</x:v></x:c></x:row>
      """)
    let strings =
      "<si><t>uno</t></si><si><r><t>dos</t></r><r><t xml:space=\"preserve\"> tres</t></r></si>"
      + "<si><t><![CDATA[<&>]]>_x0041__x00e9</t><rPh><t>no</t></rPh></si>"
    #expect(
      try rows(workbook(sheet: sheet, strings: strings)) == [
        "2: A=uno B=dos tres C=<&>A_x00e9 E=a bñ",
        "3: A=a&b B=sí C=no D=#N/A G=2019-05-14", "9 hidden: AB=1",
      ])
  }

  @Test("numbers keep their digits, and those whose format shows days are days")
  func numbers() throws {
    let styles = """
      <numFmts><numFmt numFmtId="164" formatCode="[$-280A]dddd\\ d&quot; de &quot;mmmm;@"/>\
      <numFmt numFmtId="165" formatCode="[Red]0.00&quot;d&quot;;[Blue]\\h0"/>\
      <numFmt numFmtId="166" formatCode="00000000"/></numFmts>\
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>\
      <xf numFmtId="166"/><xf numFmtId="22"/></cellXfs>
      """
    func cells(_ values: [(Int, String)]) -> String {
      data("<row>" + values.map { "<c s=\"\($0.0)\"><v>\($0.1)</v></c>" }.joined() + "</row>")
    }
    let sheet = cells([
      (0, "14.300000000000001"), (0, "4567892"), (4, "4567892"), (1, "43599"), (2, "43599"),
      (3, "43599"), (5, "43599.5"), (1, "1"), (1, "59"), (1, "61"), (1, "-5"), (0, "1E+20"),
      (0, "0.1"), (9, "7"), (1, "0.75"),
    ])
    #expect(
      try rows(workbook(sheet: sheet, styles: styles)) == [
        "1: A=14.3 B=4567892 C=4567892 D=2019-05-14 E=2019-05-14 F=43599 G=2019-05-14 12:00 "
          + "H=1900-01-01 I=1900-02-28 J=1900-03-01 K=-5 L=1e+20 M=0.1 N=7 O=18:00"
      ])
    let from1904 = try workbook(
      sheet: cells([(1, "42137"), (1, "0")]), styles: styles,
      properties: "<workbookPr date1904=\"1\"/>")
    #expect(try rows(from1904) == ["1: A=2019-05-14 B=1904-01-01"])
  }

  @Test("the days of both calendars are those that Foundation counts")
  func calendar() {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    for serial in stride(from: 61, to: 110_000, by: 13) {
      let day = Date(timeIntervalSince1970: Double(serial - 25_569) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: day)
      let expected = String(
        format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
      #expect(SheetNumbers.day(Double(serial), from1904: false) == expected)
      #expect(SheetNumbers.day(Double(serial - 1462), from1904: true) == expected || serial < 1462)
    }
  }

  @Test("cells joined downwards hold their text in every row")
  func joined() throws {
    let sheet = data(
      "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>5</v></c></row>"
        + "<row r='2'><c r='B2'><v>6</v></c></row><row r='4'><c r='C4'><v>7</v></c></row>",
      after: "<mergeCells><mergeCell ref='A1:A9'/><mergeCell ref='B1:C2'/></mergeCells>")
    #expect(try rows(workbook(sheet: sheet)) == ["1: A=1 B=5", "2: A=1 B=6", "4: A=1 C=7"])
  }

  @Test("what is no workbook says what it is")
  func others() throws {
    let ole: [UInt8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
    #expect(reason(ole + [UInt8](repeating: 0, count: 600)) == .oldFormat)
    #expect(reason(ole + "xxEncryptedPackage".utf16.flatMap { [UInt8($0), 0] }) == .encrypted)
    #expect(reason([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]) == .notWorkbook)
    #expect(reason(try archive([("word/document.xml", Array("<a/>".utf8))])) == .notWorkbook)
    let binary =
      "<Relationships><Relationship Id='r' Type='x/officeDocument' "
      + "Target='xl/workbook.bin'/></Relationships>"
    #expect(reason(try archive([("_rels/.rels", Array(binary.utf8))])) == .binaryFormat)
  }

  @Test("a file that breaks off anywhere is an error or its whole content, never a part of it")
  func brokenOff() throws {
    let bytes = try WorkbookTests.sample.bytes()
    let whole = try rows(bytes)
    for length in stride(from: 0, to: bytes.count, by: 97) {
      if let read = try? rows(Array(bytes.prefix(length))) { #expect(read == whole) }
    }
    for place in stride(from: 0, to: bytes.count, by: 61) {
      var changed = bytes
      changed[place] ^= 0x55
      _ = try? rows(changed)
    }
  }

  @Test("a small file that unpacks to a huge one is refused before it fills the memory")
  func bombs() throws {
    let zeros = [UInt8](repeating: UInt8(ascii: " "), count: 3 << 20)
    let packed = try archive([("a", zeros), ("b", zeros)], level: 9)
    #expect(packed.count < 20_000)
    let zip = try ZipArchive(packed, limit: 5 << 20)
    #expect(try zip.read("a")?.count == 3 << 20)
    #expect(throws: SpreadsheetError(.tooLarge)) { try zip.read("b") }
    let entities = "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" + data("")
    #expect(reason(try workbook(sheet: entities)) == .unsafe)
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(reason(try workbook(sheet: deep)) == .unsafe)
    for place in ["XFE1", "ZZZZZZZZ1"] {
      #expect(
        reason(try workbook(sheet: data("<row><c r='\(place)'><v>1</v></c></row>"))) == .damaged)
    }
    #expect(
      reason(try workbook(sheet: data("<row r='99999999'><c><v>1</v></c></row>"))) == .damaged)
    let far = try workbook(sheet: data("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"))
    #expect(try rows(far) == ["1048576: XFD=1"])
  }

  @Test("a part outside the package is not looked for")
  func outside() throws {
    let bytes = try workbook(sheet: data(""), target: "../../../../etc/passwd")
    #expect(reason(bytes) == .damaged)
  }

  @Test("text that breaks off within XML is damage")
  func brokenXML() throws {
    for xml in [
      "<a", "<a b='", "<a></b></a></a>", "<a><![CDATA[x</a>", "<a><!-- </a>", "</a>", "<>",
    ] {
      #expect(reason(try workbook(sheet: xml)) == .damaged, "\(xml)")
    }
  }
}
