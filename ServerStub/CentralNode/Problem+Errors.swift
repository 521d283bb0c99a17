internal import GRDB
internal import Hummingbird
internal import Replica
package import SyncModel
internal import SyncProtocol

extension Problem {
  /// What a caller is told of an error.
  ///
  /// Where the `caller`'s own chain is broken, its identity is used elsewhere.
  package init(_ error: any Error, caller: NodeID? = nil) {
    switch error {
    case let problem as Problem: self = problem
    case let error as ChangesetError: self.init(error, caller: caller)
    case let error as MessageError:
      switch error {
      case .malformed: self = .badRequest(what: error.description)
      case .tooLarge(_, let limit): self = .requestTooLarge(limit: limit)
      case .unknownProtocol(let version): self = .unknownProtocol(version: version)
      }
    case let error as HTTPError where error.status == .notFound: self = .notFound
    case let error as HTTPError where error.status.code < 500:
      self = .badRequest(what: "the request is not understood")
    case let error as DatabaseError where error.meansFullDisk: self = .storageFull
    case let error as DatabaseError:
      switch error.resultCode {
      case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_READONLY, .SQLITE_IOERR: self = .unavailable
      default: self = .internalError
      }
    default: self = .internalError
    }
  }

  private init(_ error: ChangesetError, caller: NodeID?) {
    switch error {
    case .malformed, .bodyDiffers: self = .changesetDamaged(what: error.description)
    case .unknownFormat(let version): self = .unknownFormat(version: version)
    case .tooLarge: self = .changesetTooLarge(what: error.description)
    case .badSignature(let node): self = .badSignature(node: node.description)
    case .unknownNode(let node): self = .unknownAuthor(node: node.description)
    case .brokenChain(let node, _, _) where node == caller: self = .identityReused
    case .brokenChain: self = .brokenChain(what: error.description)
    }
  }
}
