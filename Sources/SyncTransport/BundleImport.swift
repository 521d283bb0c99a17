internal import Foundation
public import Replica
public import SyncModel
public import SyncProtocol

/// Takes in what came by hand.
///
/// A file is read twice: first to the end, to be sure of all of it and of its sender, then to be
/// acted on. What cannot be relied on changes nothing.
public struct BundleImport {
  /// What came of a file.
  public struct Report: Hashable, Sendable {
    /// What the file says of itself.
    public var header: BundleHeader
    /// What was done with its changesets.
    public var merge = MergeReport()
    /// Changes whose authors are not known here: they were left out.
    public var unknownAuthors = 0
    /// Own changes that a receipt of the centre acknowledged now.
    public var acknowledged = 0
    /// The identity that this replica took, since the sender knew more of the former one than it did
    /// itself: it was restored or copied.
    public var newIdentity: NodeID?
  }

  /// Bytes read at once.
  private static let readSize = 1 << 20

  private let replica: Replica
  private let codec: any ChangesetCoding
  private let keys: any OpeningKeys
  private let now: @Sendable () -> Int64

  /// Imports into `replica`, which signs with `keys`; `now` is milliseconds since 1970.
  public init(
    _ replica: Replica, codec: any ChangesetCoding = ProtobufChangesetCodec(),
    keys: any OpeningKeys, now: @escaping @Sendable () -> Int64
  ) {
    self.replica = replica
    self.codec = codec
    self.keys = keys
    self.now = now
  }

