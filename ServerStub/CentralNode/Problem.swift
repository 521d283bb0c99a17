public import Hummingbird
public import SyncProtocol

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Everything that the central node refuses.
///
/// Codes never change their meaning and are never used again.
public enum Problem: Error, Hashable, Sendable {
  // The request.
  case notFound
  case badRequest(what: String)
  case requestTooLarge(limit: Int)
  case unknownProtocol(version: Int)
  // The credential.
  case credentialMissing
  case credentialUnknown
  case credentialRevoked
  case nodeMismatch
  case identityReused
  // Enrolment.
  case codeUnknown
  case codeUsed
  case codeExpired
  case officeMismatch(office: String)
  case proofInvalid
  // Changesets.
  case changesetDamaged(what: String)
  case changesetTooLarge(what: String)
  case unknownFormat(version: Int)
  case badSignature(node: String)
  case unknownAuthor(node: String)
  case brokenChain(what: String)
  // The snapshot.
  case snapshotGone
  case readingReserved
  // The central node.
  case unavailable
  case storageFull
  case internalError

  /// The problem as it is sent.
  public var document: ProblemDocument {
    switch self {
    case .notFound:
      make("not_found", 404, "No such call", "there is no such call", "check the address")
    case .badRequest(let what):
      make(
        "bad_request", 400, "The request cannot be read", what, "upgrade the program and try again")
    case .requestTooLarge(let limit):
      make(
        "request_too_large", 413, "The request is too big",
        "the request has more than the \(limit) bytes that are accepted", "send less at a time")
    case .unknownProtocol(let version):
      make(
        "unknown_protocol", 400, "Later messages than this central node knows",
        "the message is of version \(version)", "upgrade the central node")
    case .credentialMissing:
      make(
        "credential_missing", 401, "No credential", "the request bears no credential",
        "ask the centre for a code and run: quipu enroll --central URL --code CODE")
    case .credentialUnknown:
      make(
        "credential_unknown", 401, "Unknown credential",
        "the credential was not given by this centre",
        "check the centre's address, or ask for a code and enroll again")
    case .credentialRevoked:
      make(
        "credential_revoked", 401, "Revoked credential", "the credential was revoked",
        "ask the centre for a new code and enroll again; nothing here is lost")
    case .nodeMismatch:
      make(
        "node_mismatch", 403, "Another node's credential",
        "the credential belongs to another node than the one that calls",
        "every replica needs its own credential; enroll this one")
    case .identityReused:
      make(
        "identity_reused", 409, "The identity is used elsewhere",
        "the centre has other changes of this node than the replica: it was restored or copied",
        "sync again; the replica takes a new identity by itself")
    default: moreDocuments
    }
  }

  private var moreDocuments: ProblemDocument {
    switch self {
    case .codeUnknown:
      make(
        "code_unknown", 403, "Unknown code", "the code is not one of this centre's",
        "check how it is written and the centre's address, or ask for a new one")
    case .codeUsed:
      make(
        "code_used", 403, "Used code", "the code was used already", "ask the centre for a new one")
    case .codeExpired:
      make(
        "code_expired", 403, "Expired code", "the code has expired", "ask the centre for a new one")
    case .officeMismatch(let office):
      make(
        "office_mismatch", 403, "Another office's code",
        "the code was made for office \"\(office)\"",
        "use the code of the replica's office, or make the replica anew for that one")
    case .proofInvalid:
      make(
        "proof_invalid", 403, "The key is not proved",
        "the signature does not show that the replica has the private key", "enroll again")
    case .changesetDamaged(let what):
      make(
        "changeset_damaged", 422, "Damaged changeset", what,
        "sync again; if it stays, run quipu check on the replica")
    case .changesetTooLarge(let what):
      make(
        "changeset_too_large", 413, "Too big a changeset", what, "write less between two syncs")
    case .unknownFormat(let version):
      make(
        "unknown_format", 422, "A later format than this central node knows",
        "the changeset has format \(version)", "upgrade the central node")
    case .badSignature(let node):
      make(
        "bad_signature", 403, "Wrong signature",
        "a changeset does not bear the signature of its author, node \(node)",
        "do not trust where it came from; the author can send it itself")
    case .unknownAuthor(let node):
      make(
        "unknown_author", 403, "Unknown author", "node \(node) is not enrolled here",
        "enroll the author's replica first")
    case .brokenChain(let what):
      make(
        "broken_chain", 409, "Changesets that do not follow", what,
        "the author's replica was restored or copied; let it sync itself")
    case .snapshotGone:
      make(
        "snapshot_gone", 404, "That snapshot is kept no more",
        "the central node no longer keeps the snapshot that was begun", "sync again")
    case .readingReserved:
      make(
        "reading_reserved", 409, "Not everybody may read everything",
        "personal values are given to those offices alone that trained the person, so there is no snapshot",
        "upgrade the program and sync again: it reads the log")
    case .unavailable:
      make(
        "unavailable", 503, "Not now", "the central node cannot write at the moment",
        "nothing is lost; try again in a minute")
    case .storageFull:
      make(
        "storage_full", 507, "No room", "the central node's disk is full",
        "nothing is lost; tell whoever keeps the centre to free some space, and sync again then")
    default:
      make(
        "internal_error", 500, "A fault of the central node", "the central node failed",
        "nothing is lost; try again, and tell whoever keeps the centre")
    }
  }

  private func make(
    _ code: String,
    _ status: Int,
    _ title: String,
    _ detail: String,
    _ hint: String
  ) -> ProblemDocument {
    ProblemDocument(code: code, status: status, title: title, detail: detail, hint: hint)
  }

  /// One of each, for documents and tests.
  public static let examples: [Problem] = [
    .notFound, .badRequest(what: ""), .requestTooLarge(limit: 0), .unknownProtocol(version: 2),
    .credentialMissing, .credentialUnknown, .credentialRevoked, .nodeMismatch, .identityReused,
    .codeUnknown, .codeUsed, .codeExpired, .officeMismatch(office: ""), .proofInvalid,
    .changesetDamaged(what: ""), .changesetTooLarge(what: ""), .unknownFormat(version: 2),
    .badSignature(node: ""), .unknownAuthor(node: ""), .brokenChain(what: ""), .snapshotGone,
    .readingReserved, .unavailable, .storageFull, .internalError,
  ]
}

extension Problem: HTTPResponseError {
  /// The HTTP status.
  public var status: HTTPResponse.Status {
    HTTPResponse.Status(code: document.status)
  }

  /// The problem document as a response.
  public func response(from request: Request, context: some RequestContext) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var headers: HTTPFields = [.contentType: ProblemDocument.mediaType]
    if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
    if status == .serviceUnavailable { headers[.retryAfter] = "60" }
    return Response(
      status: status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(document))))
  }
}
