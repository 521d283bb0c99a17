internal import Crypto
public import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What a bundle says in plain lines, to everybody: from whom, to whom, when, how much.
///
/// Nothing else of its content can be read without a recipient's key.
public struct BundleHeader: Hashable, Sendable {
  /// A node as a bundle names it.
  public struct Party: Hashable, Sendable {
    /// The office it belongs to.
    public var office: String
    /// Its identity.
    public var node: NodeID

    /// A node of an office.
    public init(office: String, node: NodeID) {
      self.office = office
      self.node = node
    }
  }

  /// Who made it.
  public var from: Party
  /// Who can open it.
  public var to: [Party]
  /// When, in seconds since 1970, by the sender's clock.
  public var at: Int64
  /// Changesets in it; 0 in a receipt.
  public var changesets: Int
  /// Changes (rows) in them.
  public var changes: Int
  /// Which part of how many.
  public var part: Int
  /// How many parts were made together.
  public var parts: Int
  /// The same 32 hexadecimal digits in all parts.
  public var series: String
  /// The key of the pieces, sealed for each recipient in the order of `to`.
  var keys: [SealedKey] = []

  /// A header without keys.
  public init(
    from: Party, to: [Party], at: Int64, changesets: Int, changes: Int, part: Int, parts: Int,
    series: String
  ) {
    self.from = from
    self.to = to
    self.at = at
    self.changesets = changesets
    self.changes = changes
    self.part = part
    self.parts = parts
    self.series = series
  }

  /// More bytes than this are no header: room for 200 recipients.
  public static let sizeLimit = 64 << 10
  private static let firstLine = "quipu bundle 1"

  /// The lines, with the empty one at the end.
  public var bytes: [UInt8] {
    var lines = [Self.firstLine, "from: \(from.office) \(from.node)"]
    lines += to.map { "to: \($0.office) \($0.node)" }
    lines += [
      "at: \(Self.text(at))", "changesets: \(changesets)", "changes: \(changes)",
      "part: \(part) of \(parts)", "series: \(series)",
    ]
    lines += keys.map { "key: \(Data($0.bytes).base64EncodedString())" }
    return Array((lines.joined(separator: "\n") + "\n\n").utf8)
  }

  /// Where the header ends in `bytes`, or nil.
  public static func end(in bytes: [UInt8]) -> Int? {
    var last: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if byte == 10, last == 10 { return index + 1 }
      last = byte
    }
    return nil
  }

  /// Reads the lines; only the very bytes that ``bytes`` gives are a header.
  ///
  /// - Throws: ``BundleError`` `notABundle`, `newerFormat`, or `damaged`.
  public init(_ bytes: [UInt8]) throws {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix("quipu bundle ") else {
      throw BundleError.notABundle
    }
    guard first == Self.firstLine else {
      throw BundleError.newerFormat(String(first.dropFirst("quipu bundle ".count).prefix(10)))
    }
    var fields: [Substring: [Substring]] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":"), !line.isEmpty else { continue }
      fields[line[..<colon], default: []].append(line[colon...].dropFirst(2))
    }
    func one(_ name: Substring) throws -> Substring {
      guard let values = fields[name], values.count == 1 else { throw BundleError.damaged }
      return values[0]
    }
    func number(_ text: Substring) throws -> Int {
      guard let number = Int(text), number >= 0 else { throw BundleError.damaged }
      return number
    }
    let part = try one("part").split(separator: " ")
    guard part.count == 3, let at = Self.seconds(try one("at")) else { throw BundleError.damaged }
    self.init(
      from: try Self.party(one("from")), to: try (fields["to"] ?? []).map(Self.party), at: at,
      changesets: try number(one("changesets")), changes: try number(one("changes")),
      part: try number(part[0]), parts: try number(part[2]), series: String(try one("series")))
    keys = try (fields["key"] ?? []).map { text in
      guard let data = Data(base64Encoded: String(text)), data.count == 80 else {
        throw BundleError.damaged
      }
      return SealedKey(bytes: Array(data))
    }
    guard keys.count == to.count, self.bytes == bytes else { throw BundleError.damaged }
  }

  private static func party(_ text: Substring) throws -> Party {
    let words = text.split(separator: " ")
    guard words.count == 2, let node = NodeID(String(words[1])) else { throw BundleError.damaged }
    return Party(office: String(words[0]), node: node)
  }

  private static func text(_ seconds: Int64) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }

  private static func seconds(_ text: Substring) -> Int64? {
    (try? Date(String(text), strategy: .iso8601)).map { Int64($0.timeIntervalSince1970) }
  }

  /// What binds a sealed key to its bundle's ends.
  static func info(from: NodeID, to: NodeID) -> [UInt8] {
    Array("quipu bundle".utf8) + from.bytes + to.bytes
  }

  /// Seals `key` for every recipient.
  ///
  /// - Throws: ``BundleError`` `unknownRecipient` where a public key is none.
  mutating func seal(_ key: [UInt8], publicKeys: [[UInt8]]) throws {
    keys = try zip(to, publicKeys).map { recipient, publicKey in
      let info = Self.info(from: from.node, to: recipient.node)
      guard let sealed = try SealedKey.seal(key, publicKey: publicKey, info: info) else {
        throw BundleError.unknownRecipient(recipient.office)
      }
      return sealed
    }
  }

  /// The key of the pieces, opened with whichever recipient's key is here.
  ///
  /// - Throws: ``BundleError`` `notForUs`, or `damaged`.
  func open(_ keys: any OpeningKeys) throws -> [UInt8] {
    for (recipient, sealed) in zip(to, self.keys) {
      let info = Self.info(from: from.node, to: recipient.node)
      if let key = try keys.open(sealed, as: recipient.node, info: info) { return key }
    }
    throw BundleError.notForUs(offices: Array(Set(to.map(\.office))).sorted())
  }
}