  /// Takes a file in: a bundle, one part of it, or a receipt, for the first time or again.
  ///
  /// - Parameters:
  ///   - isRevoked: Whether the sender is one whose credential the centre has revoked.
  ///   - progress: Called with the changes taken in and those that the file names.
  /// - Throws: ``BundleError`` and what the replica throws; then nothing was changed.
  public func read(
    _ path: String, isRevoked: (NodeID) throws -> Bool = { _ in false },
    progress: (_ changes: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> Report {
    let header = try Self.header(of: path)
    let checked = try check(path, header, isRevoked: isRevoked)
    var report = Report(header: header)
    report.unknownAuthors = checked.unknownAuthors

    let isCentre = checked.sender.office == "central"
    try replica.learn(
      [checked.sender] + (isCentre ? checked.prologue.nodes.filter { !$0.office.isEmpty } : []))
    report.newIdentity = try takeNewIdentityIfNeeded(checked.prologue)
    try replica.notePeer(header.from.node, has: checked.prologue.knowledge)

    let withheld = isCentre ? try obey(checked.prologue, at: header.at) : try replica.withheld()

    var batch: [SignedChangeset] = []
    var size = 0
    var done = 0
    let authors = checked.authors
    func takeIn() throws {
      report.merge += try replica.receive(batch, skippingForks: true, withheld: withheld)
      batch = []
      size = 0
      progress(done, header.changes)
    }
    try walk(path, header) { record in
      guard case .changeset(let changeset) = record else { return }
      let facts = try codec.decodeHeader(changeset.header).header
      guard authors[facts.node] != nil else { return }
      batch.append(changeset)
      size += changeset.size
      done += facts.changeCount
      if size >= Self.readSize { try takeIn() }
    }
    try takeIn()
    if isCentre { report.acknowledged = try acknowledge(checked.prologue) }
    return report
  }

  /// What a file says of itself in plain lines.
  public static func header(of path: String) throws -> BundleHeader {
    try withFile(path) { handle in
      let start = Array(try handle.read(upToCount: BundleHeader.sizeLimit) ?? Data())
      guard start.starts(with: Array("quipu bundle ".utf8)) else { throw BundleError.notABundle }
      guard let end = BundleHeader.end(in: start) else { throw BundleError.damaged }
      return try BundleHeader(Array(start[..<end]))
    }
  }

  // MARK: - To be sure

  private struct Checked {
    var sender: NodeFacts
    var prologue: BundlePrologue
    var authors: [NodeID: NodeFacts]
    var unknownAuthors: Int
  }

  private func check(
    _ path: String, _ header: BundleHeader, isRevoked: (NodeID) throws -> Bool
  ) throws -> Checked {
    let own = try replica.identity().id
    guard header.from.node != own else { throw BundleError.ownBundle }
    var known: [NodeID: NodeFacts] = [:]
    for node in try replica.nodes() where node.publicKey != nil { known[node.id] = node }
    var prologue: BundlePrologue?
    var authors = known
    var (changesets, changes, unknown) = (0, 0, 0)
    let (hash, signature) = try walk(path, header) { record in
      switch record {
      case .prologue(let said):
        prologue = said
        if known[header.from.node]?.office == "central" {
          for node in said.nodes where authors[node.id] == nil { authors[node.id] = node }
        }
        if known[header.from.node] == nil, let heir = try succession(said, header, known) {
          known[heir.id] = heir
          authors[heir.id] = heir
        }
      case .changeset(let changeset):
        let (facts, hash) = try sound { try codec.decodeHeader(changeset.header) }
        changesets += 1
        changes += facts.changeCount
        guard let key = authors[facts.node]?.publicKey else {
          unknown += facts.changeCount
          return
        }
        guard codec.isValid(signature: changeset.signature, hash: hash, publicKey: key) else {
          throw BundleError.forged(node: facts.node)
        }
        _ = try sound { try codec.decodeBody(changeset.body, header: facts) }
      }
    }
    guard let sender = known[header.from.node], let key = sender.publicKey else {
      throw BundleError.unknownSender(office: header.from.office, node: header.from.node)
    }
    guard codec.isValid(signature: signature, hash: hash, publicKey: key),
      sender.office == header.from.office
    else { throw BundleError.forged(node: header.from.node) }
    guard try !isRevoked(sender.id) else { throw BundleError.revoked(node: sender.id) }
    guard let prologue, changesets == header.changesets, changes == header.changes else {
      throw BundleError.damaged
    }
    return Checked(
      sender: sender, prologue: prologue, authors: authors, unknownAuthors: unknown)
  }

  /// What a malformed changeset means of its bundle.
  private func sound<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch ChangesetError.unknownFormat(let version) {
      throw BundleError.newerFormat("\(version)")
    } catch is ChangesetError {
      throw BundleError.damaged
    }
  }

  /// A sender that nobody has heard of, for whom a known node vouches that it was the same replica.
  private func succession(
    _ prologue: BundlePrologue, _ header: BundleHeader, _ known: [NodeID: NodeFacts]
  ) throws -> NodeFacts? {
    for succession in prologue.successions where succession.node.id == header.from.node {
      guard let former = known[succession.former], let key = former.publicKey,
        codec.isValid(
          signature: succession.signature, hash: succession.challenge, publicKey: key)
      else { continue }
      var heir = succession.node
      heir.office = former.office
      return heir
    }
    return nil
  }

  // MARK: - To act

  /// Who knows more of this node than it does itself met it before a backup was put back, or met a
  /// copy of it.
  private func takeNewIdentityIfNeeded(_ prologue: BundlePrologue) throws -> NodeID? {
    let own = try replica.identity().id
    guard let said = prologue.heads.first(where: { $0.node == own }), said.sequence > 0 else {
      return nil
    }
    let head = try replica.head(of: own)
    if said.sequence <= head?.sequence ?? 0 {
      let here = try replica.hash(of: own, sequence: said.sequence)
      if here == nil || here == said.hash { return nil }
    }
    let side = ReplicaSide(replica: replica, codec: codec, keys: keys, now: now)
    _ = try side.perform(.adoptNewIdentity(reason: "restored"))
    return try replica.identity().id
  }

  /// Carries out erasures, and follows what the centre lets pass unless something newer was heard.
  ///
  /// - Returns: The changes that are to wait when they come in.
  private func obey(_ prologue: BundlePrologue, at seconds: Int64) throws -> [WithheldChange] {
    _ = try replica.carryOut(prologue.erasures)
    let heard = try [BundleSettings.ordersAt, SyncSettings.lastSync].compactMap {
      try replica.setting($0).flatMap { Int64($0) }
    }.max()
    if let heard, seconds * 1000 < heard { return try replica.withheld() + prologue.withheld }
    _ = try replica.follow(prologue.withheld)
    try replica.set(BundleSettings.ordersAt, String(seconds * 1000))
    return prologue.withheld
  }

  private func acknowledge(_ prologue: BundlePrologue) throws -> Int {
    let own = try replica.identity().id
    guard let said = prologue.heads.first(where: { $0.node == own }) else { return 0 }
    try replica.set(BundleSettings.receiptAt, String(now()))
    let before = try replica.setting(SyncSettings.acknowledgedSequence).flatMap { Int64($0) } ?? 0
    guard said.sequence > before, try replica.hash(of: own, sequence: said.sequence) == said.hash
    else { return 0 }
    try replica.set(SyncSettings.acknowledgedSequence, String(said.sequence))
    return try replica.ownChanges(after: before, through: said.sequence)
  }

  // MARK: - Reading

  @discardableResult
  private func walk(
    _ path: String, _ header: BundleHeader, _ visit: (BundleReader.Record) throws -> Void
  ) throws -> (hash: [UInt8], signature: [UInt8]) {
    try Self.withFile(path) { handle in
      var reader = try BundleReader(header, keys: keys)
      try handle.seek(toOffset: UInt64(header.bytes.count))
      while let bytes = try handle.read(upToCount: Self.readSize), !bytes.isEmpty {
        for record in try reader.read(Array(bytes)) { try visit(record) }
      }
      let end = try reader.finish()
      for record in end.records { try visit(record) }
      return (end.signedHash, end.signature)
    }
  }

  private static func withFile<Value>(
    _ path: String, _ body: (FileHandle) throws -> Value
  ) throws -> Value {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw BundleError.inaccessible(path: path, reason: "there is no such file")
    }
    guard !isFolder.boolValue, let handle = FileHandle(forReadingAtPath: path) else {
      throw BundleError.inaccessible(path: path, reason: "it cannot be read")
    }
    defer { try? handle.close() }
    return try body(handle)
  }
}
