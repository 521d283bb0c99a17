extension IndicatorTable {
  /// A page that stands by itself, to be read in a browser or printed: no script, no other file.
  public func html(spanish: Bool) -> String {
    let title = spanish ? "Indicadores al \(cutOff)" : "Indicators at \(cutOff)"
    let headings =
      spanish
      ? [
        "Indicador", "Valor", "Meta", "Progreso", "Estado", "Personas", "Asistencias", "Cobertura",
      ]
      : [
        "Indicator", "Value", "Target", "Progress", "Status", "Persons", "Attendances", "Coverage",
      ]
    let captions: [IndicatorLevel: String] =
      spanish
      ? [.product: "Indicadores de producto", .result: "Indicadores de resultado"]
      : [.product: "Output indicators", .result: "Outcome indicators"]
    var body = "<h1>\(title)</h1>\n"
    for level in IndicatorLevel.allCases {
      let rows = values.filter { $0.level == level }
      guard !rows.isEmpty else { continue }
      body += "<h2>\(captions[level] ?? "")</h2>\n<table>\n<thead><tr>"
      body += headings.map { "<th scope=\"col\">\($0)</th>" }.joined()
      body += "</tr></thead>\n<tbody>\n"
      for value in rows { body += row(value, spanish: spanish) }
      body += "</tbody>\n</table>\n"
    }
    body += notes(spanish: spanish).map { "<p class=\"note\">\(escaped($0))</p>\n" }.joined()
    return """
      <!DOCTYPE html>
      <html lang="\(spanish ? "es" : "en")">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>\(title)</title>
      <style>
      body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #222 }
      table { border-collapse: collapse; width: 100% }
      th, td { border-bottom: 1px solid #ccc; padding: .3em .5em; text-align: left; vertical-align: top }
      td.n { text-align: right; white-space: nowrap }
      tr.part td { color: #555; border-bottom-style: dotted }
      tr.part td:first-child { padding-left: 2em }
      .note { color: #555; margin: .2em 0 }
      tr { break-inside: avoid }
      @media print { body { margin: 0; font-size: 10px } thead { display: table-header-group } }
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  private func row(_ value: IndicatorValue, spanish: Bool) -> String {
    let mark = value.provisional.isEmpty ? "" : "*"
    var row = "<tr><td>\(value.id)<br>\(escaped(value.definition.name(spanish: spanish)))</td>"
    row += number(Self.word(value.figure, spanish: spanish) + mark)
    row += number(value.target.map(Decimals.text) ?? "–")
    row += "<td class=\"n\">\(bar(value.progress))</td>"
    row += "<td>\(value.status.word(spanish: spanish))</td>"
    row += numbers(value.persons, value.attendances, value.coverage) + "</tr>\n"
    for part in value.parts where part.applies {
      row += "<tr class=\"part\"><td>\(escaped(part.label(spanish: spanish)))</td>"
      row += number(Self.word(part.figure, spanish: spanish)) + "<td></td><td></td><td></td>"
      row += numbers(part.persons, part.attendances, part.coverage) + "</tr>\n"
    }
    return row
  }

  private func numbers(
    _ persons: Int?, _ attendances: Int?, _ coverage: IndicatorValue.Coverage?
  ) -> String {
    number(persons.map { "\($0)" } ?? "") + number(attendances.map { "\($0)" } ?? "")
      + number(coverage?.description ?? "")
  }

  private func number(_ text: String) -> String { "<td class=\"n\">\(text)</td>" }

  /// The progress with a bar that ends at 100.
  private func bar(_ progress: Int?) -> String {
    guard let progress else { return "–" }
    let width = min(max(progress, 0), 100)
    return """
      \(progress)&nbsp;% <svg width="100" height="10" role="img" aria-label="\(progress) %">\
      <rect width="100" height="10" fill="#e3e3e3"/>\
      <rect width="\(width)" height="10" fill="\(progress >= 100 ? "#2c7a4b" : "#3b6ea8")"/></svg>
      """
  }
}

/// Text as it stands in HTML.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.append(character)
    }
  }
  return result
}
