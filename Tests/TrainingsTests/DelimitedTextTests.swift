import Testing

@testable import Trainings

@Suite("Delimited text")
struct DelimitedTextTests {
  private func rows(_ text: String, _ separator: Character = ",") -> [String] {
    var reader = DelimitedText(Array(text.utf8), separator: separator.asciiValue ?? 0)
    var cells: [DelimitedText.Cell] = []
    var rows: [String] = []
    while let line = reader.next(into: &cells) {
      rows.append("\(line): " + cells.map { reader.text($0) }.joined(separator: "|"))
    }
    return rows
  }

  @Test("rows end with any of the three line ends, the last one perhaps with none")
  func lineEnds() {
    #expect(rows("a,b\r\nc,d\ne,f\rg,h") == ["1: a|b", "2: c|d", "3: e|f", "4: g|h"])
    #expect(rows("a,\n,\n") == ["1: a|", "2: |"])
    #expect(rows("") == [])
  }

  @Test("a row's line is where it starts, whatever line breaks its cells hold")
  func lines() {
    #expect(rows("a\n\"b\r\nb\",x\n\"c\rc\nc\"\nd") == ["1: a", "2: b b|x", "4: c c c", "7: d"])
  }

  @Test("quoted cells hold separators and doubled quotes")
  func quotes() {
    #expect(rows("\"a,b\",\"say \"\"yes\"\"\" ,c") == ["1: a,b|say \"yes\"|c"])
    #expect(rows("\"\",\"\"\"\"") == ["1: |\""])
  }

  @Test("a quote that nothing closes spoils only its own cell")
  func strayQuotes() {
    #expect(rows("a,\"b\nc,d\n") == ["1: a|\"b", "2: c|d"])
    #expect(rows("\"Taller \"ABC\" 1\",x\n") == ["1: Taller \"ABC\" 1|x"])
  }

  @Test("texts are trimmed, single-spaced and composed")
  func texts() {
    #expect(rows("  a   b\t c\u{A0} ;n\u{303}o\u{301}", ";") == ["1: a b c|ñó"])
    #expect(rows("ñ\u{A0}ñ")[0].unicodeScalars.count == 6)
    #expect(rows("n\u{303}")[0].unicodeScalars.count == 4)
  }

  @Test("a cell survives being quoted", arguments: ["a,b", "x\"y", "l\nm", "p", "", "\"", " q "])
  func roundTrip(text: String) {
    let line = DelimitedText.quoted(text, separator: UInt8(ascii: ",")) + ",end"
    var reader = DelimitedText(Array(line.utf8), separator: UInt8(ascii: ","))
    var cells: [DelimitedText.Cell] = []
    _ = reader.next(into: &cells)
    #expect(cells.map { reader.raw($0) } == [text, "end"])
  }

  @Test("encodings are told apart, and Windows-1252 becomes UTF-8")
  func encodings() throws {
    func decoded(_ bytes: [UInt8]) throws -> String {
      let (utf8, encoding) = try TextEncoding.decode(bytes)
      return "\(encoding) \(String(decoding: utf8, as: UTF8.self))"
    }
    #expect(try decoded(Array("año".utf8)) == "utf8 año")
    #expect(try decoded([0xef, 0xbb, 0xbf] + Array("año".utf8)) == "utf8WithMark año")
    #expect(try decoded([0x61, 0xf1, 0x6f, 0x80, 0x96]) == "windows1252 año€–")
    #expect(try decoded([0xff, 0xfe, 0x61, 0x00, 0xf1, 0x00]) == "utf16 añ")
    #expect(try decoded([0xfe, 0xff, 0x00, 0x61, 0x00, 0xf1]) == "utf16 añ")
  }
}
