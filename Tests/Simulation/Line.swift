import CentralNode
import FaultyDisk
import SyncModel
import SyncProtocol
import SyncTransport
import TestSupport

/// The line between offices and the centre: messages as bytes, that may be lost on either way, and
/// come a second time later.
struct Line {
  /// A request that somebody on the way kept a copy of.
  struct Letter {
    var call: SyncSession.Call
    var token: String
    var from: String
  }

  /// Whether it is bad.
  var isLossy = true
  /// What cuts messages and keeps nodes away for a while; nil in fair weather.
  var storm: Storm?
  /// What will arrive once more.
  private(set) var late: [Letter] = []

  /// Carries a call to the centre, and its answer back.
  mutating func carry(
    _ call: SyncSession.Call, from node: SimulatedNode, to centre: SimulatedNode,
    random: inout SeededGenerator
  ) throws -> SyncSession.Event {
    guard let token = node.credential?.token else { return .refused(code: "credential_missing") }
    if isLossy, storm != nil, let event = try storm?.meet(call, from: node.name, to: centre) {
      return event
    }
    if isLossy {
      if random.oneIn(20) { return .unreachable }
      if random.oneIn(12) { return .broken }
      if random.oneIn(10) { late.append(Letter(call: call, token: token, from: node.name)) }
    }
    let event = try answer(call, token: token, centre: centre, at: node.clock.now)
    if isLossy, random.oneIn(10) { return .broken }
    return event
  }

  /// Delivers one of the late requests; nobody reads the answer.
  mutating func deliverLate(
    to centre: SimulatedNode, random: inout SeededGenerator
  ) throws
    -> Letter?
  {
    guard !late.isEmpty else { return nil }
    let letter = late.remove(at: random.below(late.count))
    _ = try answer(letter.call, token: letter.token, centre: centre, at: 0)
    return letter
  }

  /// What the centre makes of a request.
  private func answer(
    _ call: SyncSession.Call, token: String, centre: SimulatedNode, at time: Int64
  ) throws -> SyncSession.Event {
    guard let central = centre.central else { return .unreachable }
    var caller: NodeID?
    do {
      let access = try central.register.access(token: token)
      caller = access.node
      switch call {
      case .hello(let hello):
        let answer = try central.hello(Hello(decoding: hello.encoded()), from: access)
        return .hello(try HelloAnswer(decoding: answer.encoded()), receivedAt: time)
      case .identity(let identity):
        _ = try central.adopt(NewIdentity(decoding: identity.encoded()), from: access)
        return .identityRegistered
      case .push(let push):
        let answer = try central.push(Push(decoding: push.encoded()), from: access)
        return .pushed(try PushAnswer(decoding: answer.encoded()))
      case .pull(let pull):
        let answer = try central.pull(pull, from: access)
        return .pulled(try PullAnswer(decoding: answer.encoded()))
      case .digest(let leavingOutPersonal):
        let answer = try central.digest(leavingOutPersonal: leavingOutPersonal)
        return .digest(try DigestAnswer(decoding: answer.encoded()))
      case .disclose(let request):
        let answer = try central.disclose(
          DisclosureRequest(decoding: request.encoded()), from: access)
        return .disclosed(try DisclosureAnswer(decoding: answer.encoded()))
      case .repair:
        _ = try central.repair()
        return .centreRepaired
      case .snapshot(let request):
        let piece = try central.snapshot(request)
        return .snapshot(try SnapshotPiece(decoding: piece.encoded()))
      }
    } catch {
      // The process at the other end is gone.
      if centre.disk.isDead { return .broken }
      let problem = Problem(error, caller: caller)
      if problem == .internalError { throw error }
      return .refused(code: problem.document.code)
    }
  }
}
