internal import Crypto
package import Foundation
package import GRDB
public import Replica

/// What somebody typed and has not saved yet, by form: local, and gone once it is saved.
public struct Drafts: Sendable {
  private let replica: Replica
  private let user: String

  /// The drafts of a user.
  public init(_ replica: Replica, user: WebUser) {
    self.replica = replica
    self.user = user.name
  }

  /// The draft of a form, with the instant at which it was kept; nil where there is none.
  public func load(_ form: String) throws -> (content: String, savedAt: Int64)? {
    try replica.read { db in try load(form, in: db) }
  }

  /// The draft of a form, in a transaction of the caller's.
  package func load(
    _ form: String, in db: Database
  ) throws -> (content: String, savedAt: Int64)? {
    try Row.fetchOne(
      db, sql: "SELECT content, saved_at FROM web_draft WHERE user_name = ? AND form = ?",
      arguments: [user, form]
    ).map { ($0[0], $0[1]) }
  }

  /// Keeps a draft.
  public func save(_ form: String, _ content: String, now: Int64) throws {
    try replica.write { db in
      try db.execute(
        sql: """
          INSERT INTO web_draft(user_name, form, content, saved_at) VALUES (?, ?, ?, ?)
          ON CONFLICT (user_name, form)
          DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at
          """, arguments: [user, form, content, now])
    }
  }

  /// What a form bears so that it is carried out on the content that was shown, and no other.
  package static func mark(_ content: some DataProtocol) -> String {
    SHA256.hash(data: content).prefix(8).map { String(Int($0) + 256, radix: 16).dropFirst() }
      .joined()
  }

  /// Drops a draft.
  public func drop(_ form: String) throws {
    try replica.write { db in
      try db.execute(
        sql: "DELETE FROM web_draft WHERE user_name = ? AND form = ?", arguments: [user, form])
    }
  }
}
