import Crypto
import Foundation
import SyncModel
import Testing

@testable import SyncProtocol

@Suite("Bundles")
struct BundleTests {
  /// A sender, two recipients and a stranger, with keys of their own.
  struct Parties {
    let sender = NodeID(high: 1, low: 1)
    let recipients = [NodeID(high: 2, low: 2), NodeID(high: 3, low: 3)]
    let senderKeys = MemorySigningKeys(seed: 1)
    let recipientKeys = [MemorySigningKeys(seed: 2), MemorySigningKeys(seed: 3)]
    let strangerKeys = MemorySigningKeys(seed: 4)

    init() throws {
      _ = try senderKeys.publicKey(of: sender, creating: true)
      for (node, keys) in zip(recipients, recipientKeys) {
        _ = try keys.publicKey(of: node, creating: true)
      }
    }

    var header: BundleHeader {
      BundleHeader(
        from: .init(office: "cusco", node: sender),
        to: zip(["central", "puno"], recipients).map { .init(office: $0, node: $1) },
        at: 1_767_225_600, changesets: 2, changes: 5, part: 1, parts: 1,
        series: String(repeating: "ab", count: 16))
    }

    /// A bundle of changesets that are not read here.
    func bundle(_ changesets: [SignedChangeset]) throws -> [UInt8] {
      let publicKeys = try zip(recipients, recipientKeys).map {
        try #require(try $1.publicKey(of: $0, creating: false))
      }
      let prologue = BundlePrologue(
        knowledge: Knowledge(last: [sender: 5]), nodes: [], heads: [], schemaVersion: 7,
        successions: [])
      var (writer, bytes) = try BundleWriter.begin(
        header, key: Array(0..<32), publicKeys: publicKeys, prologue: prologue)
      for changeset in changesets { bytes += try writer.append(changeset) }
      return bytes + (try writer.finish(keys: senderKeys))
    }
  }

  static func read(
    _ file: [UInt8], keys: any OpeningKeys, step: Int = 1000
  ) throws -> (records: [BundleReader.Record], isSigned: Bool) {
    guard let end = BundleHeader.end(in: file) else { throw BundleError.damaged }
    let header = try BundleHeader(Array(file[..<end]))
    var reader = try BundleReader(header, keys: keys)
    var records: [BundleReader.Record] = []
    var from = end
    while from < file.count {
      let to = min(from + step, file.count)
      records += try reader.read(Array(file[from..<to]))
      from = to
    }
    let last = try reader.finish()
    let parties = try Parties()
    let key = try #require(try parties.senderKeys.publicKey(of: parties.sender, creating: false))
    let isSigned = ProtobufChangesetCodec().isValid(
      signature: last.signature, hash: last.signedHash, publicKey: key)
    return (records + last.records, isSigned)
  }

  static func changesets(seed: UInt64, count: Int, size: Int) -> [SignedChangeset] {
    var random = Dice(seed: seed)
    return (0..<count).map { _ in
      SignedChangeset(
        header: random.bytes(200), signature: random.bytes(64),
        body: random.bytes(random.number(0...size)))
    }
  }

