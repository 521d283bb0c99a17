internal import Foundation
public import Replica
public import SyncModel
public import SyncProtocol

/// Writes what others lack into files that are carried by hand.
///
/// The files hold the same changesets that travel online, sealed for the recipients and signed by
/// this node. Nothing counts as sent by it: that takes a receipt, or a sync.
public struct BundleExport {
  /// What was written.
  public struct Report: Hashable, Sendable {
    /// The files, in order of their parts.
    public var files: [String]
    /// For whom.
    public var recipients: [BundleHeader.Party]
    /// Changesets in all parts.
    public var changesets: Int
    /// Changes (rows) in them.
    public var changes: Int
    /// The size of all files.
    public var bytes: Int
  }

  private let replica: Replica
  private let keys: any OpeningKeys
  private let now: @Sendable () -> Int64
  private let randomBytes: @Sendable (Int) -> [UInt8]

  /// Exports of `replica`, which signs with `keys`.
  ///
  /// `now` is milliseconds since 1970; `randomBytes` gives bytes that nobody can guess.
  public init(
    _ replica: Replica,
    keys: any OpeningKeys,
    now: @escaping @Sendable () -> Int64,
    randomBytes: @escaping @Sendable (Int) -> [UInt8] = Self.systemRandomBytes
  ) {
    self.replica = replica
    self.keys = keys
    self.now = now
    self.randomBytes = randomBytes
  }

  /// Bytes from the operating system.
  public static let systemRandomBytes: @Sendable (Int) -> [UInt8] = { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }

  /// The nodes that a name stands for: an office (`central` is one), or the first digits of a node.
  ///
  /// - Throws: ``BundleError`` `unknownRecipient`.
  public func recipients(named name: String) throws -> [NodeFacts] {
    let others = try known()
    let found = others.filter { $0.office == name }
    if !found.isEmpty { return found }
    let byDigits = others.filter {
      name.count >= 4 && $0.id.description.hasPrefix(name.lowercased())
    }
    guard byDigits.count == 1 else { throw BundleError.unknownRecipient(name) }
    return byDigits
  }

  /// All other nodes whose keys are known.
  public func known() throws -> [NodeFacts] {
    let own = try replica.identity().id
    return try replica.nodes().filter { $0.id != own && $0.publicKey != nil && !$0.office.isEmpty }
  }

  /// Writes what the recipients are not known to have; with nothing to give, or `receiptOnly`, the
  /// file is a receipt.
  ///
  /// Each part can be imported without the others. All files appear at once, whole.
  ///
  /// - Parameters:
  ///   - split: The most bytes of a file; nil for one file.
  ///   - everything: Whether what they are known to have is given again.
  /// - Throws: ``BundleError`` and what the replica throws; then there is no file.
  public func write(
    to path: String, for recipients: [NodeFacts], split: Int? = nil, everything: Bool = false,
    receiptOnly: Bool = false, progress: (_ changes: Int, _ of: Int) -> Void = { _, _ in }
  ) throws -> Report {
    let side = ReplicaSide(
      replica: replica, codec: ProtobufChangesetCodec(), keys: keys, now: now)
    _ = try side.identityWithKey()
    _ = try replica.seal()
    let own = try replica.identity()
    try checkReaders(own, recipients)
    if everything { for recipient in recipients { try replica.forgetPeer(recipient.id) } }
    var (entries, compacted) =
      receiptOnly ? ([], 0) : try replica.entries(missingAt: recipients.map(\.id))
    guard compacted == 0 else { throw BundleError.compacted(changes: compacted) }
    if own.isCentral, try !replica.reserved().isEmpty {
      for place in entries.indices {
        entries[place].size = try changeset(entries[place], for: recipients)?.size ?? 0
      }
    }
    let prologue = try prologue(own, for: recipients)
    let fixed = try fixedSize(own, prologue, recipients)
    let parts = try Self.parts(entries, fixed: fixed, split: split)
    let files = Self.names(path, count: parts.count)
    if let there = files.first(where: { FileManager.default.fileExists(atPath: $0) }) {
      throw BundleError.exists(path: there)
    }
    var written = BundleOutput(drafts: files.map { $0 + ".partial" })
    do {
      let series = hexadecimal(randomBytes(16))
      let total = entries.reduce(0) { $0 + $1.changes }
      var done = 0
      for (number, part) in parts.enumerated() {
        let header = BundleHeader(
          from: .init(office: own.office, node: own.id),
          to: recipients.map { .init(office: $0.office, node: $0.id) }, at: now() / 1000,
          changesets: part.count, changes: part.reduce(0) { $0 + $1.changes }, part: number + 1,
          parts: parts.count, series: series)
        var (writer, bytes) = try BundleWriter.begin(
          header, key: randomBytes(32), publicKeys: recipients.map { $0.publicKey ?? [] },
          prologue: prologue)
        try written.begin()
        try written.write(bytes)
        for entry in part {
          guard let changeset = try changeset(entry, for: recipients) else {
            throw BundleError.compacted(changes: entry.changes)
          }
          try written.write(try writer.append(changeset))
          done += entry.changes
          progress(done, total)
        }
        try written.write(try writer.finish(keys: keys))
        try written.end()
      }
      try written.name(files)
    } catch {
      written.discard()
      throw error
    }
    if !receiptOnly, recipients.contains(where: { $0.office == "central" }) {
      let head = try replica.head(of: own.id)?.sequence ?? 0
      try replica.set(BundleSettings.exported, "\(own.id) \(head)")
    }
    return Report(
      files: files, recipients: recipients.map { .init(office: $0.office, node: $0.id) },
      changesets: entries.count, changes: entries.reduce(0) { $0 + $1.changes },
      bytes: written.bytes)
  }

