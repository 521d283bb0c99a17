internal import Foundation
internal import GRDB
internal import Hummingbird
internal import Indicators
internal import Replica
internal import SyncModel
internal import Synchronization
internal import Trainings
internal import WebPages

/// Finds participants by what an officer types: a document, its beginning, or parts of a name.
enum PersonSearch {
  /// A participant who may be meant.
  struct Hit {
    var id: String
    var name: String
    /// Masked.
    var document: String
    var institution: String?
    var role: String?
    var workplace: String?
    /// Whether the session has this person already.
    var isPresent: Bool
    /// Whether a whole document was typed and is this person's.
    var isExact: Bool
  }

  /// Those who fit, as many as are shown, and how many there are in all.
  struct Found {
    var hits: [Hit]
    var total: Int

    static let nobody = Found(hits: [], total: 0)

    /// Who is meant without a doubt: the only one with that document, or the only one at all.
    var only: Hit? {
      let exact = hits.filter(\.isExact)
      if exact.count == 1 { return exact[0] }
      return total == 1 ? hits.first : nil
    }
  }

  /// Those who fit, the likeliest first.
  ///
  /// - Complexity: A document is looked up by index; a name reads all participants' names.
  static func find(
    _ text: String, session: String?, in db: Database, limit: Int = 8
  ) throws -> Found {
    let digits = text.filter { !$0.isWhitespace && $0 != "." && $0 != "-" }
    let isDocument =
      !digits.isEmpty && digits.contains(where: \.isNumber)
      && digits.allSatisfy { $0.isNumber || ($0.isASCII && $0.isLetter) }
    if isDocument {
      let number = digits.uppercased()
      let padded =
        number.allSatisfy(\.isNumber) && number.count < 8
        ? String(repeating: "0", count: 8 - number.count) + number : number
      let found = try fetch(
        db, "p.document_number IN (?2, ?3) OR (p.document_number >= ?2 AND p.document_number < ?4)",
        [number, padded, number + "\u{7f}"], session, "p.document_number", limit
      ) { $0 == number || $0 == padded }
      // Whose values are reserved is found by the whole document, which tells the identifier.
      guard found.only == nil, number.count == 8,
        let id = try Participants.reserved(IdentityDocument(type: "DNI", number: number), in: db)
      else { return found }
      return try fetch(db, "p.id = ?2", [id], session, "p.id", limit) { _ in true }
    }
    let words = TextPattern.words(text)
    guard !words.isEmpty, text.count >= 2 else { return .nobody }
    let condition = words.indices.map { "\(fullName) GLOB ?\($0 + 2)" }.joined(separator: " AND ")
    // Who begins so comes first.
    let first = TextPattern.pattern(String(text.split { $0.isWhitespace || $0 == "," }[0])) + "*"
    return try fetch(
      db, condition, words + [first], session,
      "NOT (\(fullName) GLOB ?\(words.count + 2)), \(fullName)",
      limit
    ) { _ in false }
  }

  private static let fullName =
    "(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '') || ' ' || p.given_names)"

  private static func fetch(
    _ db: Database, _ condition: String, _ values: [String], _ session: String?, _ order: String,
    _ limit: Int, isExact: (String) -> Bool
  ) throws -> Found {
    let arguments: [(any DatabaseValueConvertible)?] = [session] + values
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT p.id, trim(p.paternal_surname || ' ' || coalesce(p.maternal_surname, '')) || ', '
            || p.given_names, p.document_type, p.document_number, p.institution_code, p.role_code,
          p.workplace,
          EXISTS (SELECT 1 FROM attendance a WHERE a.session_id = ?1 AND a.participant_id = p.id),
          count(*) OVER () AS total
        FROM participant p WHERE \(condition) ORDER BY \(order) LIMIT \(limit)
        """, arguments: StatementArguments(arguments))
    let hits = rows.map { row in
      let number: String? = row[3]
      let type: String? = row[2]
      return Hit(
        id: row[0], name: row[1],
        document: number.map { "\(type ?? "") \(IdentityDocument.masked($0))" } ?? "",
        institution: row[4], role: row[5], workplace: row[6], isPresent: row[7],
        isExact: number.map(isExact) ?? false)
    }
    return Found(hits: hits, total: rows.first?["total"] ?? 0)
  }

  /// What a form for a new person starts with, from what was typed into the search.
  static func guess(_ text: String) -> [String: String] {
    if text.contains(where: \.isNumber) {
      let isDNI = text.filter { !$0.isWhitespace }.allSatisfy(\.isNumber)
      return ["document_type": isDNI ? "DNI" : "CE", "document_number": text]
    }
    var values = ["document_type": "DNI"]
    if let comma = text.firstIndex(of: ",") {
      let surnames = text[..<comma].split(separator: " ", maxSplits: 1).map(String.init)
      values["paternal_surname"] = surnames.first ?? ""
      values["maternal_surname"] = surnames.count > 1 ? surnames[1] : ""
      values["given_names"] = text[text.index(after: comma)...].trimmingCharacters(in: .whitespaces)
      return values
    }
    let parts = text.split(separator: " ").map(String.init)
    values["paternal_surname"] = parts.first ?? ""
    if parts.count > 1 { values["maternal_surname"] = parts[1] }
    values["given_names"] = parts.dropFirst(2).joined(separator: " ")
    return values
  }
}

/// A participant who resembles one who is being entered.
struct SimilarPerson {
  let data: [String: Any]

  init?(_ match: DuplicateFinder.Match, session: String, _ say: Wording, _ db: Database) throws {
    let hits = try Row.fetchOne(
      db,
      sql: """
        SELECT trim(paternal_surname || ' ' || coalesce(maternal_surname, '')) || ', ' || given_names,
          document_type, document_number, workplace,
          EXISTS (SELECT 1 FROM attendance WHERE session_id = ?2 AND participant_id = ?1)
        FROM participant WHERE id = ?1
        """, arguments: [match.id, session])
    guard let row = hits else { return nil }
    let number: String? = row[2]
    let type: String? = row[1]
    var data: [String: Any] = [
      "id": match.id, "name": row[0] as String, "present": row[4] as Bool,
      "reasons": match.likeness.reasons.map { $0.word(spanish: say.isSpanish) }
        .joined(separator: ", "),
    ]
    data.set("document", number.map { "\(type ?? "") \(IdentityDocument.masked($0))" })
    data.set("workplace", row[3])
    self.data = data
  }
}

/// The finder of duplicates, read again when it is older than two minutes: reading it costs more
/// than a keystroke may.
final class DuplicateCache: Sendable {
  private struct State {
    var finder: DuplicateFinder?
    var readAt: Int64 = 0
  }

  private static let lifetime: Int64 = 120_000
  private let replica: Replica
  private let state = Mutex(State())

  init(_ replica: Replica) {
    self.replica = replica
  }

  func resembling(_ values: [String: String], now: Int64) throws -> [DuplicateFinder.Match] {
    let kept = state.withLock { now - $0.readAt < Self.lifetime ? $0.finder : nil }
    let finder = try kept ?? replica.read { db in try DuplicateFinder(db) }
    if kept == nil { state.withLock { $0 = State(finder: finder, readAt: now) } }
    return finder.resembling(values)
  }

  func add(_ values: [String: String], id: String) {
    state.withLock { $0.finder?.add(values, id: id) }
  }
}

/// How a page of the sheet is answered.
enum PageStatus {
  case ok, wrong, conflict

  var http: HTTPResponse.Status {
    switch self {
    case .ok: .ok
    case .wrong: .unprocessableContent
    case .conflict: .conflict
    }
  }
}
