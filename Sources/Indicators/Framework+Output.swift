#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Framework {
  /// For a terminal: each component with its items and how many have each status.
  public func text(_ locale: ReportLocale, level: IndicatorLevel? = nil) -> String {
    let levels = level.map { [$0] } ?? IndicatorLevel.allCases
    var text = ""
    for component in components {
      text += "\(component.code) \(component.name.text(locale))\n"
      for level in levels {
        let items = component.items.filter { $0.level == level.rawValue }
        guard !items.isEmpty else { continue }
        let counts: String = component.counts(level).map {
          "\($0.status.word(spanish: locale.isSpanish)) \($0.count)"
        }.joined(separator: ", ")
        let name =
          level == .product
          ? locale.pick("Productos", "Products") : locale.pick("Resultados", "Results")
        text += "\n  \(name): \(counts)\n"
        var grid = TextGrid([.left, .left, .right, .left])
        for item in items {
          let title = item.name.text(locale)
          grid.add([
            "  " + item.code, item.status.word(spanish: locale.isSpanish),
            "\(item.met)/\(item.indicators.count)",
            title.count > 70 ? title.prefix(69) + "…" : title,
          ])
        }
        text += grid.text + "\n"
      }
      text += "\n"
    }
    return text
  }

  /// The header of ``csv(_:level:)``.
  public static let csvHeader = "level,code,component,status,indicators,met,underway,name"

  /// A line for each product and result.
  public func csv(_ locale: ReportLocale, level: IndicatorLevel? = nil) -> String {
    var lines = [Self.csvHeader]
    for component in components {
      for item in component.items where level.map({ $0.rawValue == item.level }) ?? true {
        let fields = [
          item.level, item.code, component.code, item.status.word(spanish: locale.isSpanish),
          "\(item.indicators.count)", "\(item.met)", "\(item.underway)", item.name.text(locale),
        ]
        lines.append(fields.map(csvField).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// An array of components with their items.
  public func json(_ locale: ReportLocale, level: IndicatorLevel? = nil) throws -> String {
    struct ItemObject: Encodable {
      let level, code, name, status: String
      let indicators: [String]
      let met, underway: Int
    }
    struct ComponentObject: Encodable {
      let code, name: String
      let items: [ItemObject]
    }
    let objects = components.map { component in
      ComponentObject(
        code: component.code, name: component.name.text(locale),
        items: component.items.filter { item in level.map { $0.rawValue == item.level } ?? true }
          .map { item in
            ItemObject(
              level: item.level, code: item.code, name: item.name.text(locale),
              status: item.status.word(spanish: locale.isSpanish), indicators: item.indicators,
              met: item.met, underway: item.underway)
          })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(objects), as: UTF8.self)
  }
}
