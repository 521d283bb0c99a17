import SyncModel
import SyncProtocol
import TestSupport
import Testing

@Suite("Messages")
struct MessageTests {
  /// Messages of every kind, from a seed, with what they decode to.
  func samples(_ random: inout RandomChanges) -> [any SyncMessage] {
    let node = NodeID.random(using: &random.generator)
    let nodes = [
      NodeFacts(id: node, office: "cusco", label: "laptop 2", publicKey: random.bytes(32)),
      NodeFacts(id: .random(using: &random.generator), office: "puno", label: nil, publicKey: nil),
    ]
    let changesets = (0..<random.number(0...3)).map { _ in
      SignedChangeset(
        header: random.bytes(random.number(0...50)), signature: random.bytes(64),
        body: random.bytes(random.number(0...50)))
    }
    var merge = MergeReport()
    merge.applied = 3
    merge.quarantined = 1
    let sequence = Int64(random.number(0...2))
    let hash = sequence == 0 ? [] : random.bytes(32)
    return [
      Hello(
        node: node, lastSequence: sequence, lastHash: hash, acknowledgedSequence: 0,
        knowledge: random.knowledge(), schemaVersion: 5, clockMilliseconds: 1_763_900_000_000,
        epoch: "e1", logNumber: 17),
      HelloAnswer(
        knowledge: random.knowledge(), clockMilliseconds: -5, epoch: "e1", horizon: 3, nodes: nodes,
        lastSequence: sequence, lastHash: hash, schemaVersion: 5, centralNode: node,
        isIdentityReused: true),
      NewIdentity(node: node, publicKey: random.bytes(32), reason: "copied"),
      NewIdentityAnswer(knowledge: random.knowledge()),
      Push(changesets: changesets),
      PushAnswer(
        knowledge: random.knowledge(), lastSequence: sequence, lastHash: hash, merge: merge),
      PullAnswer(
        changesets: changesets, last: 7, end: 9, knowledge: random.knowledge(), nodes: nodes),
      DigestAnswer(
        knowledge: random.knowledge(), unsealed: 2,
        tables: [TableDigest(table: "team", rowCount: 3, digest: String(repeating: "0", count: 32))]
      ),
    ]
  }

  func returns<Message: SyncMessage>(_ message: Message) throws -> Bool {
    try Message(decoding: message.encoded()) == message
  }

  func decodes<Message: SyncMessage>(_ like: Message, _ bytes: [UInt8]) throws {
    do { _ = try Message(decoding: bytes) } catch is MessageError {}
  }

  @Test("a message that is encoded is decoded the same", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var random = RandomChanges(seed: seed)
    for message in samples(&random) { #expect(try returns(message)) }
  }

  @Test("a damaged message is refused or read, never a crash", arguments: 0..<20 as Range<UInt64>)
  func damaged(seed: UInt64) throws {
    var random = RandomChanges(seed: seed)
    for message in samples(&random) {
      let bytes = try message.encoded()
      for _ in 0..<100 where !bytes.isEmpty {
        var damaged = bytes
        damaged[random.number(0...bytes.count - 1)] = UInt8(random.number(0...255))
        if random.number(0...3) == 0 { damaged.removeLast(random.number(0...damaged.count)) }
        try decodes(message, damaged)
      }
    }
  }

  @Test("a message above its limit is refused unread")
  func limit() {
    let bytes = [UInt8](repeating: 0, count: MessageLimits.body + 1)
    #expect(throws: MessageError.tooLarge(size: bytes.count, limit: MessageLimits.body)) {
      try Push(decoding: bytes)
    }
  }

  @Test("digests are compared only where both sides have received the same")
  func digests() {
    let knowledge = Knowledge(last: [NodeID(high: 1, low: 1): 5])
    let one = TableDigest(table: "a", rowCount: 1, digest: "x")
    let other = TableDigest(table: "b", rowCount: 1, digest: "y")
    let mine = DigestAnswer(knowledge: knowledge, unsealed: 0, tables: [one, other])
    #expect(
      mine.agrees(with: DigestAnswer(knowledge: knowledge, unsealed: 0, tables: [other, one]))
        == true)
    #expect(
      mine.agrees(with: DigestAnswer(knowledge: knowledge, unsealed: 0, tables: [one])) == false)
    #expect(
      mine.agrees(with: DigestAnswer(knowledge: knowledge, unsealed: 1, tables: [one])) == nil)
    #expect(
      mine.agrees(with: DigestAnswer(knowledge: Knowledge(), unsealed: 0, tables: [one])) == nil)
  }

  @Test("a code is read without regard to capitals, hyphens and letters that look like digits")
  func codes() {
    #expect(EnrolmentCode.normalized("zvks-zvyj dck0-xr25") == "ZVKSZVYJDCK0XR25")
    #expect(EnrolmentCode.normalized("OIL") == "011")
  }
}
