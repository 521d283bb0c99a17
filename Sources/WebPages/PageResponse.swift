public import Hummingbird

/// What a route answers.
public struct PageResponse: Sendable {
  enum Content: Sendable {
    case html(String)
    case page(Page)
    case document(String)
    case redirect(String)
    case bytes([UInt8], type: String, fileName: String?)
  }

  /// A page that is rendered once its route has returned: what surrounds it reads the replica, and
  /// a route may still be reading it.
  struct Page: @unchecked Sendable {
    let request: PageRequest
    let template: String
    /// Only values that nobody changes, and one thread at a time.
    let data: [String: Any]

    func rendered() -> String {
      var data = data
      data["site"] = request.site.layout(for: request)
      return request.site.templates.render(template, data, request.language)
    }
  }

  /// How a notice is meant.
  public enum Tone: String, Codable, Sendable {
    /// It was done.
    case done
    /// It was done, but.
    case warning
    /// It was not done.
    case failure
  }

  let content: Content
  var status: HTTPResponse.Status = .ok
  /// After how many seconds the browser asks for the page again by itself, with or without scripts.
  public var refresh: Int?
  var notice: (tone: Tone, text: String)?
  /// A new value of the session's cookie.
  var sessionToken: String?
  var language: String?

  /// Sends the browser to another page of this site with GET.
  ///
  /// - Parameters:
  ///   - path: Begins with one slash. No personal data: it stays in the browser's history.
  ///   - notice: Shown once on the next page; no personal data.
  public static func redirect(
    _ path: String, notice: String? = nil, tone: Tone = .done
  ) -> PageResponse {
    var response = PageResponse(content: .redirect(path), status: .seeOther)
    if let notice { response.notice = (tone, notice) }
    return response
  }

  /// A JSON document, already encoded.
  public static func json(_ bytes: [UInt8], status: HTTPResponse.Status = .ok) -> PageResponse {
    PageResponse(
      content: .bytes(bytes, type: "application/json; charset=utf-8", fileName: nil),
      status: status)
  }

  /// A part of a page, for a script to put in its place.
  public static func fragment(_ html: String, status: HTTPResponse.Status = .ok) -> PageResponse {
    PageResponse(content: .html(html), status: status)
  }

  /// A page that stands by itself, with its styles inside and no script: a report to be read and
  /// printed.
  public static func document(_ html: String) -> PageResponse {
    PageResponse(content: .document(html))
  }

  /// A file to be kept.
  public static func file(_ bytes: [UInt8], type: String, name: String) -> PageResponse {
    PageResponse(content: .bytes(bytes, type: type, fileName: name))
  }
}
