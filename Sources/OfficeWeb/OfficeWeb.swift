internal import Foundation
internal import GRDB
internal import Hummingbird
public import Logging
public import Replica
internal import SyncModel
public import SyncTransport
public import Trainings
public import WebPages

/// The web application of an office: what `quipu serve` answers.
public struct OfficeWeb: Sendable {
  /// The roles that whoever sits at an office's machine has, without signing in.
  public static let localRoles: Set<WebRole> = [.registrar, .coordinator, .administrator]

  private let office: Office
  private let site: WebSite

  /// The pages over a replica.
  ///
  /// - Parameters:
  ///   - client: What syncs; asked for anew each time, since the enrolment may have changed.
  ///   - now: Milliseconds since 1970.
  public init(
    replica: Replica, policy: WebPolicy, environment: TrainingsEnvironment = .system,
    client: @escaping @Sendable () throws -> SyncClient, now: @escaping @Sendable () -> Int64
  ) throws {
    let identity = try replica.identity()
    let office = Office(
      replica: replica, code: identity.office, environment: environment,
      sync: SyncJob(replica: replica, client: client, now: now),
      decisions: Decisions(replica: replica, now: now), duplicates: DuplicateCache(replica),
      kept: KeptValues(replica, now: now))
    self.office = office
    site = try WebSite(
      replica: replica, identifier: "office", policy: policy, templates: Self.templates,
      scripts: [
        ("sheet.js", PackageResources.sheet_js), ("drafts.js", PackageResources.drafts_js),
      ],
      chrome: { try office.chrome($0) }, now: now)
  }

  /// The routes of all pages.
  public func routes(logger: Logger) -> WebRoutes {
    let routes = WebRoutes(site, logger: logger)
    TodayPage(office: office).add(to: routes)
    SessionPages(office: office).add(to: routes)
    SheetPages(office: office).add(to: routes)
    PastePages(office: office).add(to: routes)
    PrintPages(office: office).add(to: routes)
    ParticipantPages(office: office).add(to: routes)
    ImportPages(office: office).add(to: routes)
    SyncPages(office: office).add(to: routes)
    ConflictPages(office: office).add(to: routes)
    HistoryPages(office: office).add(to: routes)
    QualityPages(office: office).add(to: routes)
    DraftRoutes().add(to: routes)
    return routes
  }

  private static let templates: [String: [UInt8]] = [
    "today": PackageResources.today_mustache,
    "sessions": PackageResources.sessions_mustache,
    "session_table": PackageResources.session_table_mustache,
    "fields": PackageResources.fields_mustache,
    "record_form": PackageResources.record_form_mustache,
    "delete": PackageResources.delete_mustache,
    "sheet": PackageResources.sheet_mustache,
    "sheet_row": PackageResources.sheet_row_mustache,
    "candidates": PackageResources.candidates_mustache,
    "similar": PackageResources.similar_mustache,
    "paste": PackageResources.paste_mustache,
    "print_sheet": PackageResources.print_sheet_mustache,
    "certificates": PackageResources.certificates_mustache,
    "participants": PackageResources.participants_mustache,
    "participant": PackageResources.participant_mustache,
    "import": PackageResources.import_mustache,
    "import_preview": PackageResources.import_preview_mustache,
    "sync": PackageResources.sync_mustache,
    "conflicts": PackageResources.conflicts_mustache,
    "conflict": PackageResources.conflict_mustache,
    "history": PackageResources.history_mustache,
    "quality": PackageResources.quality_mustache,
  ]
}

/// Who may do what in an office; everybody may read.
enum Permission {
  /// Sessions, participants, attendance, files.
  static let enter: Set<WebRole> = [.registrar, .coordinator]
  /// Conflicts, and what takes many records away at once.
  static let decide: Set<WebRole> = [.coordinator]
  /// Syncing changes nothing that anybody wrote.
  static let sync: Set<WebRole> = [.registrar, .coordinator, .administrator]
  /// What was typed and not saved yet.
  static let draft: Set<WebRole> = Set(WebRole.allCases)
}