  /// Where personal values are reserved, one office's file is not another's.
  private func checkReaders(_ own: NodeFacts, _ recipients: [NodeFacts]) throws {
    let offices = Set(recipients.map(\.office))
    let isReserved =
      own.isCentral
      ? try !replica.reserved().isEmpty
      : try replica.setting(SyncSettings.readingReserved) != nil || replica.reservedChanges() > 0
    guard isReserved else { return }
    guard own.isCentral ? offices.count == 1 : offices == [NodeFacts.centralOffice] else {
      throw BundleError.readingReserved
    }
  }

  /// The changeset of an entry as its recipients may read it.
  private func changeset(
    _ entry: LogEntry, for recipients: [NodeFacts]
  ) throws -> SignedChangeset? {
    guard let changeset = try replica.changeset(at: entry.place) else { return nil }
    guard let office = recipients.first?.office else { return changeset }
    return try replica.changesets([changeset], asReadBy: office).first
  }

  private func prologue(_ own: NodeFacts, for recipients: [NodeFacts]) throws -> BundlePrologue {
    var prologue = BundlePrologue(
      knowledge: try replica.knowledge(),
      nodes: own.office == "central" ? try replica.nodes().filter { !$0.office.isEmpty } : [],
      heads: try recipients.map { recipient in
        let head = try replica.head(of: recipient.id)
        return .init(node: recipient.id, sequence: head?.sequence ?? 0, hash: head?.hash ?? [])
      },
      schemaVersion: replica.schemaVersion,
      successions: try keys.nodes().filter { $0 != own.id }.map { former in
        var succession = BundlePrologue.Succession(former: former, node: own)
        succession.signature = try keys.sign(succession.challenge, as: former)
        return succession
      })
    if own.isCentral {
      prologue.withheld = try replica.withheld()
      prologue.erasures = try replica.erasures(after: 0)
    }
    return prologue
  }

  /// What a file without a changeset comes to, and a little more.
  private func fixedSize(
    _ own: NodeFacts, _ prologue: BundlePrologue, _ recipients: [NodeFacts]
  ) throws -> Int {
    try prologue.encoded().count + 1024 + recipients.count * 220 + own.office.utf8.count
  }

  /// What a changeset takes in a file: itself, its record, and the tags of its pieces.
  private static func size(_ entry: LogEntry) -> Int {
    entry.size + 32 + (entry.size >> 16 + 1) * 16
  }

  private static func parts(
    _ entries: [LogEntry], fixed: Int, split: Int?
  ) throws -> [[LogEntry]] {
    guard let split else { return [entries] }
    let largest = entries.map(size).max() ?? 0
    guard fixed + largest <= split else {
      throw BundleError.partTooSmall(least: fixed + largest)
    }
    var parts: [[LogEntry]] = [[]]
    var room = split - fixed
    for entry in entries {
      if size(entry) > room {
        parts.append([])
        room = split - fixed
      }
      parts[parts.count - 1].append(entry)
      room -= size(entry)
    }
    return parts
  }

  /// `datos.quipu` in three parts: `datos-1de3.quipu` and so on.
  private static func names(_ path: String, count: Int) -> [String] {
    guard count > 1 else { return [path] }
    let url = URL(filePath: path)
    let suffix = url.pathExtension.isEmpty ? "" : "." + url.pathExtension
    let stem = suffix.isEmpty ? path : String(path.dropLast(suffix.count))
    return (1...count).map { "\(stem)-\($0)de\(count)\(suffix)" }
  }
}

/// The names under which a replica keeps what it knows of its bundles.
public enum BundleSettings {
  /// When the centre made the last bundle whose orders were followed: milliseconds since 1970.
  static let ordersAt = "bundle_orders_at"
  /// This node and its last changeset that was put into a bundle for the centre.
  static let exported = "bundle_exported"
  /// When a receipt of the centre last came in: milliseconds since 1970.
  public static let receiptAt = "bundle_receipt_at"
}

extension Replica {
  /// Own changes that are in a bundle for the centre and that nothing has acknowledged yet.
  public func carriedChanges() throws -> Int {
    let words = try setting(BundleSettings.exported)?.split(separator: " ") ?? []
    guard words.count == 2, try words[0] == identity().id.description, let last = Int64(words[1])
    else { return 0 }
    let acknowledged = try setting(SyncSettings.acknowledgedSequence).flatMap { Int64($0) } ?? 0
    return try ownChanges(after: acknowledged, through: last)
  }
}

/// Files that get their names when all of them are on the disk.
private struct BundleOutput {
  let drafts: [String]
  private var number = -1
  private var handle: FileHandle?
  private(set) var bytes = 0

  init(drafts: [String]) {
    self.drafts = drafts
  }

  mutating func begin() throws {
    number += 1
    let path = drafts[number]
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw BundleError.inaccessible(path: path, reason: "it cannot be written") }
    self.handle = handle
  }

  mutating func write(_ content: [UInt8]) throws {
    guard !content.isEmpty else { return }
    do {
      try handle?.write(contentsOf: Data(content))
    } catch {
      throw BundleError.inaccessible(path: drafts[number], reason: "the disk takes no more")
    }
    bytes += content.count
  }

  mutating func end() throws {
    do {
      try handle?.synchronize()
      try handle?.close()
    } catch {
      throw BundleError.inaccessible(path: drafts[number], reason: "the disk takes no more")
    }
    handle = nil
  }

  func name(_ files: [String]) throws {
    for (draft, file) in zip(drafts, files) {
      try FileManager.default.moveItem(atPath: draft, toPath: file)
    }
  }

  func discard() {
    try? handle?.close()
    for draft in drafts { try? FileManager.default.removeItem(atPath: draft) }
  }
}
