internal import Mustache

/// What a template shows as nothing and takes for "no".
///
/// A name that is missing would be looked for in what surrounds it.
package struct Nothing: MustacheCustomRenderable {
  package init() {}

  package var renderText: String { "" }
  package var isNull: Bool { true }
}

extension Dictionary where Key == String, Value == Any {
  /// Sets a value, or ``Nothing`` for none and for an empty text.
  package mutating func set(_ name: String, _ value: String?) {
    guard let value, !value.isEmpty else {
      self[name] = Nothing()
      return
    }
    self[name] = value
  }
}
