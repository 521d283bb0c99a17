internal import Crypto

/// A file that is part of the program, served under a path that holds its hash: it never changes
/// under that path.
struct StaticAsset: Sendable {
  let path: String
  let type: String
  let bytes: [UInt8]

  init(name: String, type: String, bytes: [UInt8]) {
    path = "/assets/\(Secret.hexadecimal(SHA256.hash(data: bytes).prefix(6)))/\(name)"
    self.type = type
    self.bytes = bytes
  }

  static let style = StaticAsset(
    name: "quipu.css", type: "text/css; charset=utf-8", bytes: PackageResources.quipu_css)
  static let script = StaticAsset(
    name: "quipu.js", type: "text/javascript; charset=utf-8", bytes: PackageResources.quipu_js)
  static let icon = StaticAsset(
    name: "quipu.svg", type: "image/svg+xml", bytes: PackageResources.quipu_svg)
}
