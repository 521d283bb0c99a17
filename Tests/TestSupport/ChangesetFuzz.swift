import Crypto
import Replica
package import SyncModel
import SyncProtocol

/// Bytes that an attacker may send: valid messages and changesets with faults put in, where hashes
/// and counts agree with what is inside, so that the reader must look closer.
package struct ChangesetFuzz {
  /// What became of the cases.
  package struct Tally: Sendable {
    /// Refused with an error of ours.
    package var refused = 0
    /// Read: the fault changed nothing that can be known.
    package var read = 0

    package init() {}
  }

  private var random: RandomChanges
  private let codec = ProtobufChangesetCodec()
  /// What came of it so far.
  package private(set) var tally = Tally()

  /// The attacks of `seed`.
  package init(seed: UInt64) {
    random = RandomChanges(seed: seed)
  }

  /// Reads `count` damaged things made from one sound one.
  ///
  /// - Throws: Any error that is not one of ours.
  package mutating func run(_ count: Int) throws {
    let groups = random.groups() + [random.group()]
    let header = random.header(changeCount: groups.reduce(0) { $0 + $1.count })
    let (sound, _) = try codec.encode(header: header, groups: groups) { _ in
      [UInt8](repeating: 1, count: 64)
    }
    let full = try codec.decodeHeader(sound.header).header
    let plain = try Zstd.shared.decompress(sound.body, size: full.bodySize)
    let push = try Push(changesets: [sound]).encoded()
    let answer = try PullAnswer(
      changesets: [sound], last: 3, end: 4, knowledge: random.knowledge(), nodes: []
    ).encoded()
    for _ in 0..<count {
      do {
        switch random.number(0...5) {
        case 0: _ = try codec.decodeHeader(random.damage(sound.header))
        case 1:
          let body = random.damage(sound.body)
          try read(body, with: full, size: full.bodySize)
        case 2, 3:
          let damaged = random.damage(plain)
          let body = try damaged.withUnsafeBytes { try Zstd.shared.compress($0, boundaries: []) }
          try read(body, with: full, size: damaged.count)
        case 4: _ = try Push(decoding: random.damage(push))
        default: _ = try PullAnswer(decoding: random.damage(answer))
        }
        tally.read += 1
      } catch is ChangesetError {
        tally.refused += 1
      } catch is MessageError {
        tally.refused += 1
      }
    }
  }

  private func read(_ body: [UInt8], with header: ChangesetHeader, size: Int) throws {
    var header = header
    header.bodyHash = Array(SHA256.hash(data: body))
    header.bodySize = size
    for group in try codec.decodeBody(body, header: header) {
      for column in group.keys + group.values {
        for index in 0..<column.count { _ = column[index] }
      }
    }
  }
}

/// An enrolled node gone mad: changesets that are sound as messages and rightly signed, and whose
/// contents fit no table.
package struct HostileAuthor {
  private var random: RandomChanges
  private let keys: MemorySigningKeys
  private let codec = ProtobufChangesetCodec()
  private var last: (sequence: Int64, counter: Int64, hash: [UInt8]) = (0, 0, [])
  /// Who it is, to be made known to the replica that is attacked.
  package let facts: NodeFacts

  /// The node of `seed`.
  package init(seed: UInt64) throws {
    random = RandomChanges(seed: seed)
    keys = MemorySigningKeys(seed: seed)
    let node = NodeID(high: 0xbad, low: seed)
    facts = NodeFacts(
      id: node, office: "hostile", label: nil,
      publicKey: try keys.publicKey(of: node, creating: true))
  }

  /// The next changeset of its log.
  ///
  /// - Parameter tables: What the replica has: names, key columns and other columns.
  package mutating func changeset(
    against tables: [(name: String, key: [String], columns: [String])]
  ) throws -> SignedChangeset {
    let groups = (0..<random.number(1...4)).map { _ in group(tables) }
    let count = groups.reduce(0) { $0 + $1.count }
    let header = ChangesetHeader(
      node: facts.id, sequence: last.sequence + 1, firstCounter: last.counter + 1,
      changeCount: count, previousHash: last.hash, knowledge: Knowledge(),
      schemaVersion: random.number(0...9),
      clockOffsetMilliseconds: random.number(0...1) == 0
        ? nil : Int64(random.number(0...400_000_000_000_000)) - 200_000_000_000_000,
      sealedAtMilliseconds: Int64(random.number(0...200_000_000_000_000)), groupContinues: false)
    let (changeset, hash) = try codec.encode(header: header, groups: groups) {
      try keys.sign($0, as: facts.id)
    }
    last = (header.sequence, header.lastCounter, hash)
    return changeset
  }

  private mutating func group(
    _ tables: [(name: String, key: [String], columns: [String])]
  ) -> ChangeGroup {
    let table = tables[random.number(0...tables.count - 1)]
    let kind =
      [ChangeKind.insert, .update, .delete].randomElement(using: &random.generator) ?? .insert
    var key = table.key
    var columns = kind == .delete ? [] : table.columns
    switch random.number(0...9) {
    case 0: key.reverse()
    case 1: columns.append("nowhere")
    case 2: columns.shuffle(using: &random.generator)
    case 3: columns.removeAll { _ in random.number(0...1) == 0 }
    case 4: key.append("id\" = 1; --")
    default: break
    }
    let count = random.number(1...6)
    var group = ChangeGroup(
      table: random.number(0...15) == 0 ? "sync_node" : table.name, kind: kind, keyColumns: key,
      columns: columns)
    group.keys = key.map { _ in random.column(count) }
    group.values = columns.map { _ in random.column(count) }
    group.timestamps = random.timestamps(count)
    return group
  }
}
