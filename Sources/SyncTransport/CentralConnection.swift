internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import NIOSSL
internal import SyncProtocol
internal import Synchronization

/// What may come of a call beside an answer.
enum CallFailure: Error {
  /// There was no line to begin with.
  case unreachable(reason: String)
  /// The line broke, or nothing came for too long, or the centre is busy.
  case broken(reason: String)
  /// The centre refused.
  case refused(ProblemDocument)
}

/// HTTP calls to one centre.
final class CentralConnection: Sendable {
  /// How long to wait for a line: a satellite needs some 3 s for TCP and TLS, and nobody waits
  /// longer than 5 s to hear that there is none.
  private static let connectTimeout = TimeAmount.milliseconds(4500)
  /// How long nothing may come.
  ///
  /// The centre answers a push when it is on disk.
  private static let idleTimeout = TimeAmount.seconds(60)
  /// How long a call may take in all: 4 MiB at 50 kbit/s take eleven minutes.
  private static let deadline = TimeAmount.minutes(15)

  private let address: CentralAddress
  private let token: Mutex<String?>
  private let client: HTTPClient
  private let counts = Mutex((sent: 0, received: 0))

  init(address: CentralAddress, token: String?, trustedCertificates: String?) {
    self.address = address
    self.token = Mutex(token)
    var configuration = HTTPClient.Configuration()
    configuration.timeout = .init(connect: Self.connectTimeout, read: Self.idleTimeout)
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.connectionPool = .init(idleTimeout: .seconds(30))
    // Who refuses now refuses in a second too: the session tries again itself, and says so.
    configuration.connectionPool.retryConnectionEstablishment = false
    if let trustedCertificates {
      var tls = TLSConfiguration.makeClientConfiguration()
      tls.trustRoots = .file(trustedCertificates)
      configuration.tlsConfiguration = tls
    }
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Bytes of the bodies sent and received so far.
  var traffic: (sent: Int, received: Int) {
    counts.withLock { $0 }
  }

  /// Shows another token from now on.
  func show(_ token: String) {
    self.token.withLock { $0 = token }
  }

  func close() async {
    try? await client.shutdown()
  }

  func send<Answer: SyncMessage>(
    _ method: HTTPMethod,
    _ path: String,
    _ message: [UInt8]?,
    as answer: Answer.Type
  ) async throws -> Answer {
    let bytes = try await exchange(
      method, path, body: message, mediaType: MessageLimits.mediaType, limit: Answer.sizeLimit)
    return try Answer(decoding: bytes)
  }

  func enroll(_ request: EnrolmentRequest) async throws -> EnrolmentAnswer {
    let body = Array(try JSONEncoder().encode(request))
    let bytes = try await exchange(
      .POST, "/v1/enroll", body: body, mediaType: "application/json", limit: MessageLimits.control)
    guard let answer = try? JSONDecoder().decode(EnrolmentAnswer.self, from: Data(bytes)) else {
      throw SyncError.protocolFailure("the answer to an enrolment is none")
    }
    return answer
  }

  /// Says how the replica stands.
  func report(_ report: NodeReport) async throws {
    let body = Array(try JSONEncoder().encode(report))
    _ = try await exchange(
      .POST, "/v1/report", body: body, mediaType: "application/json", limit: MessageLimits.control)
  }

  private func exchange(
    _ method: HTTPMethod,
    _ path: String,
    body: [UInt8]?,
    mediaType: String,
    limit: Int
  ) async throws -> [UInt8] {
    let response = try await respond(method, path, body: body, mediaType: mediaType)
    return try await collect(response, limit: limit)
  }

  private func respond(
    _ method: HTTPMethod,
    _ path: String,
    body: [UInt8]?,
    mediaType: String?
  ) async throws -> HTTPClientResponse {
    var request = HTTPClientRequest(url: address.url + path)
    request.method = method
    if let token = token.withLock({ $0 }) {
      request.headers.add(name: "authorization", value: "Bearer \(token)")
    }
    if let mediaType {
      request.headers.add(name: "accept", value: "\(mediaType), \(ProblemDocument.mediaType)")
    }
    if let body {
      if let mediaType { request.headers.add(name: "content-type", value: mediaType) }
      request.body = .bytes(ByteBuffer(bytes: body))
    }
    let response: HTTPClientResponse
    do {
      response = try await client.execute(request, deadline: .now() + Self.deadline)
    } catch is CancellationError {
      throw CancellationError()
    } catch let error as HTTPClientError where Self.isConnecting(error) {
      throw CallFailure.unreachable(reason: error.shortDescription)
    } catch let error as HTTPClientError {
      throw CallFailure.broken(reason: error.shortDescription)
    } catch {
      throw Self.isBreak(error)
        ? CallFailure.broken(reason: "\(error)")
        : CallFailure.unreachable(reason: Self.words(error))
    }
    counts.withLock { $0.sent += body?.count ?? 0 }
    guard (200..<300).contains(Int(response.status.code)) else {
      throw try await refusal(response)
    }
    return response
  }

  private func collect(_ response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
    do {
      let buffer = try await response.body.collect(upTo: limit)
      counts.withLock { $0.received += buffer.readableBytes }
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw SyncError.protocolFailure("an answer of more than \(limit) bytes")
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw CallFailure.broken(reason: Self.words(error))
    }
  }

  private func refusal(_ response: HTTPClientResponse) async throws -> any Error {
    let bytes = try await collect(response, limit: 64 << 10)
    guard let problem = try? JSONDecoder().decode(ProblemDocument.self, from: Data(bytes)) else {
      let status = Int(response.status.code)
      if status >= 500 { return CallFailure.broken(reason: "status \(status)") }
      return SyncError.protocolFailure("status \(status) from something that is no centre")
    }
    if problem.status == 503 || problem.status == 429 {
      return CallFailure.broken(reason: problem.detail)
    }
    return CallFailure.refused(problem)
  }

  private static func isConnecting(_ error: HTTPClientError) -> Bool {
    [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout].contains(error)
  }

  private static func isBreak(_ error: any Error) -> Bool {
    if error is ChannelError || error is HTTPParserError { return true }
    guard let error = error as? IOError else { return false }
    return [ECONNRESET, EPIPE].contains(error.errnoCode)
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      error.connectionErrors.isEmpty ? "the name cannot be found" : "connection refused or no route"
    case is NIOSSLError: "its certificate is not one that this machine trusts"
    case let error as HTTPClientError: error.shortDescription
    case let error as IOError: String(cString: strerror(error.errnoCode))
    default: String(describing: error)
    }
  }
}
