import CentralNode
import GRDB
import Replica
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport
import Testing

/// A session without a network: calls reach the central node or not, answers come back or not.
struct BrokenLine {
  let node: CentralNode
  let access: NodeAccess
  var generator: SeededGenerator
  /// One call in so many breaks; 0: none does.
  var oneIn: Int

  mutating func sync(_ side: ReplicaSide, codec: any ChangesetCoding) throws -> SyncReport {
    var sizes = SyncSession.PieceSizes()
    sizes.initial = 600
    sizes.least = 300
    var session = SyncSession(codec: codec, sizes: sizes)
    var action = session.start()
    while true {
      switch action {
      case .readLocalState:
        action = try session.handle(.localState(try side.localState(enrolledNode: access.node)))
      case .call(let call):
        action = try session.handle(try answer(call))
      case .finish(let report):
        _ = try side.perform(action)
        return report
      default:
        action = try session.handle(try #require(try side.perform(action)))
      }
    }
  }

  private mutating func answer(_ call: SyncSession.Call) throws -> SyncSession.Event {
    if oneIn > 0, generator.oneIn(oneIn) { return .broken }
    let event: SyncSession.Event
    switch call {
    case .hello(let hello):
      event = .hello(try node.hello(hello, from: access), receivedAt: hello.clockMilliseconds)
    case .push(let push): event = .pushed(try node.push(push, from: access))
    case .pull(let pull): event = .pulled(try node.pull(pull, from: access))
    case .digest(let leavingOutPersonal):
      event = .digest(try node.digest(leavingOutPersonal: leavingOutPersonal))
    case .disclose(let request): event = .disclosed(try node.disclose(request, from: access))
    case .repair:
      _ = try node.repair()
      event = .centreRepaired
    case .identity, .snapshot: event = .refused(code: "unexpected")
    }
    // The answer is lost: what was done stays done.
    return oneIn > 0 && generator.oneIn(oneIn) ? .broken : event
  }
}

@Suite("Broken lines")
struct BrokenLineTests {
  @Test(
    "however often the line breaks, syncing again ends at the same point",
    arguments: 0..<15 as Range<UInt64>)
  func breaks(seed: UInt64) throws {
    let replicas = try TestReplicas(seed: seed + 1)
    let codec = ProtobufChangesetCodec()
    let keys = MemorySigningKeys(seed: 1)
    let clock = replicas.clock
    let central = try replicas.make("central", keys: keys)
    let node = try CentralNode(replica: central, codec: codec, keys: keys, now: { clock.now })
    var generator = SeededGenerator(seed: seed)
    let offices = try ["cusco", "puno"].map { name in
      let replica = try replicas.make(name, keys: keys)
      let side = ReplicaSide(replica: replica, codec: codec, keys: keys, now: { clock.now })
      let (id, key) = try side.identityWithKey()
      var request = EnrolmentRequest(
        code: try node.register.makeCode(office: name, label: nil), node: id.description,
        publicKey: hexadecimal(key), office: name, label: nil)
      request.proof = hexadecimal(try keys.sign(request.challenge, as: id))
      _ = try node.enroll(request)
      let access = try #require(try node.register.all().first { $0.node == id })
      return (replica, side, access)
    }
    for round in 0..<6 {
      for (number, office) in offices.enumerated() {
        for piece in 0..<3 {
          try office.0.execute(
            "INSERT INTO team(id, name) VALUES ('\(number)-\(round)-\(piece)', 'Equipo \(generator.next())')"
          )
          try office.0.execute("UPDATE team SET level = \(generator.below(9)) WHERE id = 't0'")
          try office.0.seal()
          clock.advance(1000)
        }
        var line = BrokenLine(node: node, access: office.2, generator: generator, oneIn: 3)
        do { _ = try line.sync(office.1, codec: codec) } catch is SyncSessionError {}
        generator = line.generator
      }
    }
    var pushed = 0
    for _ in 0..<2 {
      for office in offices {
        var line = BrokenLine(node: node, access: office.2, generator: generator, oneIn: 0)
        let report = try line.sync(office.1, codec: codec)
        pushed += report.pushed
        #expect(report.verified == true)
      }
    }
    let rows = try central.dump("team")
    #expect(rows.count == 2 + 36)
    for office in offices {
      #expect(try office.0.dump("team") == rows)
      #expect(try office.0.counts().unsent == 0)
    }
  }
}
