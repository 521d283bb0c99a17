internal import Foundation
internal import Replica
internal import Schema
internal import SyncModel
internal import SyncProtocol
internal import Synchronization

/// Snapshots of a central node's content, kept in files beside its database for as long as somebody on a
/// slow line may be reading them.
final class SnapshotStore: Sendable {
  /// What stands beside a snapshot's file.
  private struct Description: Codable {
    var id: String
    var size: Int64
    var hash: [UInt8]
    var contentSize: Int64
    var logNumber: Int64
    var erasure: Int64
    var madeAt: Int64
  }

  /// A reader that begins gets one that is no older: an hour, in milliseconds.
  private static let freshness: Int64 = 3_600_000
  /// A reader that goes on finds its own for three days.
  private static let keeping: Int64 = 3 * 86_400_000

  private let replica: Replica
  private let folder: URL
  private let now: @Sendable () -> Int64
  private let randomBytes: @Sendable (Int) -> [UInt8]
  /// Held while one is made: who asks meanwhile gets that one.
  private let making = Mutex(())

  init(
    _ replica: Replica, now: @escaping @Sendable () -> Int64,
    randomBytes: @escaping @Sendable (Int) -> [UInt8]
  ) {
    self.replica = replica
    self.now = now
    self.randomBytes = randomBytes
    folder = URL(filePath: replica.snapshotFolder, directoryHint: .isDirectory)
  }

  /// A piece of the snapshot asked for; of a recent one where none is named.
  func piece(_ request: SnapshotRequest, horizon: Int64) throws -> SnapshotPiece {
    let erasure = try replica.lastErasure()
    let isUsable = { (found: Description) in
      found.logNumber >= horizon && found.erasure == erasure
    }
    let description: Description
    if request.id.isEmpty {
      description = try making.withLock { _ in
        let recent = all().filter { isUsable($0) && now() - $0.madeAt < Self.freshness }
        return try recent.max { $0.madeAt < $1.madeAt } ?? make()
      }
    } else {
      guard let found = all().first(where: { $0.id == request.id && isUsable($0) }) else {
        throw Problem.snapshotGone
      }
      description = found
    }
    guard let file = FileHandle(forReadingAtPath: path(description.id)) else {
      throw Problem.snapshotGone
    }
    defer { try? file.close() }
    let offset = min(request.offset, description.size)
    try file.seek(toOffset: UInt64(offset))
    let data = try file.read(upToCount: request.limit) ?? Data()
    return SnapshotPiece(
      id: description.id, size: description.size, hash: description.hash,
      contentSize: description.contentSize, logNumber: description.logNumber, offset: offset,
      data: Array(data))
  }

  /// Removes all: they hold what the content is no more.
  func forget() throws {
    try? FileManager.default.removeItem(at: folder)
  }

  private func make() throws -> Description {
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for old in all() where now() - old.madeAt > Self.keeping { remove(old.id) }
    let id = hexadecimal(randomBytes(16))
    let content = path(id) + ".sqlite"
    defer { try? FileManager.default.removeItem(atPath: content) }
    _ = try replica.seal()
    let logNumber = try SQLiteChangesetLog(replica).end()
    let erasure = try replica.lastErasure()
    try replica.writeSnapshot(to: content, leavingOut: CentralTables.names, keepingLog: false)
    let size = try FileManager.default.attributesOfItem(atPath: content)[.size] as? Int64 ?? 0
    let facts = try FileCompression.compress(content, to: path(id))
    let description = Description(
      id: id, size: facts.size, hash: facts.hash, contentSize: size, logNumber: logNumber,
      erasure: erasure, madeAt: now())
    try JSONEncoder().encode(description).write(to: URL(filePath: path(id) + ".json"))
    return description
  }

  private func all() -> [Description] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".json") }.compactMap { name in
      FileManager.default.contents(atPath: folder.appending(path: name).path())
        .flatMap { try? JSONDecoder().decode(Description.self, from: $0) }
    }
  }

  private func remove(_ id: String) {
    for path in [path(id), path(id) + ".json"] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func path(_ id: String) -> String {
    folder.appending(path: id).path()
  }
}
