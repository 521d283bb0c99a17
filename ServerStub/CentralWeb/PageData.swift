internal import Foundation
internal import Hummingbird
internal import WebPages

extension PageRequest {
  /// A whole page, for whose template an empty text is nothing: `{{#x}}` is skipped then.
  func show(
    _ template: String, title: String, _ data: [String: Any] = [:], isProblem: Bool = false
  ) -> PageResponse {
    page(
      template, title: title, PageData.withoutEmpty(data),
      status: isProblem ? .unprocessableContent : .ok)
  }
}

/// What templates are given.
enum PageData {
  /// The data with `NSNull` for every empty text, at any depth.
  static func withoutEmpty(_ data: [String: Any]) -> [String: Any] {
    data.mapValues(value)
  }

  private static func value(_ value: Any) -> Any {
    switch value {
    case let text as String: text.isEmpty ? NSNull() : text as Any
    case let data as [String: Any]: withoutEmpty(data)
    case let list as [[String: Any]]: list.map(withoutEmpty)
    default: value
    }
  }
}
