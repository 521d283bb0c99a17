internal import Crypto
public import SyncModel

/// The token that follows from another for a replica that took a new identity.
///
/// Both sides compute it, so no answer that is lost loses it, and a copy that shows the former token is
/// another node.
public func successorToken(of token: String, for node: NodeID) -> String {
  let text = ["quipu successor", token, node.description].joined(separator: "\n")
  return "quipu_" + hexadecimal(Array(SHA256.hash(data: Array(text.utf8))))
}
