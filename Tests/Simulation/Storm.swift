import SyncModel
import SyncProtocol
import TestSupport

/// Weather in which nodes are out of reach for many calls in a row, and messages arrive in part.
///
/// With a generator of its own: the world of a seed without storms stays what it was.
struct Storm {
  private var random: SeededGenerator
  /// How many more calls of a node find no line.
  private var away: [String: Int] = [:]

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed ^ 0x73_746f_726d)
  }

  /// What becomes of a call instead of its way to the centre; nil when it passes.
  ///
  /// - Throws: What the centre's reading of half a message throws beside ``MessageError``: nothing may.
  mutating func meet(
    _ call: SyncSession.Call, from name: String, to centre: SimulatedNode
  ) throws -> SyncSession.Event? {
    if let left = away[name], left > 0 {
      away[name] = left - 1
      return .unreachable
    }
    if random.oneIn(40) { away[name] = 4 + random.below(40) }
    guard random.oneIn(8) else { return nil }
    try readHalf(of: call)
    return .broken
  }

  /// Half a message is refused or holds less; it is never more than was said.
  private mutating func readHalf(of call: SyncSession.Call) throws {
    func half(_ bytes: [UInt8]) -> [UInt8] { Array(bytes.prefix(random.below(bytes.count + 1))) }
    do {
      switch call {
      case .hello(let hello): _ = try Hello(decoding: half(hello.encoded()))
      case .identity(let identity): _ = try NewIdentity(decoding: half(identity.encoded()))
      case .push(let push):
        let read = try Push(decoding: half(push.encoded()))
        guard read.changesets.elementsEqual(push.changesets.prefix(read.changesets.count)) else {
          throw TornMessage()
        }
      default: break
      }
    } catch is MessageError {
      // As it should be.
    }
  }

  /// Half a message was read as something else.
  struct TornMessage: Error {}
}
