public import CentralNode
internal import Foundation
public import Hummingbird
public import Logging
internal import NIOPosix
public import Replica
public import WebPages

/// The web application of the central node: indicators, offices, conflicts, duplicates, quarters,
/// users, and who did what.
///
/// Its pages stand beside the calls of the sync protocol on one port; those keep their prefixes
/// (``callPrefixes``), all else are pages.
public struct CentralWeb: Sendable {
  /// What the sync protocol's calls begin with.
  public static let callPrefixes = ["/v1/", "/healthz", "/metrics"]

  private let site: WebSite
  private let centre: Centre

  /// The application over a central node's replica.
  ///
  /// - Parameters:
  ///   - policy: Whom it lets in.
  ///   - now: Milliseconds since 1970.
  public init(
    node: CentralNode, replica: Replica, policy: WebPolicy, now: @escaping @Sendable () -> Int64
  ) throws {
    let centre = Centre(node: node, replica: replica, now: now)
    self.centre = centre
    site = try WebSite(
      replica: replica, identifier: "central", policy: policy, templates: Self.templates,
      scripts: [(name: "central.js", bytes: PackageResources.central_js)],
      styles: [(name: "central.css", bytes: PackageResources.central_css)],
      chrome: { try Self.chrome($0, centre) }, now: now)
  }

  /// Whom a site lets in that listens on `host`: without signing in only this machine, and only
  /// while there are no users.
  ///
  /// - Parameters:
  ///   - publicHost: The host under which a proxy that speaks https shows the site; nil without.
  ///   - hasTLS: Whether the site itself speaks https.
  public static func policy(
    host: String, publicHost: String?, hasTLS: Bool, replica: Replica
  ) throws -> WebPolicy {
    let hasUsers = try !UserStore(replica).list().isEmpty
    let isSecure = hasTLS || publicHost != nil
    if publicHost == nil, !hasUsers {
      let everything = Set(WebRole.allCases)
      return .listening(on: host, localRoles: everything, isSecure: isSecure)
    }
    return .network(isSecure: isSecure)
  }

  /// Answers requests for pages.
  public func responder(logger: Logger) -> some HTTPResponder<WebContext> {
    let routes = WebRoutes(site, logger: logger)
    // Comparing all names may take seconds: they are ready when somebody asks.
    let centre = centre
    NIOThreadPool.singleton.submit { _ in _ = try? centre.openProposals() }
    DashboardPages(centre: centre).add(to: routes)
    ConflictPages(centre: centre).add(to: routes)
    DuplicatePages(centre: centre).add(to: routes)
    NodePages(centre: centre).add(to: routes)
    RecordPages(centre: centre).add(to: routes)
    HistoryPages(centre: centre).add(to: routes)
    QuarterPages(centre: centre).add(to: routes)
    ActivityPages(centre: centre).add(to: routes)
    UserPages(centre: centre).add(to: routes)
    return routes.responder()
  }

  private static func chrome(_ request: PageRequest, _ centre: Centre) throws -> WebSite.Chrome {
    let say = request.say
    let questions = try centre.openQuestions()
    var links: [WebSite.Chrome.Link] = [
      .init("/", say("Tablero", "Dashboard")),
      .init("/indicators", say("Indicadores", "Indicators")),
      .init("/conflicts", say("Conflictos", "Conflicts"), count: questions.conflicts),
      .init("/duplicates", say("Duplicados", "Duplicates"), count: questions.duplicates ?? 0),
      .init("/nodes", say("Oficinas", "Offices")),
      .init("/quarters", say("Trimestres", "Quarters")),
      .init("/sessions", say("Sesiones", "Sessions")),
      .init("/participants", say("Participantes", "Participants")),
    ]
    if request.user.has(Permission.audit) {
      links.append(.init("/activity", say("Actividad", "Activity")))
    }
    if request.user.has(Permission.administer) {
      links.append(.init("/users", say("Usuarios", "Users")))
    }
    links.append(.init("/account", say("Su cuenta", "Your account")))
    let standing = try NodeSummary(centre, now: request.now)
    let isGood = standing.nodes > 0 && standing.proven == standing.nodes && standing.late.isEmpty
    let late =
      standing.late.isEmpty
      ? ""
      : say("; sin noticias en 7 días: ", "; not heard of for 7 days: ")
        + standing.late.joined(separator: ", ")
    return WebSite.Chrome(
      name: say("Quipu · Oficina central", "Quipu · Central office"), links: links,
      status: (text: standing.words(say) + late, path: "/nodes", isGood: isGood))
  }

  private static let templates: [String: [UInt8]] = [
    "account": PackageResources.account_mustache,
    "activity": PackageResources.activity_mustache,
    "chart": PackageResources.chart_mustache,
    "conflict": PackageResources.conflict_mustache,
    "conflict_closed": PackageResources.conflict_closed_mustache,
    "conflicts": PackageResources.conflicts_mustache,
    "conflicts_decided": PackageResources.conflicts_decided_mustache,
    "cut_off": PackageResources.cut_off_mustache,
    "dashboard": PackageResources.dashboard_mustache,
    "duplicate": PackageResources.duplicate_mustache,
    "duplicate_gone": PackageResources.duplicate_gone_mustache,
    "duplicates": PackageResources.duplicates_mustache,
    "duplicates_decided": PackageResources.duplicates_decided_mustache,
    "enroll": PackageResources.enroll_mustache,
    "enroll_code": PackageResources.enroll_code_mustache,
    "history": PackageResources.history_mustache,
    "indicator": PackageResources.indicator_mustache,
    "indicator_row": PackageResources.indicator_row_mustache,
    "indicators": PackageResources.indicators_mustache,
    "nodes": PackageResources.nodes_mustache,
    "participant": PackageResources.participant_mustache,
    "participants": PackageResources.participants_mustache,
    "quarter": PackageResources.quarter_mustache,
    "quarters": PackageResources.quarters_mustache,
    "quarantine": PackageResources.quarantine_mustache,
    "session": PackageResources.session_mustache,
    "sessions": PackageResources.sessions_mustache,
    "users": PackageResources.users_mustache,
  ]
}
