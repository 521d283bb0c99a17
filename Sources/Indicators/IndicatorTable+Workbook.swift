public import Spreadsheet

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension IndicatorTable {
  /// The table as a workbook with one sheet; parts stand in a table of their own.
  ///
  /// It bears the day after the cut-off as its date, so that equal tables are equal files.
  public func workbook(_ locale: ReportLocale) -> Workbook {
    let title = locale.pick("Indicadores al ", "Indicators at ") + locale.date(cutOff)
    let count = CellStyle(numberFormat: "#,##0")
    let figure = CellStyle(numberFormat: "#,##0.0", alignment: .right)
    func number(_ figure: IndicatorValue.Figure) -> SheetValue {
      figure.value.map { .number($0) }
        ?? .text(Self.word(figure, spanish: locale.isSpanish))
    }
    func whole(_ value: Int?) -> SheetValue { value.map { .integer($0) } ?? .blank }
    var sheet = Worksheet(locale.pick("Indicadores", "Indicators"))
    sheet.set(.text(title), row: 0, column: 0, style: .title)
    sheet.layOut(0...0, ColumnLayout(width: 12))
    sheet.layOut(1...1, ColumnLayout(width: 60))
    sheet.layOut(2...11, ColumnLayout(width: 14))
    sheet.frozenRows = 3
    sheet.print = PrintSetup(
      isLandscape: true, fitsWidth: true, repeatedRows: 3, footer: "&R&P / &N")
    sheet.add(
      SheetTable(
        name: locale.pick("Indicadores", "Indicators"), row: 2,
        columns: [
          .init(locale.pick("Indicador", "Indicator")),
          .init(locale.pick("Nombre", "Name"), style: CellStyle(isWrapped: true)),
          .init(locale.pick("Valor", "Value"), style: figure),
          .init(locale.pick("Meta", "Target"), style: figure),
          .init(locale.pick("Avance", "Progress"), style: CellStyle(numberFormat: "0%")),
          .init(locale.pick("Estado", "Status")),
          .init(locale.pick("Personas", "Persons"), style: count),
          .init(locale.pick("Asistencias", "Attendances"), style: count),
          .init(locale.pick("Cobertura", "Coverage")),
          .init(locale.pick("Conflictos abiertos", "Open conflicts"), style: count),
          .init(locale.pick("Puntajes en disputa", "Disputed scores"), style: count),
          .init(locale.pick("Documentos repetidos", "Repeated documents"), style: count),
        ],
        rows: values.map { value in
          [
            .text(value.id), .text(value.definition.name(spanish: locale.isSpanish)),
            number(value.figure), value.target.map { .number($0) } ?? .blank,
            value.progress.map { .percentage(Double($0) / 100) } ?? .blank,
            .text(value.status.word(spanish: locale.isSpanish)), whole(value.persons),
            whole(value.attendances), value.coverage.map { .text($0.description) } ?? .blank,
            .integer(value.provisional.openConflicts), .integer(value.provisional.disputedScores),
            .integer(value.provisional.duplicateDocuments),
          ]
        }))
    var sheets = [sheet]
    if let dimension {
      let word = dimension.word(spanish: locale.isSpanish)
      var parts = Worksheet(word)
      parts.set(.text("\(title), \(word)"), row: 0, column: 0, style: .title)
      parts.layOut(0...0, ColumnLayout(width: 12))
      parts.layOut(1...1, ColumnLayout(width: 50))
      parts.layOut(2...6, ColumnLayout(width: 14))
      parts.frozenRows = 3
      parts.add(
        SheetTable(
          name: locale.pick("Grupos", "Groups"), row: 2,
          columns: [
            .init(locale.pick("Indicador", "Indicator")), .init(word),
            .init(locale.pick("Valor", "Value"), style: figure),
            .init(locale.pick("Personas", "Persons"), style: count),
            .init(locale.pick("Asistencias", "Attendances"), style: count),
            .init(locale.pick("Cobertura", "Coverage")),
          ],
          rows: values.flatMap { value in
            value.parts.filter(\.applies).map { part in
              [
                .text(value.id), .text(part.label(spanish: locale.isSpanish)),
                number(part.figure), whole(part.persons), whole(part.attendances),
                part.coverage.map { .text($0.description) } ?? .blank,
              ]
            }
          }))
      sheets.append(parts)
    }
    for (index, line) in notes(spanish: locale.isSpanish).enumerated() {
      sheets[0].set(.text(line), row: values.count + 4 + index, column: 0)
    }
    let day = CivilDay(cutOff)?.number ?? 0
    return Workbook(
      properties: DocumentProperties(
        title: title, created: Date(timeIntervalSince1970: Double(day + 1) * 86_400)),
      sheets: sheets)
  }
}
