import GRDB

/// Names of the groups of a dimension, and their order.
struct GroupLabels {
  private let dimension: IndicatorDimension
  private var names: [String: (es: String, en: String)] = [:]

  static func load(_ db: Database, for dimension: IndicatorDimension) throws -> GroupLabels {
    var labels = GroupLabels(dimension: dimension)
    let table: String
    switch dimension {
    case .office: table = "office"
    case .institution: table = "institution"
    case .role: table = "role"
    case .sex:
      labels.names = [
        "F": ("Mujer", "Woman"), "M": ("Hombre", "Man"), "X": ("Otro", "Other"),
      ]
      return labels
    case .modality:
      labels.names = [
        "presencial": ("Presencial", "In person"), "virtual": ("Virtual", "Online"),
        "mixta": ("Mixta", "Mixed"),
      ]
      return labels
    case .department, .authorityType, .quarter:
      return labels
    }
    let rows = try Row.fetchCursor(db, sql: "SELECT code, name_es, name_en FROM \(table)")
    while let row = try rows.next() {
      let spanish: String = row[1]
      let english: String? = row[2]
      labels.names[row[0]] = (spanish, english ?? spanish)
    }
    return labels
  }

  private init(dimension: IndicatorDimension) {
    self.dimension = dimension
  }

  /// The parts with their names, in the order of their codes, "not recorded" last.
  func label(_ parts: [String?: IndicatorValue.Part]) -> [IndicatorValue.Part] {
    let ordered = parts.sorted { left, right in
      switch (left.key, right.key) {
      case (let left?, let right?): left < right
      case (let left, _): left != nil
      }
    }
    return ordered.map { group, part in
      var part = part
      part.group = group
      (part.labelES, part.labelEN) = names(of: group)
      return part
    }
  }

  /// The name of a group; nil is "not recorded".
  func name(of group: String?) -> BothLanguages {
    let (es, en) = names(of: group)
    return BothLanguages(es, en)
  }

  private func names(of group: String?) -> (String, String) {
    guard let group else { return ("no registrado", "not recorded") }
    if dimension == .authorityType {
      let names = AuthorityType.names(of: group)
      return (names.es, names.en)
    }
    return names[group] ?? (group, group)
  }
}
