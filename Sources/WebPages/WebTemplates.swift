internal import Foundation
internal import Mustache
public import Trainings

/// Mustache templates in both languages, made once.
///
/// `[[Guardar|Save]]` in a template stands for the text in the reader's language. Values are always
/// escaped; `{{{x}}}` is for what was rendered before. Templates name each other: `{{>token}}`,
/// `{{<layout}}{{$content}}…{{/content}}{{/layout}}`.
public struct WebTemplates: Sendable {
  private let libraries: [Language: MustacheLibrary]

  /// Templates by name; the kit's own are added.
  ///
  /// - Precondition: Every template can be parsed: they are part of the program.
  public init(_ templates: [String: [UInt8]]) {
    var libraries: [Language: MustacheLibrary] = [:]
    let all = Self.own.merging(templates) { _, given in given }
    for language in Language.allCases {
      var library = MustacheLibrary()
      for (name, bytes) in all {
        let text = Self.text(String(decoding: bytes, as: UTF8.self), in: language)
        do {
          try library.register(text, named: name)
        } catch {
          preconditionFailure("the template \(name) cannot be parsed: \(error)")
        }
      }
      libraries[language] = library
    }
    self.libraries = libraries
  }

  /// Renders a template.
  ///
  /// - Precondition: There is one of this name.
  public func render(_ name: String, _ data: [String: Any], _ language: Language) -> String {
    guard let text = libraries[language]?.render(data, withTemplate: name) else {
      preconditionFailure("there is no template \(name)")
    }
    return text
  }

  private static let own: [String: [UInt8]] = [
    "layout": PackageResources.layout_mustache,
    "token": PackageResources.token_mustache,
    "pagination": PackageResources.pagination_mustache,
    "decision": PackageResources.decision_mustache,
    "error": PackageResources.error_mustache,
    "sign_in": PackageResources.sign_in_mustache,
    "sign_out": PackageResources.sign_out_mustache,
  ]

  /// The text with each `[[es|en]]` replaced by its part.
  static func text(_ template: String, in language: Language) -> String {
    var result = ""
    result.reserveCapacity(template.count)
    var rest = Substring(template)
    while let open = rest.range(of: "[["), let close = rest[open.upperBound...].range(of: "]]") {
      let parts = rest[open.upperBound..<close.lowerBound]
        .split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      precondition(parts.count == 2, "[[…]] in a template needs both languages")
      result += rest[..<open.lowerBound]
      result += language == .spanish ? parts[0] : parts[1]
      rest = rest[close.upperBound...]
    }
    return result + rest
  }
}
