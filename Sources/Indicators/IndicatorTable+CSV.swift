extension IndicatorTable {
  /// The header of ``csv(spanish:)``; with a dimension, `by` and `group` follow.
  public static let csvHeader =
    "indicator,level,value,state,target,progress,status,persons,attendances,coverage"

  /// One line for each indicator; with a dimension, one more for each of its parts.
  ///
  /// The same in every language but for `status` and the word for a group that is not recorded. The
  /// line of the total has no `by` and no `group`; the attendances of the lines that have add up to
  /// it.
  public func csv(spanish: Bool) -> String {
    var lines = [Self.csvHeader + (dimension == nil ? "" : ",by,group")]
    for value in values {
      var fields = [value.id, value.level.rawValue]
      fields += Self.fields(value.figure)
      fields.append(value.target.map(Decimals.text) ?? "")
      fields.append(value.progress.map { String($0) } ?? "")
      fields.append(value.status.word(spanish: spanish))
      fields += Self.fields(value.persons, value.attendances, value.coverage)
      if dimension != nil { fields += ["", ""] }
      lines.append(Self.line(fields))
      guard let dimension else { continue }
      for part in value.parts {
        fields = [value.id, value.level.rawValue]
        fields += Self.fields(part.figure)
        fields += ["", "", ""]
        fields += Self.fields(part.persons, part.attendances, part.coverage)
        fields += [dimension.rawValue, part.group ?? part.label(spanish: spanish)]
        lines.append(Self.line(fields))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(csvField).joined(separator: ",")
  }

  private static func fields(_ figure: IndicatorValue.Figure) -> [String] {
    [figure.value.map(Decimals.text) ?? "", figure.state.rawValue]
  }

  private static func fields(
    _ persons: Int?, _ attendances: Int?, _ coverage: IndicatorValue.Coverage?
  ) -> [String] {
    [
      persons.map { String($0) } ?? "", attendances.map { String($0) } ?? "",
      coverage?.description ?? "",
    ]
  }
}
