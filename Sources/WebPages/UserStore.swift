internal import Foundation
internal import GRDB
public import Replica

/// Who may sign in, in the replica's local tables: never synced, never in a snapshot.
public struct UserStore: Sendable {
  /// Why a user cannot be kept.
  public enum Failure: Error, Hashable, Sendable {
    /// The name is empty, too long, or holds something else than letters, digits and `. - _ @`.
    case invalidName
    /// The password has fewer than ``UserStore/leastPasswordLength`` characters.
    case shortPassword
    /// A user without a role could do nothing.
    case noRole
    /// There is one of this name.
    case exists
    /// There is none of this name.
    case unknown
  }

  /// The fewest characters of a password.
  public static let leastPasswordLength = 10

  private let replica: Replica
  private let cost: PasswordCost

  /// The users of a replica.
  public init(_ replica: Replica, cost: PasswordCost = PasswordCost()) {
    self.replica = replica
    self.cost = cost
  }

  /// All users, by name.
  public func list() throws -> [WebUser] {
    try replica.read { db in
      try Row.fetchAll(db, sql: "SELECT name, full_name, roles FROM web_user ORDER BY name")
        .map(Self.user)
    }
  }

  /// Adds a user.
  ///
  /// - Parameter now: Milliseconds since 1970.
  public func add(_ user: WebUser, password: String, now: Int64) throws {
    try Self.check(user, password: password)
    let hash = try Password.hashed(password, cost: cost)
    try replica.write { db in
      let exists = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM web_user WHERE name = ?)", arguments: [user.name])
      if exists == true { throw Failure.exists }
      try db.execute(
        sql: """
          INSERT INTO web_user(name, full_name, roles, password, created_at, changed_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [user.name, user.fullName, Self.text(user.roles), hash, now, now])
    }
  }

  /// Gives a user other roles; the sessions of before end.
  public func setRoles(_ roles: Set<WebRole>, of name: String, now: Int64) throws {
    guard !roles.isEmpty else { throw Failure.noRole }
    try change("roles = ?", [Self.text(roles).databaseValue], name, now)
  }

  /// Gives a user another password; the sessions of before end.
  public func setPassword(_ password: String, of name: String, now: Int64) throws {
    guard password.count >= Self.leastPasswordLength else { throw Failure.shortPassword }
    let hash = try Password.hashed(password, cost: cost)
    try change("password = ?", [hash.databaseValue], name, now)
  }

  private func change(
    _ assignment: String, _ values: [DatabaseValue], _ name: String, _ now: Int64
  ) throws {
    try replica.write { db in
      try db.execute(
        sql: "UPDATE web_user SET \(assignment), changed_at = ? WHERE name = ?",
        arguments: StatementArguments(values + [now.databaseValue, name.databaseValue]))
      guard db.changesCount == 1 else { throw Failure.unknown }
      try db.execute(sql: "DELETE FROM web_session WHERE user_name = ?", arguments: [name])
    }
  }

  /// Removes a user with the sessions and drafts.
  public func remove(_ name: String) throws {
    try replica.write { db in
      for table in ["web_session", "web_draft"] {
        try db.execute(sql: "DELETE FROM \(table) WHERE user_name = ?", arguments: [name])
      }
      try db.execute(sql: "DELETE FROM web_user WHERE name = ?", arguments: [name])
      guard db.changesCount == 1 else { throw Failure.unknown }
    }
  }

  /// The user with this name and password, or nil; the work is the same for a name that nobody has.
  func user(named name: String, password: String) throws -> WebUser? {
    let found = try replica.read { db in
      try Row.fetchOne(
        db, sql: "SELECT name, full_name, roles, password FROM web_user WHERE name = ?",
        arguments: [name])
    }
    guard let found else {
      _ = try Password.hashed(password, cost: cost)
      return nil
    }
    return Password.isValid(password, for: found["password"]) ? Self.user(found) : nil
  }

  // MARK: - Sessions

  /// Begins a session; its secret is the cookie's value, of which only a hash is kept.
  func beginSession(of user: WebUser, now: Int64, lifetime: Int64) throws -> String {
    let token = Secret.token()
    try replica.write { db in
      try db.execute(sql: "DELETE FROM web_session WHERE seen_at < ?", arguments: [now - lifetime])
      try db.execute(
        sql: "INSERT INTO web_session(hash, user_name, seen_at) VALUES (?, ?, ?)",
        arguments: [Secret.hash(token), user.name, now])
    }
    return token
  }

  /// Who the session belongs to, or nil when it is over.
  func user(session token: String, now: Int64, lifetime: Int64) throws -> WebUser? {
    let hash = Secret.hash(token)
    let row = try replica.read { db in
      try Row.fetchOne(
        db,
        sql: """
          SELECT u.name, u.full_name, u.roles, s.seen_at
          FROM web_session s JOIN web_user u ON u.name = s.user_name
          WHERE s.hash = ? AND s.seen_at >= ?
          """, arguments: [hash, now - lifetime])
    }
    guard let row else { return nil }
    // A write for each request would wear the disk for nothing.
    if now - (row["seen_at"] as Int64) > 5 * 60 * 1000 {
      try replica.write { db in
        try db.execute(
          sql: "UPDATE web_session SET seen_at = ? WHERE hash = ?", arguments: [now, hash])
      }
    }
    return Self.user(row)
  }

  /// Whether there was such a session, over or not.
  func knows(session token: String) throws -> Bool {
    try replica.read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM web_session WHERE hash = ?)",
        arguments: [Secret.hash(token)]) == true
    }
  }

  func endSession(_ token: String) throws {
    try replica.write { db in
      try db.execute(
        sql: "DELETE FROM web_session WHERE hash = ?", arguments: [Secret.hash(token)])
    }
  }

  /// The key that this replica's pages sign with, made at the first use.
  func key() throws -> Data {
    try replica.write { db in
      if let key = try Data.fetchOne(db, sql: "SELECT key FROM web_key") { return key }
      let key = Secret.hash(Secret.token())
      try db.execute(sql: "INSERT INTO web_key(only_row, key) VALUES (1, ?)", arguments: [key])
      return key
    }
  }

  // MARK: - Parts

  private static func check(_ user: WebUser, password: String) throws {
    let isPlain = user.name.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || $0.properties.numericType != nil
        || ".-_@".unicodeScalars.contains($0)
    }
    guard isPlain, !user.name.isEmpty, user.name.count <= 64 else { throw Failure.invalidName }
    guard password.count >= leastPasswordLength else { throw Failure.shortPassword }
    guard !user.roles.isEmpty else { throw Failure.noRole }
  }

  private static func text(_ roles: Set<WebRole>) -> String {
    roles.sorted().map(\.rawValue).joined(separator: " ")
  }

  private static func user(_ row: Row) -> WebUser {
    let roles = (row["roles"] as String).split(separator: " ").compactMap {
      WebRole(rawValue: String($0))
    }
    return WebUser(name: row["name"], fullName: row["full_name"], roles: Set(roles))
  }
}
