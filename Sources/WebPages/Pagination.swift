/// A long list in pages; `{{#pages}}{{>pagination}}{{/pages}}` shows the way between them.
public struct Pagination: Sendable {
  /// The page shown, from 1; at most the last.
  public let number: Int
  /// How many entries a page holds.
  public let size: Int
  /// How many entries there are.
  public let total: Int

  /// Page `number` of a list of `total` entries.
  public init(number: Int, size: Int = 50, total: Int) {
    self.size = size
    self.total = total
    self.number = max(1, min(number, (total + size - 1) / size))
  }

  /// How many entries come before the page's.
  public var offset: Int { (number - 1) * size }

  private var last: Int { max(1, (total + size - 1) / size) }

  /// What the partial names.
  ///
  /// - Parameter query: The rest of the query, already encoded, as `status=held`; no personal data.
  public func data(path: String, query: String = "", format: WebFormat) -> [String: Any] {
    func link(_ page: Int) -> String {
      "\(path)?" + (query.isEmpty ? "" : query + "&") + "page=\(page)"
    }
    var data: [String: Any] = [
      "from": format.number(total == 0 ? 0 : offset + 1),
      "to": format.number(min(total, offset + size)), "total": format.number(total),
      "several": last > 1,
    ]
    if number > 1 { data["previous"] = link(number - 1) }
    if number < last { data["next"] = link(number + 1) }
    return data
  }
}
