/// What a replica knows of a node.
public struct NodeFacts: Hashable, Sendable {
  /// Its identity.
  public var id: NodeID
  /// The office it belongs to; `central` for the central node.
  public var office: String
  /// What its office calls it.
  public var label: String?
  /// Ed25519, 32 bytes; nil where only the identity is known.
  public var publicKey: [UInt8]?

  /// The office that a central node's replica belongs to.
  public static let centralOffice = "central"

  /// Whether it is the central node.
  public var isCentral: Bool {
    office == Self.centralOffice
  }

  /// A node of all its facts.
  public init(id: NodeID, office: String, label: String?, publicKey: [UInt8]?) {
    self.id = id
    self.office = office
    self.label = label
    self.publicKey = publicKey
  }
}

/// A change that the centre does not let pass: its author's office may not make it.
///
/// Whoever has it keeps it in quarantine until the centre names it no more.
public struct WithheldChange: Hashable, Sendable {
  /// The change.
  public var change: ChangeID
  /// Which rule, without values of rows.
  public var detail: String

  /// A change and why it waits.
  public init(change: ChangeID, detail: String) {
    self.change = change
    self.detail = detail
  }
}

/// A table's content in three numbers, equal on equal replicas whatever the order of the rows.
public struct TableDigest: Hashable, Sendable {
  /// The table.
  public var table: String
  /// How many rows it shows.
  public var rowCount: Int64
  /// 32 hexadecimal digits: two sums of row hashes modulo 2^64.
  public var digest: String

  /// The digest of one table.
  public init(table: String, rowCount: Int64, digest: String) {
    self.table = table
    self.rowCount = rowCount
    self.digest = digest
  }
}

/// What was done with changesets that came in.
public struct MergeReport: Hashable, Sendable {
  /// Changesets applied now, held ones that became applicable included.
  public var applied = 0
  /// Changes (rows) in them.
  public var changes = 0
  /// Changesets that were here already.
  public var known = 0
  /// Changesets that wait for others.
  public var held = 0
  /// Conflicts opened.
  public var conflictsOpened = 0
  /// Changes that went into quarantine.
  public var quarantined = 0
  /// Changes whose reserved values came.
  public var disclosed = 0

  /// Nothing done.
  public init() {}

  /// Adds up two reports.
  public static func += (left: inout MergeReport, right: MergeReport) {
    left.applied += right.applied
    left.changes += right.changes
    left.known += right.known
    left.held += right.held
    left.conflictsOpened += right.conflictsOpened
    left.quarantined += right.quarantined
    left.disclosed += right.disclosed
  }
}
