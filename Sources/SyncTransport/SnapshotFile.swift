internal import Foundation
internal import SyncProtocol

/// What has arrived of the centre's snapshot, in files beside the replica: a break costs the piece that
/// was on the way.
struct SnapshotFile {
  /// What the pieces say of the whole.
  private struct Description: Codable {
    var id: String
    var size: Int64
    var hash: [UInt8]
    var contentSize: Int64
    var logNumber: Int64
  }

  private let data: String
  private let notes: String
  private let content: String

  init(besideReplica path: String) {
    data = path + ".snapshot-part"
    notes = path + ".snapshot-part.json"
    content = path + ".snapshot"
  }

  /// How much is here.
  func part() throws -> SyncSession.SnapshotPart {
    guard let description = description(), let have = size(), have <= description.size else {
      drop()
      return SyncSession.SnapshotPart()
    }
    return SyncSession.SnapshotPart(id: description.id, have: have, size: nil)
  }

  /// Appends a piece; one of another snapshot begins anew.
  func keep(_ piece: SnapshotPiece) throws -> SyncSession.SnapshotPart {
    if description()?.id != piece.id {
      drop()
      let description = Description(
        id: piece.id, size: piece.size, hash: piece.hash, contentSize: piece.contentSize,
        logNumber: piece.logNumber)
      try write(Data(), to: data)
      try write(try JSONEncoder().encode(description), to: notes)
    }
    if piece.offset == size() ?? 0, !piece.data.isEmpty {
      guard let file = FileHandle(forWritingAtPath: data) else { throw unwritable(data) }
      defer { try? file.close() }
      try file.seekToEnd()
      do {
        try file.write(contentsOf: Data(piece.data))
      } catch {
        throw unwritable(data)
      }
    }
    return SyncSession.SnapshotPart(id: piece.id, have: size() ?? 0, size: piece.size)
  }

  /// The database that the snapshot holds; nil where the pieces are not what the centre sent.
  func unpack() throws -> (path: String, logNumber: Int64)? {
    guard let description = description() else { return nil }
    let found = try FileCompression.facts(of: data)
    guard found.size == description.size, found.hash == description.hash else { return nil }
    do {
      try FileCompression.decompress(data, to: content, size: description.contentSize)
    } catch is FileCompression.Failure {
      return nil
    }
    return (content, description.logNumber)
  }

  /// Removes everything.
  func drop() {
    for path in [data, notes, content, content + "-wal", content + "-shm", content + "-journal"] {
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func description() -> Description? {
    FileManager.default.contents(atPath: notes).flatMap {
      try? JSONDecoder().decode(Description.self, from: $0)
    }
  }

  private func size() -> Int64? {
    (try? FileManager.default.attributesOfItem(atPath: data))?[.size] as? Int64
  }

  private func write(_ bytes: Data, to path: String) throws {
    guard
      FileManager.default.createFile(
        atPath: path, contents: bytes, attributes: [.posixPermissions: 0o600])
    else { throw unwritable(path) }
  }

  private func unwritable(_ path: String) -> SyncError {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
