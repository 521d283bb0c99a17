public import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The sheet of each indicator: what it counts, of whom, how, and against which targets since when.
public struct IndicatorSheets: Sendable {
  /// One indicator.
  public struct Sheet: Hashable, Sendable, Encodable {
    /// Level and code.
    public var id: String
    /// The name in Spanish.
    public var nameES: String
    /// The name in English.
    public var nameEN: String?
    /// The product or result it belongs to.
    public var parent: String?
    /// `count` or `percent`.
    public var unit: String?
    /// How it is computed.
    public var computation: String?
    /// Whose attendance counts.
    public var roles: [String]
    /// The value when the project began.
    public var baseline: Double?
    /// Who answers for it.
    public var owner: String?
    /// The ISO day from which it is not reported any more.
    public var retiredOn: String?
    /// Oldest first.
    public var targets: [Target]
  }

  /// A target and the ISO day from which it holds.
  public struct Target: Hashable, Sendable, Encodable {
    /// The ISO day.
    public var validFrom: String
    /// Nil where there is none from that day.
    public var target: Double?
  }

  /// What tells this version of the definitions from another.
  public let version: String
  /// Product indicators first, then by code; retired ones included.
  public let sheets: [Sheet]

  /// Reads the sheets.
  public static func load(_ db: Database) throws -> IndicatorSheets {
    let catalog = try IndicatorCatalog.load(db, level: nil)
    return IndicatorSheets(
      version: try IndicatorCatalog.version(db),
      sheets: catalog.definitions.enumerated().map { position, definition in
        Sheet(
          id: definition.id, nameES: definition.nameES, nameEN: definition.nameEN,
          parent: definition.parent, unit: definition.unit,
          computation: definition.computation?.rawValue, roles: catalog.roles[position].sorted(),
          baseline: definition.baseline, owner: definition.owner, retiredOn: definition.retiredOn,
          targets: catalog.targets(at: position).map {
            Target(validFrom: $0.validFrom, target: $0.target)
          })
      })
  }

  /// One object: `version` and `indicators`.
  public func json() throws -> String {
    struct Document: Encodable {
      let version: String
      let indicators: [Sheet]
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(version: version, indicators: sheets)
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  /// For a terminal.
  public func text(_ locale: ReportLocale) -> String {
    let words = FormulaWords(locale: locale)
    var text = locale.pick("Definiciones, versión ", "Definitions, version ") + version + "\n"
    for sheet in sheets {
      text += "\n\(sheet.id)  \(locale.isSpanish ? sheet.nameES : sheet.nameEN ?? sheet.nameES)\n"
      func line(_ name: String, _ value: String?) {
        if let value, !value.isEmpty { text += "  \(name): \(value)\n" }
      }
      line(
        locale.pick("fórmula", "formula"),
        words.formula(sheet.computation.flatMap(Computation.init)))
      line(
        locale.pick("cargos que cuentan", "roles that count"), sheet.roles.joined(separator: ", "))
      line(locale.pick("línea de base", "baseline"), sheet.baseline.map(Decimals.text))
      let targets: String = sheet.targets.map { target in
        "\(target.target.map(Decimals.text) ?? "–") \(locale.pick("desde", "from")) \(target.validFrom)"
      }.joined(separator: "; ")
      line(locale.pick("meta", "target"), targets)
      line(locale.pick("responsable", "owner"), sheet.owner)
      line(locale.pick("retirado desde", "retired from"), sheet.retiredOn)
    }
    return text
  }
}

/// How indicators are computed, in words.
struct FormulaWords {
  let locale: ReportLocale

  func formula(_ computation: Computation?) -> String {
    switch computation {
    case .countSessions:
      locale.pick(
        "sesiones realizadas vinculadas al indicador, por su fecha de inicio",
        "held sessions linked to the indicator, by the day they started")
    case .countDistinctParticipants:
      locale.pick(
        "personas distintas con asistencia a una sesión vinculada y un cargo de ese día que cuenta",
        "different persons who attended a linked session in a role that counts, that day")
    case .countDeliverables:
      locale.pick(
        "suma de cantidades de los entregables que no son borradores, por su fecha",
        "sum of quantities of deliverables that are no drafts, by their day")
    case .knowledgeGain:
      locale.pick(
        "(media de salida − media de entrada) · 100 / media de entrada, entre quienes rindieron ambas",
        "(mean exit − mean entry) · 100 / mean entry, among those who sat both")
    case .weightedGain:
      locale.pick(
        "aumento de la media ponderada por región: W = Σ(n·media)/Σn; (W salida − W entrada) · 100 / W entrada",
        "gain of the mean weighted by region: W = Σ(n·mean)/Σn; (W exit − W entry) · 100 / W entry")
    case .ratio:
      locale.pick(
        "100 · numerador / denominador, ingresados como medición",
        "100 · numerator / denominator, entered as a measurement")
    case .measurement, nil:
      locale.pick("valor medido e ingresado por periodo", "value measured and entered by period")
    }
  }
}
