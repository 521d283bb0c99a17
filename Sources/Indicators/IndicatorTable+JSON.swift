import Foundation

extension IndicatorTable {
  /// An array with one object for each indicator: the keys of the CSV, `name`, `provisional` and
  /// `parts`.
  ///
  /// What is absent is null.
  public func json(spanish: Bool) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let objects = values.map { ValueObject($0, by: dimension, spanish: spanish) }
    return String(decoding: try encoder.encode(objects), as: UTF8.self)
  }
}

/// Encodes nil as null, so that every object has every key.
@propertyWrapper
private struct Nullable<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}

private struct ValueObject: Encodable {
  let indicator: String
  let level: String
  let name: String
  @Nullable var unit: String?
  @Nullable var value: Double?
  let state: String
  @Nullable var target: Double?
  @Nullable var progress: Int?
  let status: String
  @Nullable var persons: Int?
  @Nullable var attendances: Int?
  @Nullable var coverage: String?
  let provisional: ProvisionalObject
  @Nullable var by: String?
  let personsInSeveralParts: Bool
  let parts: [PartObject]

  init(_ value: IndicatorValue, by dimension: IndicatorDimension?, spanish: Bool) {
    indicator = value.id
    level = value.level.rawValue
    name = value.definition.name(spanish: spanish)
    unit = value.definition.unit
    self.value = value.value.map(Decimals.rounded)
    state = value.state.rawValue
    target = value.target
    progress = value.progress
    status = value.status.word(spanish: spanish)
    persons = value.persons
    attendances = value.attendances
    coverage = value.coverage?.description
    provisional = ProvisionalObject(
      openConflicts: value.provisional.openConflicts,
      disputedScores: value.provisional.disputedScores,
      duplicateDocuments: value.provisional.duplicateDocuments)
    by = dimension?.rawValue
    personsInSeveralParts = value.partsSharePersons
    parts = value.parts.map { PartObject($0, spanish: spanish) }
  }
}

private struct ProvisionalObject: Encodable {
  let openConflicts: Int
  let disputedScores: Int
  let duplicateDocuments: Int
}

private struct PartObject: Encodable {
  @Nullable var group: String?
  let label: String
  let applies: Bool
  @Nullable var value: Double?
  let state: String
  @Nullable var persons: Int?
  @Nullable var attendances: Int?
  @Nullable var coverage: String?

  init(_ part: IndicatorValue.Part, spanish: Bool) {
    group = part.group
    label = part.label(spanish: spanish)
    applies = part.applies
    value = part.figure.value.map(Decimals.rounded)
    state = part.figure.state.rawValue
    persons = part.persons
    attendances = part.attendances
    coverage = part.coverage?.description
  }
}
