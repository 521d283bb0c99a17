internal import SwiftProtobuf
internal import SyncModel

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A message of the sync calls: knows its bytes, and how many of them there may be.
public protocol SyncMessage: Hashable, Sendable {
  /// More bytes than this are refused unread.
  static var sizeLimit: Int { get }

  /// The message's bytes.
  func encoded() throws -> [UInt8]

  /// Reads a message.
  ///
  /// - Throws: ``MessageError`` when the bytes are none, or too many.
  init(decoding bytes: [UInt8]) throws
}

/// How big messages may be, and how they are counted.
public enum MessageLimits {
  /// The version of the messages.
  public static let protocolVersion = 1
  /// The media type of the messages.
  public static let mediaType = "application/vnd.quipu.sync.v1+protobuf"
  /// The bytes of a message that carries changesets: one of the largest, or many small ones.
  public static let body = 8 << 20
  /// The bytes of a message that carries none: room for 10,000 nodes.
  public static let control = 2 << 20
  /// Changesets in a message.
  static let changesetCount = 20_000
  /// Nodes in a message.
  static let nodeCount = 10_000
  /// The length of a name that people gave something, in bytes.
  static let nameLength = 1000
}

/// What can be wrong with a message.
public enum MessageError: Error, Hashable, Sendable {
  /// The bytes are not the message expected.
  case malformed(String)
  /// More bytes than anybody may send.
  case tooLarge(size: Int, limit: Int)
  /// Messages of a later version.
  case unknownProtocol(Int)
}

extension MessageError: CustomStringConvertible {
  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .malformed(let what): "the message cannot be read (\(what)); send it again"
    case .tooLarge(let size, let limit):
      "the message has \(size) bytes, more than the \(limit) that are accepted; send less at a time"
    case .unknownProtocol(let version):
      "the message is of version \(version), which this program does not know; upgrade it"
    }
  }
}

func decodeWire<Wire: Message>(_ type: Wire.Type, _ bytes: [UInt8], limit: Int) throws -> Wire {
  guard bytes.count <= limit else { throw MessageError.tooLarge(size: bytes.count, limit: limit) }
  do {
    return try Wire(serializedBytes: bytes)
  } catch {
    throw MessageError.malformed("it is no \(Wire.protoMessageName)")
  }
}

/// Runs `body`, in which a part of a message is read that changesets have too.
func readingPart<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as ChangesetError {
    throw MessageError.malformed("\(error)")
  }
}

func checkedHash(_ data: Data, sequence: Int64) throws -> [UInt8] {
  guard sequence >= 0, data.count == (sequence == 0 ? 0 : 32) else {
    throw MessageError.malformed("changeset \(sequence) with a hash of \(data.count) bytes")
  }
  return Array(data)
}

func checkedName(_ name: String) throws -> String {
  guard name.utf8.count <= MessageLimits.nameLength else {
    throw MessageError.malformed("a name of \(name.utf8.count) bytes")
  }
  return name
}

func checkedProtocol(_ version: UInt32) throws {
  guard version == MessageLimits.protocolVersion else {
    throw version > MessageLimits.protocolVersion
      ? MessageError.unknownProtocol(Int(version)) : .malformed("a message without a version")
  }
}
