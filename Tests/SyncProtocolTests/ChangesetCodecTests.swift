import Crypto
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@Suite("Changeset codec")
struct ChangesetCodecTests {
  let codec = ProtobufChangesetCodec()
  let key = Curve25519.Signing.PrivateKey()

  func encode(
    _ groups: [ChangeGroup],
    header: ChangesetHeader? = nil
  ) throws -> (changeset: SignedChangeset, hash: [UInt8]) {
    var random = RandomChanges(seed: 1)
    let count = groups.reduce(0) { $0 + $1.count }
    return try codec.encode(header: header ?? random.header(changeCount: count), groups: groups) {
      Array(try key.signature(for: $0))
    }
  }

  @Test("what is encoded is decoded, bit for bit", arguments: 0..<300 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomChanges(seed: seed)
    let groups = random.groups()
    let header = random.header(changeCount: groups.reduce(0) { $0 + $1.count })
    let (changeset, hash) = try encode(groups, header: header)
    let decoded = try codec.decodeHeader(changeset.header)
    var expected = header
    expected.bodyHash = decoded.header.bodyHash
    expected.bodySize = decoded.header.bodySize
    #expect(decoded.header == expected)
    #expect(decoded.hash == hash)
    let back = try codec.decodeBody(changeset.body, header: decoded.header)
    #expect(back.map(ExactGroup.init) == groups.map(ExactGroup.init))
  }

  @Test("equal changes have equal bytes")
  func deterministic() throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = RandomChanges(seed: seed)
      let groups = random.groups()
      let header = random.header(changeCount: groups.reduce(0) { $0 + $1.count })
      let first = try encode(groups, header: header)
      let second = try encode(groups, header: header)
      #expect(first.hash == second.hash)
      #expect(first.changeset.body == second.changeset.body)
    }
  }

  @Test("a decoded changeset is encoded to the same body")
  func stable() throws {
    for seed in 0..<50 as Range<UInt64> {
      var random = RandomChanges(seed: seed)
      let (changeset, _) = try encode(random.groups())
      let header = try codec.decodeHeader(changeset.header).header
      let again = try encode(try codec.decodeBody(changeset.body, header: header), header: header)
      #expect(again.changeset.body == changeset.body)
    }
  }

  @Test("a changeset without changes is a changeset")
  func empty() throws {
    let (changeset, _) = try encode([])
    let header = try codec.decodeHeader(changeset.header).header
    #expect(try codec.decodeBody(changeset.body, header: header).isEmpty)
  }

  @Test("only the author's signature over these very bytes is valid")
  func signature() throws {
    var random = RandomChanges(seed: 7)
    let (changeset, hash) = try encode([random.group()])
    let publicKey = Array(key.publicKey.rawRepresentation)
    #expect(codec.isValid(signature: changeset.signature, hash: hash, publicKey: publicKey))
    var other = hash
    other[0] ^= 1
    #expect(!codec.isValid(signature: changeset.signature, hash: other, publicKey: publicKey))
    #expect(
      !codec.isValid(
        signature: Array(changeset.signature.dropLast()), hash: hash, publicKey: publicKey))
    #expect(!codec.isValid(signature: changeset.signature, hash: hash, publicKey: []))
    let stranger = Array(Curve25519.Signing.PrivateKey().publicKey.rawRepresentation)
    #expect(!codec.isValid(signature: changeset.signature, hash: hash, publicKey: stranger))
  }

  @Test("another body than the header's is refused before it is opened")
  func otherBody() throws {
    var random = RandomChanges(seed: 9)
    let (changeset, _) = try encode([random.group()])
    let header = try codec.decodeHeader(changeset.header).header
    var body = changeset.body
    body[body.count / 2] ^= 0x10
    #expect(throws: ChangesetError.bodyDiffers) { try codec.decodeBody(body, header: header) }
    #expect(throws: ChangesetError.bodyDiffers) {
      try codec.decodeBody(Array(changeset.body.dropLast()), header: header)
    }
    #expect(throws: ChangesetError.bodyDiffers) { try codec.decodeBody([], header: header) }
  }

  @Test("a header that no author can mean is neither written nor read")
  func impossibleHeaders() throws {
    var random = RandomChanges(seed: 3)
    let header = random.header(changeCount: 0)
    let changes: [(inout ChangesetHeader) -> Void] = [
      { $0.sequence = 0 },
      { $0.firstCounter = 0 },
      { $0.firstCounter = .max },
      { $0.changeCount = -1 },
      { $0.changeCount = 1_000_001 },
      { $0.node = .ground },
      { $0.previousHash = [1] },
      { $0.sealedAtMilliseconds = .max },
      { $0.clockOffsetMilliseconds = .min },
    ]
    for change in changes {
      var wrong = header
      change(&wrong)
      #expect(throws: ChangesetError.self) { try encode([], header: wrong) }
    }
  }

  @Test("more changes than the header says are refused by the writer")
  func wrongCount() throws {
    var random = RandomChanges(seed: 5)
    let group = random.group()
    let header = random.header(changeCount: group.count + 1)
    #expect(throws: ChangesetError.self) { try encode([group], header: header) }
  }
}