  @Test(
    "the X25519 form of an Ed25519 key is the one that belongs to its secret number",
    arguments: 0..<40 as Range<UInt64>)
  func agreement(seed: UInt64) throws {
    let key = try Curve25519.Signing.PrivateKey(
      rawRepresentation: Array(SHA256.hash(data: [UInt8(seed)])))
    let derived = try #require(
      AgreementKey.publicKey(ofSigning: Array(key.publicKey.rawRepresentation)))
    let own = try AgreementKey.privateKey(ofSigning: key).publicKey
    #expect(derived.rawRepresentation == own.rawRepresentation)
  }

  @Test("numbers modulo 2^255 − 19 add, subtract and divide as numbers do")
  func field() {
    var random = Dice(seed: 7)
    for _ in 0..<200 {
      let (a, b) = (
        FieldElement(littleEndian: random.bytes(32)), FieldElement(littleEndian: random.bytes(32))
      )
      #expect(a + b - b == a)
      #expect(a * b == b * a)
      #expect(b == .zero || a * b * b.inverse == a)
      #expect((a + b) * a == a * a + b * a)
    }
  }

  @Test(
    "every recipient reads what was written, whatever the pieces in which it comes",
    arguments: [(0, 0, 7), (1, 100, 64), (3, 70_000, 1000), (9, 200_000, 65_552), (2, 65_000, 1)])
  func roundTrip(count: Int, size: Int, step: Int) throws {
    let parties = try Parties()
    let changesets = Self.changesets(seed: UInt64(count), count: count, size: size)
    let file = try parties.bundle(changesets)
    for keys in parties.recipientKeys {
      let (records, isSigned) = try Self.read(file, keys: keys, step: step)
      #expect(isSigned)
      #expect(records.count == count + 1)
      #expect(Array(records.dropFirst()) == changesets.map { .changeset($0) })
    }
    #expect(throws: BundleError.notForUs(offices: ["central", "puno"])) {
      try Self.read(file, keys: parties.strangerKeys)
    }
  }

  @Test("in clear text stands from whom, to whom, when and how much, and nothing of the content")
  func header() throws {
    let parties = try Parties()
    let secret = Array("Quispe Mamani, Ana".utf8)
    let file = try parties.bundle([
      SignedChangeset(header: secret, signature: [], body: secret + secret)
    ])
    let end = try #require(BundleHeader.end(in: file))
    let lines = String(decoding: file[..<end], as: UTF8.self).split(separator: "\n")
    #expect(
      lines.map { $0.prefix { $0 != ":" } } == [
        "quipu bundle 1", "from", "to", "to", "at", "changesets", "changes", "part", "series",
        "key", "key",
      ])
    #expect(lines[1] == "from: cusco 00000000000000010000000000000001")
    #expect(lines[4] == "at: 2026-01-01T00:00:00Z")
    #expect(!Data(file).contains(Data(secret)))
    var read = try BundleHeader(Array(file[..<end]))
    read.keys = []
    #expect(read == parties.header)
  }

  @Test(
    "a file that was changed, cut or lengthened anywhere is refused, never read otherwise",
    arguments: 0..<30 as Range<UInt64>)
  func hostile(seed: UInt64) throws {
    let parties = try Parties()
    let changesets = Self.changesets(seed: seed, count: 3, size: 60_000)
    let file = try parties.bundle(changesets)
    var random = Dice(seed: seed + 500)
    for _ in 0..<40 {
      var damaged = file
      // Half of the damage is done to the header, which is a hundredth of the file.
      let reach = random.number(0...1) == 0 ? 900 : file.count
      let at = random.number(0...min(reach, file.count) - 1)
      switch random.number(0...4) {
      case 0: damaged[at] ^= 1 << UInt8(random.number(0...7))
      case 1: damaged.removeSubrange(at...)
      case 2: damaged.remove(at: at)
      case 3: damaged.insert(contentsOf: random.bytes(random.number(1...9)), at: at)
      default: damaged += random.bytes(random.number(1...100))
      }
      guard damaged != file else { continue }
      #expect(throws: BundleError.self) {
        _ = try Self.read(damaged, keys: parties.recipientKeys[0])
      }
    }
  }

  @Test("pieces of one bundle do not pass in another, nor in another order")
  func pieces() throws {
    let parties = try Parties()
    var random = Dice(seed: 3)
    let body = random.bytes(50_000)
    let file = try parties.bundle(
      (0..<6).map { _ in SignedChangeset(header: [1], signature: [2], body: body) })
    let end = try #require(BundleHeader.end(in: file))
    let piece = SealedPieces.size + SealedPieces.tag
    try #require(file.count > end + 2 * piece)
    let (first, second) = (
      Array(file[end..<end + piece]), Array(file[end + piece..<end + 2 * piece])
    )
    let swapped = Array(file[..<end]) + second + first + Array(file[(end + 2 * piece)...])
    #expect(throws: BundleError.damaged) {
      try Self.read(swapped, keys: parties.recipientKeys[0])
    }
    let dropped = Array(file[..<end]) + Array(file[(end + piece)...])
    #expect(throws: BundleError.damaged) {
      try Self.read(dropped, keys: parties.recipientKeys[0])
    }
  }

  @Test("who may read a bundle cannot write one in the sender's name")
  func insider() throws {
    let parties = try Parties()
    let publicKeys = try zip(parties.recipients, parties.recipientKeys).map {
      try #require(try $1.publicKey(of: $0, creating: false))
    }
    let prologue = BundlePrologue(
      knowledge: Knowledge(), nodes: [], heads: [], schemaVersion: 7, successions: [])
    var (writer, bytes) = try BundleWriter.begin(
      parties.header, key: Array(0..<32), publicKeys: publicKeys, prologue: prologue)
    let forger = MemorySigningKeys(seed: 2)
    _ = try forger.publicKey(of: parties.sender, creating: true)
    bytes += try writer.finish(keys: forger)
    #expect(try !Self.read(bytes, keys: parties.recipientKeys[0]).isSigned)
  }
}

/// Numbers that a seed decides.
private struct Dice {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
  }

  private mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) }
  }
}
