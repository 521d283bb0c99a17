public import Logging
internal import NIOHTTP1
public import Replica
public import SyncModel
public import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Syncs a replica with its centre over HTTP.
public struct SyncClient: Sendable {
  /// What may be decided about a sync.
  public struct Options: Sendable {
    /// Accepts plain http for hosts other than this machine.
    public var allowsPlainHTTP = false
    /// Certificates (PEM) to trust instead of the system's: for a centre with one of its own.
    public var trustedCertificates: String?
    /// How much is sent and asked for at once.
    public var pieces = SyncSession.PieceSizes()
    /// The pause before an attempt, by how many have failed in a row: half a second, doubled each
    /// time up to eight, each up to a half longer or shorter so that offices do not come back all
    /// at once.
    public var pause: @Sendable (_ failures: Int) async throws -> Void = { failures in
      let base = min(8, 0.5 * Double(1 << min(failures - 1, 8)))
      try await Task.sleep(for: .milliseconds(Int64(base * Double.random(in: 500...1500))))
    }

    /// The usual.
    public init() {}
  }

  /// How far a sync has come.
  public struct Progress: Hashable, Sendable {
    /// The counts so far.
    public var report: SyncReport
    /// How often in a row the line broke.
    public var failures: Int
  }

  private let credential: CredentialFile
  private let codec: any ChangesetCoding
  private let keys: any SigningKeys
  private let now: @Sendable () -> Int64
  private let options: Options
  private let logger: Logger

  /// A client for replicas whose secrets are in `credential`.
  ///
  /// `keys` are the same that the replica signs with; `now` is the uncorrected clock, in
  /// milliseconds since 1970.
  public init(
    credential: CredentialFile,
    codec: any ChangesetCoding,
    keys: any SigningKeys,
    now: @escaping @Sendable () -> Int64,
    options: Options = Options(),
    logger: Logger = Logger(label: "quipu.sync", factory: { _ in SwiftLogNoOpLogHandler() })
  ) {
    self.credential = credential
    self.codec = codec
    self.keys = keys
    self.now = now
    self.options = options
    self.logger = logger
  }

  /// Exchanges a one-time code for the replica's credential, and keeps it with the centre's
  /// address.
  ///
  /// - Throws: ``SyncError``; then nothing was kept, and the code can be used again unless it was
  ///   refused.
  public func enroll(_ replica: Replica, at url: String, code: String) async throws {
    let address = try CentralAddress(url, allowingPlainHTTP: options.allowsPlainHTTP)
    let (node, publicKey) = try side(replica).identityWithKey()
    let facts = try replica.identity()
    var request = EnrolmentRequest(
      code: code,
      node: node.description,
      publicKey: hexadecimal(publicKey),
      office: facts.office,
      label: facts.label)
    request.proof = hexadecimal(try keys.sign(request.challenge, as: node))
    let connection = connection(to: address, token: nil)
    let answer: EnrolmentAnswer
    do {
      answer = try await connection.enroll(request)
      await connection.close()
    } catch {
      await connection.close()
      throw explain(error, address: address)
    }
    guard let central = NodeID(answer.centralNode),
      let centralKey = bytes(hexadecimal: answer.centralPublicKey)
    else { throw SyncError.protocolFailure("a centre without identity") }
    try credential.update { credential in
      credential.enrolment = Credential.Enrolment(
        centralURL: address.url,
        token: answer.token,
        node: node.description,
        centralNode: answer.centralNode,
        centralPublicKey: answer.centralPublicKey)
    }
    try replica.learn([
      NodeFacts(
        id: central, office: "central", label: answer.centralLabel, publicKey: centralKey)
    ])
  }

  /// Brings replica and centre to the same point.
  ///
  /// Without a `url` it is the centre whose address was kept at enrolment; `progress` is called after
  /// every step.
  ///
  /// - Returns: What was done.
  /// - Throws: ``SyncError`` and what the replica throws. Nothing is lost: the next sync goes on
  ///   from there.
  public func sync(
    _ replica: Replica,
    url: String? = nil,
    progress: @Sendable (Progress) -> Void = { _ in }
  ) async throws -> SyncReport {
    guard let enrolment = try credential.load().enrolment, let node = NodeID(enrolment.node) else {
      throw SyncError.notEnrolled
    }
    let address = try CentralAddress(
      url ?? enrolment.centralURL, allowingPlainHTTP: options.allowsPlainHTTP)
    let lock = try SyncLock(replica: replica.path)
    let connection = connection(to: address, token: enrolment.token)
    do {
      let report = try await run(
        side(replica), connection, replica: replica, enrolledNode: node, progress: progress)
      await connection.close()
      withExtendedLifetime(lock) {}
      return report
    } catch {
      await connection.close()
      withExtendedLifetime(lock) {}
      throw explain(error, address: address)
    }
  }

