/// The words and tables of adjustments, wherever they stand.
struct AdjustmentsPage {
  let adjustments: Adjustments
  let locale: ReportLocale
  let words: ReportWords
  let officeName: (String?) -> String

  private func pick(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    locale.pick(spanish(), english())
  }

  var introduction: String {
    let period = Period(adjustments.period)?.name(locale) ?? adjustments.period
    let by = adjustments.closedBy.map { pick(" por ", " by ") + $0 } ?? ""
    let at = adjustments.closedAt.map { pick(" el ", " on ") + locale.instant($0) } ?? ""
    let head = pick(
      "El periodo \(period) se cerró\(at)\(by), con datos al \(locale.date(adjustments.cutOff)).",
      "The period \(period) was closed\(at)\(by), with data to \(locale.date(adjustments.cutOff)).")
    guard adjustments.isEmpty else { return head }
    return head + pick(" Nada ha cambiado desde entonces.", " Nothing has changed since.")
  }

  var differenceCaption: String {
    pick(
      "Cifras al mismo corte: al cerrar y ahora", "Figures at the same cut-off: at closing and now")
  }

  var differenceHeadings: [String] {
    [
      pick("Indicador", "Indicator"), "#" + pick("Al cerrar", "At closing"),
      "#" + pick("Ahora", "Now"), "#" + pick("Diferencia", "Difference"),
    ]
  }

  var differenceRows: [[String]] {
    adjustments.differences.map { difference in
      [
        "\(difference.indicator) \(difference.name.text(locale))", words.figure(difference.closed),
        words.figure(difference.now),
        difference.change.map { ($0 > 0 ? "+" : "") + locale.number($0) } ?? "–",
      ]
    }
  }

  var changeCaption: String {
    pick("Qué se escribió después del cierre", "What was written after closing")
  }

  var changeHeadings: [String] {
    [
      pick("Registro", "Record"), pick("Oficina y equipo", "Office and laptop"),
      pick("Filas", "Rows"),
      pick("Escrito (UTC)", "Written (UTC)"), pick("Llegó (UTC)", "Arrived (UTC)"),
    ]
  }

  var changeRows: [[String]] {
    adjustments.changes.map { change in
      let record = [change.code, change.title].filter { !$0.isEmpty }.joined(separator: " – ")
      let first = locale.shortInstant(change.firstAt)
      let last = locale.shortInstant(change.lastAt)
      return [
        record.isEmpty
          ? words.changeKind(change.kind) : "\(words.changeKind(change.kind)) \(record)",
        "\(officeName(change.office)), \(change.label ?? change.node)", words.amount(of: change),
        first == last ? first : "\(first) – \(last)", locale.shortInstant(change.arrivedAt),
      ]
    }
  }

  func html(
    table: (String, [String], [[String]]) -> String, paragraph: (String, String) -> String
  ) -> String {
    var html = paragraph(introduction, "")
    if adjustments.definitionsChanged {
      html += paragraph(
        pick(
          "Las definiciones, los cargos o las metas de los indicadores también cambiaron.",
          "Definitions, roles or targets of the indicators changed, too."), "note")
    }
    if !adjustments.differences.isEmpty {
      html += table(differenceCaption, differenceHeadings, differenceRows)
    } else if !adjustments.changes.isEmpty {
      html += paragraph(
        pick("Ninguna cifra cambió por ello.", "No figure changed because of it."), "note")
    }
    if !adjustments.changes.isEmpty { html += table(changeCaption, changeHeadings, changeRows) }
    return html
  }
}
