#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The file that holds a ``Credential``: JSON, readable by its owner alone, always whole.
///
/// A change is written beside it, forced to the disk and renamed, so that a break leaves the old or
/// the new one.
public struct CredentialFile: Sendable {
  /// Where the file lies.
  public let path: String

  /// The file at `path`.
  public init(path: String) {
    self.path = path
  }

  /// The file that belongs to the replica at `replica`: its path with `.credential` after it.
  public init(besideReplica replica: String) {
    self.init(path: replica + ".credential")
  }

  /// What the file holds; an empty credential when there is no file.
  ///
  /// - Throws: ``CredentialError`` when it cannot be read.
  public func load() throws -> Credential {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return Credential() }
      throw CredentialError.unreadable(path: path, reason: systemReason())
    }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      guard count >= 0 else { throw CredentialError.unreadable(path: path, reason: systemReason()) }
      if count == 0 { break }
      content += buffer[..<count]
    }
    do {
      return try JSONDecoder().decode(Credential.self, from: Data(content))
    } catch {
      throw CredentialError.damaged(path: path)
    }
  }

  /// Changes what the file holds.
  ///
  /// Nobody else changes it meanwhile, in this process or another.
  public func update<Result>(_ change: (inout Credential) throws -> Result) throws -> Result {
    let folder = folder
    let lock = open(folder, O_RDONLY | O_CLOEXEC)
    guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
      throw CredentialError.unwritable(path: path, reason: systemReason())
    }
    defer { close(lock) }
    var credential = try load()
    let result = try change(&credential)
    try write(credential, folder: lock)
    return result
  }

  private var folder: String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func write(_ credential: Credential, folder: Int32) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let content = Array(try encoder.encode(credential))
    let draft = path + ".new"
    unlink(draft)
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw CredentialError.unwritable(path: path, reason: systemReason())
    }
    var isOpen = true
    defer { if isOpen { close(descriptor) } }
    var written = 0
    while written < content.count {
      let count = content.withUnsafeBytes { bytes in
        Self.write(descriptor, bytes, from: written)
      }
      guard count > 0 else { throw CredentialError.unwritable(path: path, reason: systemReason()) }
      written += count
    }
    guard fsync(descriptor) == 0 else {
      throw CredentialError.unwritable(path: path, reason: systemReason())
    }
    close(descriptor)
    isOpen = false
    guard rename(draft, path) == 0, fsync(folder) == 0 else {
      throw CredentialError.unwritable(path: path, reason: systemReason())
    }
  }

  private static func write(
    _ descriptor: Int32,
    _ bytes: UnsafeRawBufferPointer,
    from offset: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
    #else
      Darwin.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
    #endif
  }

  private func systemReason() -> String {
    String(cString: strerror(errno))
  }
}

/// What can be wrong with a credential.
public enum CredentialError: Error, Hashable, Sendable {
  /// The file is there and cannot be read.
  case unreadable(path: String, reason: String)
  /// The file holds something else.
  case damaged(path: String)
  /// The file cannot be written.
  case unwritable(path: String, reason: String)
  /// There is no key for a node.
  case missingKey(node: String)
}

extension CredentialError: CustomStringConvertible {
  /// What was found, what was expected, what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "the credential \"\(path)\" cannot be read (\(reason)); run as the user who owns the replica"
    case .damaged(let path):
      "the credential \"\(path)\" is damaged; put it back from a backup, or move it away and enroll again"
    case .unwritable(let path, let reason):
      "the credential \"\(path)\" cannot be written (\(reason)); check the folder's owner and the disk"
    case .missingKey(let node):
      "there is no signing key for node \(node) here; the replica takes a new identity at its next sync"
    }
  }
}