  private func run(
    _ side: ReplicaSide,
    _ connection: CentralConnection,
    replica: Replica,
    enrolledNode: NodeID,
    progress: @Sendable (Progress) -> Void
  ) async throws -> SyncReport {
    var enrolledNode = enrolledNode
    var session = SyncSession(codec: codec, sizes: options.pieces)
    var action = session.start()
    var centralKnowledge: Knowledge?
    while true {
      try Task.checkCancellation()
      let event: SyncSession.Event
      var cause: CallFailure?
      switch action {
      case .readLocalState:
        event = .localState(try side.localState(enrolledNode: enrolledNode))
      case .call(let call):
        do {
          event = try await perform(call, connection, replica: replica)
        } catch let failure as CallFailure {
          cause = failure
          switch failure {
          case .unreachable: event = .unreachable
          case .broken: event = .broken
          case .refused(let problem): event = .refused(code: problem.code)
          }
        }
        if case .identity(let identity) = call, event == .identityRegistered {
          enrolledNode = identity.node
          try credential.update { $0.enrolment?.node = identity.node.description }
        }
      case .finish(var report):
        // What the centre has need not be carried to it by hand.
        if let centralKnowledge, let central = try replica.nodes().last(where: { $0.isCentral }) {
          try replica.notePeer(central.id, has: centralKnowledge)
        }
        (report.bytesSent, report.bytesReceived) = connection.traffic
        // A decision that came in the same sync has closed some again.
        let open = try replica.counts()
        report.conflicts = min(report.conflicts, open.conflicts)
        report.quarantined = min(report.quarantined, open.quarantined)
        _ = try side.perform(.finish(report))
        // An older centre knows no reports, and the sync is done without it.
        try? await connection.report(side.report(verified: report.verified))
        return report
      default:
        guard let done = try side.perform(action) else {
          throw SyncError.protocolFailure("nothing came of a step")
        }
        event = done
      }
      switch event {
      case .hello(let answer, _): centralKnowledge = answer.knowledge
      case .pushed(let answer): centralKnowledge = answer.knowledge
      case .pulled(let answer): centralKnowledge = answer.knowledge
      default: break
      }
      do {
        action = try session.handle(event)
      } catch {
        throw cause ?? error
      }
      if let cause, session.consecutiveFailures > 0 {
        logger.debug(
          "A call to the centre broke",
          metadata: ["attempt": "\(session.consecutiveFailures)", "cause": "\(cause)"])
        try await options.pause(session.consecutiveFailures)
      }
      var report = session.report
      (report.bytesSent, report.bytesReceived) = connection.traffic
      progress(Progress(report: report, failures: session.consecutiveFailures))
    }
  }

  private func perform(
    _ call: SyncSession.Call,
    _ connection: CentralConnection,
    replica: Replica
  ) async throws -> SyncSession.Event {
    switch call {
    case .hello(let hello):
      let answer = try await connection.send(
        .POST, "/v1/hello", try hello.encoded(), as: HelloAnswer.self)
      return .hello(answer, receivedAt: now())
    case .identity(var identity):
      identity.wantsSuccessor = true
      let answer = try await connection.send(
        .POST, "/v1/identity", try identity.encoded(), as: NewIdentityAnswer.self)
      if answer.hasSuccessor {
        let token = try credential.update { credential in
          let token = credential.enrolment.map { successorToken(of: $0.token, for: identity.node) }
          if let token { credential.enrolment?.token = token }
          // The two belong together: a token of one identity is refused for another.
          credential.enrolment?.node = identity.node.description
          return token
        }
        if let token { connection.show(token) }
      }
      return .identityRegistered
    case .push(let push):
      return .pushed(
        try await connection.send(
          .POST, "/v1/changesets", try push.encoded(), as: PushAnswer.self))
    case .pull(let pull):
      let path = "/v1/changesets?after=\(pull.after)&limit=\(pull.limit)"
      return .pulled(try await connection.send(.GET, path, nil, as: PullAnswer.self))
    case .digest(let leavingOutPersonal):
      let path = leavingOutPersonal ? "/v1/digest?personal=false" : "/v1/digest"
      return .digest(try await connection.send(.GET, path, nil, as: DigestAnswer.self))
    case .disclose(let request):
      return .disclosed(
        try await connection.send(
          .POST, "/v1/disclosed", try request.encoded(), as: DisclosureAnswer.self))
    case .repair:
      _ = try await connection.send(.POST, "/v1/repair", [], as: DigestAnswer.self)
      return .centreRepaired
    case .snapshot(let request):
      let path = "/v1/snapshot?id=\(request.id)&offset=\(request.offset)&limit=\(request.limit)"
      return .snapshot(try await connection.send(.GET, path, nil, as: SnapshotPiece.self))
    }
  }

  private func side(_ replica: Replica) -> ReplicaSide {
    ReplicaSide(replica: replica, codec: codec, keys: keys, now: now)
  }

  private func connection(to address: CentralAddress, token: String?) -> CentralConnection {
    CentralConnection(
      address: address, token: token, trustedCertificates: options.trustedCertificates)
  }

  private func explain(_ error: any Error, address: CentralAddress) -> any Error {
    switch error {
    case CallFailure.unreachable(let reason):
      SyncError.unreachable(url: address.url, reason: reason)
    case CallFailure.broken(let reason): SyncError.unreachable(url: address.url, reason: reason)
    case CallFailure.refused(let problem): SyncError.refused(problem)
    case SyncSessionError.interrupted(let attempts): SyncError.interrupted(attempts: attempts)
    case let error as SyncSessionError: SyncError.protocolFailure("\(error)")
    case let error as MessageError: SyncError.protocolFailure("\(error)")
    default: error
    }
  }
}
