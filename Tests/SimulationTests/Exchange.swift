import FaultyDisk
import Replica
import SyncModel
import SyncProtocol
import TestSupport
import Testing

@testable import Simulation

/// A centre and two offices that hold whole sync sessions, with whatever a test lets happen between.
final class Exchange {
  let folder: TemporaryFolder
  let centre: SimulatedNode
  let lima: SimulatedNode
  let puno: SimulatedNode
  private var line = Line()
  private var random = SeededGenerator(seed: 1)

  init() throws {
    let folder = try TemporaryFolder()
    func node(_ name: String, _ seed: UInt64) throws -> SimulatedNode {
      try SimulatedNode(
        name, folder: folder, seed: seed, isCentre: name == "central", isUpgraded: false)
    }
    (centre, lima, puno) = (try node("central", 1), try node("lima", 2), try node("puno", 3))
    self.folder = folder
    line.isLossy = false
    for office in [lima, puno] { try office.enroll(at: centre) }
    let facts = try [centre, lima, puno].flatMap { try $0.replica.nodes() }
    for one in [centre, lima, puno] { try one.replica.learn(facts) }
  }

  /// Brings a call to the centre, and its answer back.
  func carry(_ call: SyncSession.Call, from office: SimulatedNode) throws -> SyncSession.Event {
    try line.carry(call, from: office, to: centre, random: &random)
  }

  /// A whole session of an office.
  ///
  /// - Parameters:
  ///   - pieceSize: How many bytes travel at once.
  ///   - before: Runs before each action, which is given with its place in the session.
  ///   - answering: What answers a call in the centre's place; nil lets the centre answer.
  /// - Throws: `SyncSessionError` where the session ends without a report.
  @discardableResult
  func sync(
    _ office: SimulatedNode, pieceSize: Int = 256 << 10,
    before: (Int, SyncSession.Action) throws -> Void = { _, _ in },
    answering: (SyncSession.Call) throws -> SyncSession.Event? = { _ in nil }
  ) throws -> SyncReport {
    var sizes = SyncSession.PieceSizes()
    (sizes.initial, sizes.least, sizes.greatest) = (pieceSize, pieceSize, pieceSize)
    var session = SyncSession(codec: ProtobufChangesetCodec(), sizes: sizes)
    var action = session.start()
    var place = 0
    while true {
      try before(place, action)
      place += 1
      let event = try office.carryOut(action) { call in
        try answering(call) ?? carry(call, from: office)
      }
      if case .finish(let report) = action { return report }
      action = try session.handle(try #require(event))
    }
  }

  /// Syncs both offices until all have everything, and holds that all show the same and are sound.
  func expectAllEqual(_ comment: Comment? = nil) throws {
    for office in [lima, puno, lima] {
      #expect(try sync(office).verified == true, comment)
    }
    let shown = try centre.dump()
    for office in [lima, puno] { #expect(try office.dump() == shown, comment) }
    for one in [centre, lima, puno] {
      #expect(try one.replica.check().isHealthy, comment)
      #expect(try one.replica.counts().held == 0, comment)
    }
    for office in [lima, puno] { #expect(try office.replica.counts().unsent == 0, comment) }
  }
}
