public import GRDB

/// What can go wrong with a replica.
public struct ReplicaError: Error, Hashable, Sendable {
  /// The reasons.
  public enum Reason: Hashable, Sendable {
    /// There is no file.
    case notFound(path: String)
    /// There is a file already.
    case exists(path: String)
    /// The file is no SQLite database, or none of ours.
    case notAReplica(path: String, what: String)
    /// The file cannot be read or written.
    case inaccessible(path: String, what: String)
    /// The disk takes no more: it is full, or a limit is set on the size of files.
    case diskFull(path: String)
    /// The database was made by a later version of this program.
    case newerSchema(found: String)
    /// A table was declared that cannot sync.
    case cannotSync(table: String, why: TableProblem)
    /// The table is not one that syncs.
    case unknownTable(String)
    /// There is no such row.
    case unknownRow(table: String)
    /// There is no such conflict.
    case unknownConflict(String)
    /// The conflict was closed before.
    case conflictClosed(String)
    /// The decision cannot be carried out.
    case cannotDecide(String)
    /// Changes of this replica that the centre does not have would be lost.
    case unsentChanges(Int)
    /// The replica's content contradicts itself.
    case damaged(String)
  }

  /// Why a table cannot sync.
  public enum TableProblem: Hashable, Sendable {
    /// It does not exist.
    case missing
    /// Rows cannot be told apart.
    case noPrimaryKey
    /// It has no rowid.
    case withoutRowID
    /// REPLACE through it would delete a row without a trace.
    ///
    /// With the index's name where somebody made it with CREATE INDEX.
    case secondaryUnique(index: String?)
    /// A change's mask of columns has 62 bits.
    case tooManyColumns(Int)
  }

  /// What happened.
  public let reason: Reason

  /// An error for a reason.
  public init(_ reason: Reason) {
    self.reason = reason
  }

  /// A name for programs; never changes.
  public var code: String {
    switch reason {
    case .notFound: "replica_not_found"
    case .exists: "replica_exists"
    case .notAReplica: "not_a_replica"
    case .inaccessible: "replica_inaccessible"
    case .diskFull: "disk_full"
    case .newerSchema: "newer_schema"
    case .cannotSync: "table_cannot_sync"
    case .unknownTable: "unknown_table"
    case .unknownRow: "unknown_row"
    case .unknownConflict: "unknown_conflict"
    case .conflictClosed: "conflict_closed"
    case .cannotDecide: "cannot_decide"
    case .unsentChanges: "unsent_changes"
    case .damaged: "replica_damaged"
    }
  }
}

extension ReplicaError: CustomStringConvertible {
  /// What was found and what was expected.
  public var description: String {
    switch reason {
    case .notFound(let path): "there is no replica at \"\(path)\""
    case .exists(let path): "there is a file at \"\(path)\" already"
    case .notAReplica(let path, let what): "\"\(path)\" is not a replica: \(what)"
    case .inaccessible(let path, let what): "\"\(path)\" cannot be opened: \(what)"
    case .diskFull(let path):
      "the disk takes no more of \"\(path)\": it is full, or the size of files is limited"
    case .newerSchema(let found):
      "the replica has schema step \"\(found)\", which this program does not know"
    case .cannotSync(let table, let why): "table \"\(table)\" cannot sync: \(why.words)"
    case .unknownTable(let table): "there is no synced table \"\(table)\""
    case .unknownRow(let table): "there is no such row in \"\(table)\""
    case .unknownConflict(let id): "there is no conflict \"\(id)\""
    case .conflictClosed(let id): "conflict \"\(id)\" is closed already"
    case .cannotDecide(let why): why
    case .unsentChanges(let count): "\(count) changes have not reached the centre"
    case .damaged(let what): "the replica is damaged: \(what)"
    }
  }

  /// What to do next.
  public var hint: String {
    switch reason {
    case .notFound: "make one with quipu init, or name another with --replica"
    case .exists: "choose another path; nothing was changed"
    case .notAReplica: "name the right file with --replica; nothing was changed"
    case .inaccessible: "check that the file and its folder exist and may be written"
    case .diskFull: "free some space and repeat the command; what was saved before is unharmed"
    case .newerSchema: "upgrade this program; nothing was changed"
    case .cannotSync(_, .secondaryUnique(let index?)):
      "somebody made that index by hand; take it away and nothing is lost: DROP INDEX \(index.quotedDatabaseIdentifier)"
    case .cannotSync: "change the table's migration"
    case .unknownTable: "see quipu digest for the tables"
    case .unknownRow: "check the key"
    case .unknownConflict, .conflictClosed: "see quipu conflicts list"
    case .cannotDecide: "see quipu conflicts show"
    case .unsentChanges: "sync first"
    case .damaged: "restore a backup beside it and run quipu check; keep the damaged file"
    }
  }
}

extension ReplicaError.TableProblem {
  fileprivate var words: String {
    switch self {
    case .missing: "it does not exist"
    case .noPrimaryKey: "it has no primary key"
    case .withoutRowID: "it is declared WITHOUT ROWID"
    case .secondaryUnique(let index?): "its index \"\(index)\" is UNIQUE"
    case .secondaryUnique(nil): "it has a UNIQUE constraint beside its primary key"
    case .tooManyColumns(let count): "it has \(count) columns beside its key, more than 62"
    }
  }
}

extension DatabaseError {
  /// Whether the disk takes no more: it is full, or a limit is set on the size of files.
  public var meansFullDisk: Bool {
    resultCode == .SQLITE_FULL
      || [.SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC].contains(
        extendedResultCode)
  }
}
