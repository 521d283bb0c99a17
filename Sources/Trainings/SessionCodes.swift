import GRDB

/// The sessions by the codes that files name them by.
struct SessionCodes {
  enum Match: Equatable {
    case one(String)
    case none, several
  }

  /// By folded code: identifiers with office and exact code.
  private var byCode: [String: [(id: String, office: String, code: String)]] = [:]
  private var identifiers: Set<String> = []
  private let office: String
  private var found: [String: Match] = [:]

  init(office: String, _ db: Database) throws {
    self.office = office
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, office_code, code FROM training_session ORDER BY id")
    while let row = try rows.next() {
      let code: String = row[2]
      identifiers.insert(row[0])
      byCode[PersonName.folded(code), default: []].append((row[0], row[1], code))
    }
  }

  /// The session with the code: the office's own before others', the exact spelling before others,
  /// the one derived from the code before others; else one that once had this code.
  mutating func find(_ code: String) -> Match {
    if let match = found[code] { return match }
    let match = search(code)
    found[code] = match
    return match
  }

  private func search(_ code: String) -> Match {
    let all = byCode[PersonName.folded(code), default: []]
    let exact = all.filter { $0.code == code }
    let derived = Identity.session(office: office, code: code)
    for candidates in [exact, all] {
      let own = candidates.filter { $0.office == office }
      if let first = own.first(where: { $0.id == derived }) ?? own.first { return .one(first.id) }
    }
    let others = exact.isEmpty ? all : exact
    if others.count == 1 { return .one(others[0].id) }
    if others.count > 1 { return .several }
    return identifiers.contains(derived) ? .one(derived) : .none
  }
}
