internal import Foundation
public import Hummingbird
public import Logging
internal import NIOCore
internal import NIOPosix
internal import Replica
internal import SyncModel
internal import SyncProtocol

/// The central node's calls over HTTP.
///
/// `Schema/Protocol/central_node.openapi.yaml` describes them.
public struct CentralRoutes: Sendable {
  /// An enrolment is a few hundred bytes.
  private static let enrolmentLimit = 16 << 10

  private let node: CentralNode
  private let metrics = CentralMetrics()
  private let logger: Logger

  /// The calls of `node`.
  public init(_ node: CentralNode, logger: Logger) {
    self.node = node
    self.logger = logger
  }

  /// A router with the calls, to which others can be added.
  public func router() -> Router<CentralRequestContext> {
    let router = Router(context: CentralRequestContext.self)
    router.add(middleware: RequestJournal(metrics: metrics, logger: logger))
    router.get("healthz", use: health)
    router.get("metrics", use: readMetrics)
    router.post("v1/enroll", use: enroll)
    let calls = router.group().add(middleware: Authenticator(register: node.register))
    calls.post("v1/hello", use: hello)
    calls.post("v1/identity", use: identity)
    calls.post("v1/changesets", use: push)
    calls.get("v1/changesets", use: pull)
    calls.post("v1/disclosed", use: disclose)
    calls.get("v1/digest", use: digest)
    calls.post("v1/report", use: report)
    calls.post("v1/repair", use: repair)
    calls.get("v1/snapshot", use: snapshot)
    return router
  }

  // MARK: - Open to all

  @Sendable private func health(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let node = node
    let trouble = try await NIOThreadPool.singleton.runIfActive {
      _ = try node.epoch()
      return node.storage.trouble()
    }
    return Response(
      status: trouble == nil ? .ok : .serviceUnavailable,
      headers: [.contentType: "text/plain; charset=utf-8"],
      body: ResponseBody(
        byteBuffer: ByteBuffer(string: trouble.map { "degraded: \($0.rawValue)\n" } ?? "ok\n")))
  }

  @Sendable private func readMetrics(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let node = node
    let gauges = try await NIOThreadPool.singleton.runIfActive { try node.gauges() }
    return Response(
      status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text(gauges: gauges))))
  }

  @Sendable private func enroll(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let bytes = try await body(of: request, limit: Self.enrolmentLimit)
    guard let wish = try? JSONDecoder().decode(EnrolmentRequest.self, from: Data(bytes)) else {
      throw Problem.badRequest(what: "the enrolment is not the JSON expected")
    }
    let node = node
    let answer = try await NIOThreadPool.singleton.runIfActive { try node.enroll(wish) }
    logger.info(
      "A replica enrolled", metadata: ["office": "\(wish.office)", "node": "\(wish.node)"])
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSONEncoder().encode(answer))))
  }

  // MARK: - With a credential

  @Sendable private func hello(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let hello = try Hello(decoding: try await body(of: request, limit: Hello.sizeLimit))
    return try await answer(context) { node, caller in try node.hello(hello, from: caller) }
  }

  @Sendable private func identity(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let identity = try NewIdentity(
      decoding: try await body(of: request, limit: NewIdentity.sizeLimit))
    logger.notice(
      "A replica takes a new identity",
      metadata: ["node": "\(identity.node)", "reason": "\(identity.reason)"])
    return try await answer(context) { node, caller in try node.adopt(identity, from: caller) }
  }

  @Sendable private func push(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let push = try Push(decoding: try await body(of: request, limit: Push.sizeLimit))
    let metrics = metrics
    return try await answer(context) { node, caller in
      let answer = try node.push(push, from: caller)
      metrics.note(
        changes: answer.merge.changes, conflicts: answer.merge.conflictsOpened,
        quarantined: answer.merge.quarantined)
      return answer
    }
  }

  @Sendable private func pull(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    guard let after = request.uri.queryParameters.get("after", as: Int64.self), after >= 0 else {
      throw Problem.badRequest(what: "the parameter \"after\" is no number of the log")
    }
    let limit = request.uri.queryParameters.get("limit", as: Int.self) ?? 1 << 20
    let pull = Pull(after: after, limit: limit)
    return try await answer(context) { node, caller in try node.pull(pull, from: caller) }
  }

  @Sendable private func disclose(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let request = try DisclosureRequest(
      decoding: try await body(of: request, limit: DisclosureRequest.sizeLimit))
    return try await answer(context) { node, caller in
      try node.disclose(request, from: caller)
    }
  }

  @Sendable private func digest(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let leavesOut = request.uri.queryParameters.get("personal") == "false"
    return try await answer(context) { node, _ in try node.digest(leavingOutPersonal: leavesOut) }
  }

  @Sendable private func repair(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    try await answer(context) { node, _ in try node.repair() }
  }

  @Sendable private func report(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    guard let caller = context.access else { throw Problem.credentialMissing }
    let bytes = try await body(of: request, limit: NodeReport.sizeLimit)
    guard let report = try? JSONDecoder().decode(NodeReport.self, from: Data(bytes)) else {
      throw Problem.badRequest(what: "the report is not the JSON expected")
    }
    let node = node
    try await NIOThreadPool.singleton.runIfActive { try node.report(report, from: caller) }
    return Response(status: .noContent)
  }

  @Sendable private func snapshot(
    _ request: Request, _ context: CentralRequestContext
  ) async throws -> Response {
    let parameters = request.uri.queryParameters
    let id = parameters.get("id") ?? ""
    guard let offset = parameters.get("offset", as: Int64.self) ?? 0 as Int64?, offset >= 0,
      id.utf8.count <= 64
    else {
      throw Problem.badRequest(what: "the parameters name no piece of a snapshot")
    }
    let limit = parameters.get("limit", as: Int.self) ?? 1 << 20
    let request = SnapshotRequest(id: id, offset: offset, limit: limit)
    return try await answer(context) { node, _ in try node.snapshot(request) }
  }

  // MARK: - Parts

  /// Reads a whole body, or refuses it as soon as it is known to be too big.
  private func body(of request: Request, limit: Int) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw Problem.requestTooLarge(limit: limit)
    }
    do {
      return Array((try await request.body.collect(upTo: limit)).readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem.requestTooLarge(limit: limit)
    }
  }

  /// Answers a call away from the event loops: SQLite blocks.
  private func answer(
    _ context: CentralRequestContext,
    _ work: @escaping @Sendable (CentralNode, NodeAccess) throws -> some SyncMessage
  ) async throws -> Response {
    guard let caller = context.access else { throw Problem.credentialMissing }
    let node = node
    let bytes = try await NIOThreadPool.singleton.runIfActive {
      do {
        return try work(node, caller).encoded()
      } catch {
        let problem = Problem(error, caller: caller.node)
        throw problem == .internalError ? error : problem
      }
    }
    return Response(
      status: .ok, headers: [.contentType: MessageLimits.mediaType],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
