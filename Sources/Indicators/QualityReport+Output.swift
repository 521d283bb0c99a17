import Foundation

extension QualityReport {
  /// Findings by office for a terminal: the count, what it is, the first records, what mends them.
  public func text(spanish: Bool, examples: Int = 3) -> String {
    guard !findings.isEmpty else {
      return spanish ? "Nada falta ni es dudoso.\n" : "Nothing is missing or doubtful.\n"
    }
    var lines: [String] = []
    var office: String?? = .none
    for finding in findings {
      if office != .some(finding.office) {
        if !lines.isEmpty { lines.append("") }
        lines.append(finding.office ?? (spanish ? "sin oficina" : "no office"))
        office = .some(finding.office)
      }
      let message = finding.check.message(spanish: spanish)
      lines.append("  \(finding.count)  \(message)  [\(finding.code)]")
      let labels = finding.items.prefix(examples).map(\.label)
      let more = finding.count > labels.count ? ", …" : ""
      lines.append("      \(labels.joined(separator: "; "))\(more)")
      lines.append("      \(finding.command(spanish: spanish))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One line for each finding; keys of a record are joined by `/`, records by a blank.
  public func csv(spanish: Bool) -> String {
    var lines = ["office,code,count,message,ids,command"]
    for finding in findings {
      let ids = finding.items.map { $0.key.joined(separator: "/") }.joined(separator: " ")
      let fields = [
        finding.office ?? "", finding.code, "\(finding.count)",
        finding.check.message(spanish: spanish), ids, finding.command(spanish: spanish),
      ]
      lines.append(fields.map(csvField).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One document with all findings.
  ///
  /// `{"today":…,"findings":[{"office","code","count","message","command","table",
  /// "items":[{"key","label","command"}]}]}`
  public func json(spanish: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let objects = findings.map { finding in
      FindingObject(
        office: finding.office, code: finding.code, count: finding.count,
        message: finding.check.message(spanish: spanish),
        command: finding.command(spanish: spanish), table: finding.check.table,
        items: finding.items.map { item in
          ItemObject(
            key: item.key, label: item.label,
            command: finding.check.mend(for: item.key).text(spanish: spanish))
        })
    }
    let report = ReportObject(today: today, findings: objects)
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }
}

private struct ReportObject: Encodable {
  let today: String
  let findings: [FindingObject]
}

private struct FindingObject: Encodable {
  let office: String?
  let code: String
  let count: Int
  let message: String
  let command: String
  let table: String
  let items: [ItemObject]
}

private struct ItemObject: Encodable {
  let key: [String]
  let label: String
  let command: String
}
