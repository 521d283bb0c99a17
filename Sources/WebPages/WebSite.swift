internal import Foundation
public import Replica
internal import Trainings

/// One web application over a replica.
///
/// ```swift
/// let site = try WebSite(
///   replica: replica, identifier: "office", policy: .loopback(roles: [.registrar]),
///   templates: ["hello": PackageResources.hello_mustache], chrome: { request in … })
/// let routes = WebRoutes(site)
/// routes.get("hello/:name") { request in
///   request.page("hello", title: "Hola", ["name": request.parameter("name")])
/// }
/// routes.post("hello", roles: [.registrar]) { request in
///   try request.replica.write { … request.form["name"] … }
///   return .redirect("/hello/x", notice: request.pick("Guardado.", "Saved."))
/// }
/// try await WebServer(…, responder: routes.responder(logger: logger)).run()
/// ```
///
/// Routes run on a thread that may block, so they read and write the replica directly. Every POST
/// bears the visitor's token (`{{>token}}` in the form) and comes from this site's own pages.
public struct WebSite: Sendable {
  /// What surrounds every page of a site.
  public struct Chrome: Sendable {
    /// A link of the main navigation.
    public struct Link: Sendable {
      var path: String
      var label: String
      var count: Int

      /// A link; `count` is shown beside it where it is not 0.
      public init(_ path: String, _ label: String, count: Int = 0) {
        self.path = path
        self.label = label
        self.count = count
      }
    }

    /// What the application calls itself, as `Quipu · Cusco`.
    public var name: String
    /// The main navigation.
    public var links: [Link]
    /// How things stand, in a line that every page shows; `isGood` says so beside its words.
    public var status: (text: String, path: String, isGood: Bool)?

    /// A chrome.
    public init(
      name: String, links: [Link], status: (text: String, path: String, isGood: Bool)? = nil
    ) {
      self.name = name
      self.links = links
      self.status = status
    }
  }

  /// The replica behind it.
  public let replica: Replica
  /// Whom it lets in.
  public let policy: WebPolicy
  /// Its templates.
  public let templates: WebTemplates
  /// Its users.
  public let users: UserStore
  let identifier: String
  let chrome: @Sendable (PageRequest) throws -> Chrome
  let now: @Sendable () -> Int64
  let key: Data
  let throttle = SignInThrottle()
  let scripts: [StaticAsset]
  let styles: [StaticAsset]
  let assets: [String: StaticAsset]

  /// A site.
  ///
  /// - Parameters:
  ///   - identifier: A word of letters for the cookies: two sites on one machine share them.
  ///   - scripts: Scripts beside the kit's own, loaded on every page, by file name.
  ///   - styles: Style sheets beside the kit's own, likewise.
  ///   - now: Milliseconds since 1970.
  public init(
    replica: Replica, identifier: String, policy: WebPolicy, templates: [String: [UInt8]],
    scripts: [(name: String, bytes: [UInt8])] = [],
    styles: [(name: String, bytes: [UInt8])] = [],
    chrome: @escaping @Sendable (PageRequest) throws -> Chrome,
    now: @escaping @Sendable () -> Int64
  ) throws {
    self.replica = replica
    self.identifier = identifier
    self.policy = policy
    self.templates = WebTemplates(templates)
    self.chrome = chrome
    self.now = now
    users = UserStore(replica, cost: policy.passwordCost)
    key = try users.key()
    self.styles =
      [StaticAsset.style]
      + styles.map {
        StaticAsset(name: $0.name, type: "text/css; charset=utf-8", bytes: $0.bytes)
      }
    self.scripts =
      [StaticAsset.script]
      + scripts.map {
        StaticAsset(name: $0.name, type: "text/javascript; charset=utf-8", bytes: $0.bytes)
      }
    assets = Dictionary(
      ([StaticAsset.icon] + self.styles + self.scripts).map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the layout names as `site`.
  func layout(for request: PageRequest) -> [String: Any] {
    var data: [String: Any] = [
      "lang": request.language.rawValue, "token": request.token, "styles": styles.map(\.path),
      "icon": StaticAsset.icon.path, "scripts": scripts.map(\.path), "path": request.path,
      "other": request.language == .spanish ? "en" : "es",
      "otherName": request.language == .spanish ? "English" : "Español",
    ]
    if let notice = request.notice { data["notice"] = ["tone": notice.tone, "text": notice.text] }
    let isStranger = request.user.roles.isEmpty
    if !isStranger {
      data["user"] = request.user.isLocal ? "" : request.user.fullName
      data["signedIn"] = !request.user.isLocal
    }
    // A page says what it has to even where the state of things cannot be read.
    guard let chrome = try? chrome(request) else {
      data["name"] = "Quipu"
      return data
    }
    data["name"] = chrome.name
    guard !isStranger else { return data }
    data["links"] = chrome.links.map { link -> [String: Any] in
      let isCurrent =
        link.path == "/"
        ? request.path == "/"
        : request.path == link.path || request.path.hasPrefix(link.path + "/")
      var item: [String: Any] = ["path": link.path, "label": link.label, "current": isCurrent]
      item["badge"] = link.count > 0 ? request.format.number(link.count) : Nothing()
      return item
    }
    data["hasLinks"] = !chrome.links.isEmpty
    if let status = chrome.status {
      data["status"] =
        ["text": status.text, "path": status.path, "good": status.isGood] as [String: Any]
    }
    return data
  }

  var sessionCookie: String {
    policy.isSecure ? "__Host-quipu_\(identifier)" : "quipu_\(identifier)"
  }

  var noticeCookie: String { "quipu_\(identifier)_notice" }

  static let languageCookie = "quipu_language"
}
