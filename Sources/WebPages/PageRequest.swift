internal import Foundation
public import Hummingbird
public import Replica
public import Trainings

/// A request as a route sees it: who asks, in which language, with what.
public struct PageRequest: Sendable {
  /// The site that was asked.
  public let site: WebSite
  /// Who asks.
  public let user: WebUser
  /// The reader's language.
  public let language: Language
  /// What the form sent; empty for GET.
  public let form: FormBody
  /// The path without the query.
  public let path: String
  /// The present instant, milliseconds since 1970.
  public let now: Int64
  /// What forms of this visitor bear in `_token`.
  public let token: String
  /// Whether a script asked (`X-Quipu-Script: 1`): it wants a fragment or JSON, no whole page.
  public let isScript: Bool
  let query: [(name: String, value: String)]
  let parameters: Parameters
  let notice: (tone: String, text: String)?
  let sessionToken: String
  let remoteAddress: String

  /// The replica behind the site.
  public var replica: Replica { site.replica }

  /// Numbers and dates as the reader writes them.
  public var format: WebFormat { WebFormat(language) }

  /// Today by this machine's calendar, ISO.
  public var today: String { WebFormat.day(now) }

  /// A part of the path, as `id` of `sessions/:id`.
  public func parameter(_ name: String) -> String {
    parameters.get(name)?.removingPercentEncoding ?? ""
  }

  /// A value of the query, trimmed; nil where there is none or it is blank.
  public func query(_ name: String) -> String? {
    let value = query.first { $0.name == name }?.value
      .trimmingCharacters(in: .whitespacesAndNewlines)
    return value?.isEmpty == false ? value : nil
  }

  /// The number of the page that is asked for, from 1.
  public var pageNumber: Int {
    max(1, min(1_000_000, query("page").flatMap { Int($0) } ?? 1))
  }

  /// Whether the user has one of the roles.
  public func may(_ roles: WebRole...) -> Bool {
    user.has(Set(roles))
  }

  /// The text in the reader's language.
  public func pick(
    _ spanish: @autoclosure () -> String, _ english: @autoclosure () -> String
  ) -> String {
    language.pick(spanish(), english())
  }

  /// A whole page.
  ///
  /// - Parameters:
  ///   - template: The name of one of the site's templates.
  ///   - title: The page's title and first heading.
  ///   - data: What the template names; `site` is added.
  public func page(
    _ template: String, title: String, _ data: [String: Any] = [:],
    status: HTTPResponse.Status = .ok
  ) -> PageResponse {
    var data = data
    data["title"] = title
    return PageResponse(
      content: .page(PageResponse.Page(request: self, template: template, data: data)),
      status: status)
  }

  /// A part of a page, without the layout.
  public func fragment(
    _ template: String, _ data: [String: Any] = [:], status: HTTPResponse.Status = .ok
  ) -> PageResponse {
    var data = data
    data["site"] = ["token": token] as [String: Any]
    return .fragment(site.templates.render(template, data, language), status: status)
  }
}
